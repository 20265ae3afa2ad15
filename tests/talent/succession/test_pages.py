import datetime
import re

import pytest
from django.db import DatabaseError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import AudienceMember, RowGrant
from rse.core.web import stepup
from rse.governance.models import AccessLogEntry, AccessLogSubject
from rse.governance.services import access_log
from talent.succession import services
from talent.succession.models import DevelopmentAction, Nomination, Plan
from tests.factories import AudienceFactory, PersonFactory, PositionFactory, RoleGrantFactory
from tests.factories.talent import LedgerLineFactory, WishFactory
from tests.guards import HouseClient

from . import plans

pytestmark = pytest.mark.django_db


def of(plan, name="plan", *more):
    return reverse(f"succession:{name}", args=[plan.public_id, *more])


def every_address(plan):
    """``(method, address)`` of every page and form of plans."""
    one = plan.nominations.select_related("person").order_by("pk").first() or plans.name(plan)
    act, handle, another = one.actions.first() or plans.action(one), one.person.handle, PersonFactory().handle
    return [
        ("get", reverse("succession:register")),
        ("get", f"{reverse('succession:register')}?show=often"),
        ("get", reverse("succession:declare")),
        ("get", of(plan)),
        ("get", of(plan, "edit")),
        ("get", of(plan, "decide")),
        ("get", of(plan, "name_find")),
        ("get", of(plan, "name_add", another)),
        ("get", of(plan, "name_edit", handle)),
        ("get", of(plan, "name_remove", handle)),
        ("get", of(plan, "action_add", handle)),
        ("post", of(plan, "edit")),
        ("post", of(plan, "own")),
        ("post", of(plan, "keep")),
        ("post", of(plan, "action_add", handle)),
        ("post", of(plan, "action_mark", act.public_id)),
        ("post", of(plan, "action_remove", act.public_id)),
        ("post", of(plan, "name_add", another)),
        ("post", of(plan, "name_edit", handle)),
        ("post", of(plan, "name_remove", handle)),
        ("post", of(plan, "decide")),
        ("post", of(plan, "again")),
        ("post", of(plan, "delete")),
    ]


def test_plan_shows_the_position_the_names_and_who_reads_it(signed_in, planner):
    holder, person = PersonFactory(first_name="Bernard", last_name="Roy"), PersonFactory(first_name="Sofia", last_name="Marchetti")
    plan = plans.plan_for(owner=planner, holder=holder, vacant_from=datetime.date(2027, 6, 1), is_single_holder=True)
    plans.planner()
    WishFactory(person=person, shared=True)
    plans.action(plans.name(plan, person, readiness="soon"))

    page = signed_in(planner).get(of(plan)).text

    for words in (
        "Bernard Roy",
        "Sofia Marchetti",
        "Directrice qualité",
        "Intérim de deux semaines",
        "Connaît la ligne.",
        "Recrutement externe.",
    ):
        assert words in page
    assert "Mots-canari" not in page
    assert person.get_absolute_url() not in page
    assert "2 personnes" in page or "2 people" in page


def test_lines_are_those_that_this_reader_may_open(signed_in, planner, plan, turns):
    person = PersonFactory()
    shown = LedgerLineFactory(person=person)
    hidden = LedgerLineFactory(person=person, audience=AudienceFactory(secret=True, members=[person]))
    plans.name(plan, person)

    page = signed_in(planner).get(of(plan)).text
    assert f"Title of {shown.audience.label}" in page
    assert hidden.audience.label not in page

    AudienceMember.objects.create(audience=hidden.audience, person=planner)
    assert f"Title of {hidden.audience.label}" in signed_in(planner).get(of(plan)).text


def test_wish_is_cut_to_family_and_availability_even_for_hr_of_that_person(signed_in, plan):
    both, person = plans.planner(), PersonFactory()
    RoleGrantFactory(person=both, role=Role.HR)
    wish = WishFactory(person=person, shared=True)
    plans.name(plan, person)

    page = signed_in(both).get(of(plan)).text

    assert wish.get_horizon_display() in page
    assert "Mots-canari" not in page


def test_names_come_by_name_or_by_latest_contribution_as_the_reader_chose(signed_in, planner, plan, turns):
    old, new, none = (PersonFactory(last_name=last) for last in ("Abel", "Blanc", "Caron"))
    LedgerLineFactory(person=old, on=clock.today() - datetime.timedelta(days=60))
    LedgerLineFactory.create_batch(1, person=new)
    for person in (none, new, old):
        plans.name(plan, person)

    def order(query):
        page = signed_in(planner).get(f"{of(plan)}{query}").text
        return sorted(("Abel", "Blanc", "Caron"), key=lambda last: page.index(f"{last}</span>"))

    assert order("") == order("?order=readiness") == ["Abel", "Blanc", "Caron"]
    assert order("?order=latest") == ["Blanc", "Abel", "Caron"]


def test_what_a_name_rests_on_stands_in_a_row_as_wide_as_the_table(signed_in, planner, plan, turns):
    people = PersonFactory.create_batch(2)
    for person in people:
        LedgerLineFactory(person=person)
        plans.name(plan, person)

    page = signed_in(planner).get(of(plan)).text

    for person in people:
        group = page.partition(f'<tbody id="name-{person.handle}">')[2].partition("</tbody>")[0]
        to_compare, under = group.split("</tr>")[:2]
        assert (to_compare.count("<details"), under.count("<td")) == (0, 1)
        assert re.findall(r'colspan="(\d)"', under) == [str(page.partition("<thead>")[2].partition("</thead>")[0].count("<th "))]
        assert under.count("<details") == 2


def test_register_figures_lead_to_exactly_their_lines(signed_in, planner):
    covered, _empty, other = (plans.plan_for(PositionFactory(title=title)) for title in ("Poste couvert", "Poste vide", "Autre poste"))
    plans.name(covered)
    plans.name(covered, readiness="soon")
    plans.name(other, readiness="later")
    browser = signed_in(planner)

    page = browser.get(reverse("succession:register")).text
    assert "33" in page
    for show, titles in (("covered", ["Poste couvert"]), ("empty", ["Poste vide"])):
        address = f"{reverse('succession:register')}?show={show}"
        assert address in page
        shown = browser.get(address).text
        assert [title for title in ("Poste couvert", "Poste vide", "Autre poste") if title in shown] == titles


def test_r20_closed_gate_is_404_for_every_role_on_every_page(signed_in, plan):
    addresses = every_address(plan)
    plans.close_gate()
    for role in [None, *Role]:
        browser = signed_in(PersonFactory(role=role) if role else PersonFactory())
        answers = {address: getattr(browser, method)(address).status_code for method, address in addresses}
        assert set(answers.values()) == {404}, (role, answers)


def test_closed_gate_takes_the_entry_out_of_the_navigation(signed_in, planner):
    address = reverse("succession:register")
    assert f'href="{address}"' in signed_in(planner).get(reverse("home")).text
    assert f'href="{address}"' not in signed_in(PersonFactory(role=Role.HR)).get(reverse("home")).text
    plans.close_gate()
    assert f'href="{address}"' not in signed_in(planner).get(reverse("home")).text


def without_proof(person):
    """The browser of somebody who showed their second factor too long ago."""
    browser = HouseClient()
    browser.force_login(person)
    session = browser.session
    session[stepup.KEY]["at"] -= 15 * 60
    session.save()
    return browser


def test_every_page_asks_for_the_second_factor_again(planner, plan):
    addresses = every_address(plan)
    before = list(Plan.objects.values()), Nomination.objects.count(), DevelopmentAction.objects.count()
    browser = without_proof(planner)
    for method, address in addresses:
        answer = getattr(browser, method)(address)
        if method == "get":
            assert answer.status_code == 302, address
            assert answer.url.startswith(reverse("mfa_reauthenticate"))
        else:
            assert answer.status_code == 403, address
        assert plan.nominations.get().person.last_name not in answer.text
    assert before == (list(Plan.objects.values()), Nomination.objects.count(), DevelopmentAction.objects.count())
    assert not AccessLogEntry.objects.exists()


def test_without_a_right_the_answer_is_404_and_never_a_question_for_the_second_factor(plan):
    addresses = every_address(plan)
    browser = without_proof(PersonFactory())
    assert {getattr(browser, method)(address).status_code for method, address in addresses} == {404}


def test_hidden_plan_answers_as_an_absent_one(signed_in, plan):
    browser = signed_in(PersonFactory())
    hidden, absent = browser.get(of(plan)), browser.get(reverse("succession:plan", args=["A" * 22]))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert neutral(hidden.text).replace(plan.public_id, "A" * 22) == neutral(absent.text)


def test_opening_is_logged_about_who_is_named_and_withheld_until_the_decision(signed_in, planner, plan):
    person = PersonFactory()
    plans.name(plan, person)

    signed_in(planner).get(of(plan))
    entry = AccessLogEntry.objects.get()
    assert (entry.kind, entry.row_id, entry.reader, entry.purpose, entry.function) == (
        "plan",
        plan.pk,
        planner,
        "succession",
        "hr_succession",
    )
    assert entry.is_withheld
    assert list(AccessLogSubject.objects.values_list("person", flat=True)) == [person.pk]
    assert planner.name not in signed_in(person).get(reverse("openings:mine")).text

    services.decide_plan(actor=planner, plan=plan, version=1, decision="Retenue.")
    told = signed_in(person).get(reverse("openings:mine")).text
    assert str(Role.HR_SUCCESSION.label) in told or "HR" in told
    assert planner.name not in told


def test_f35_log_that_cannot_be_written_shows_nothing(signed_in, planner, plan, monkeypatch):
    person = PersonFactory(last_name="Motscanari")
    plans.action(plans.name(plan, person), words="Action canari")
    addresses = every_address(plan)
    before = list(Plan.objects.values()), list(Nomination.objects.values()), list(DevelopmentAction.objects.values())

    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(access_log, "_append", broken)
    browser = signed_in(planner)
    for method, address in addresses:
        if address == reverse("succession:declare"):
            continue  # it opens no plan
        answer = getattr(browser, method)(address)
        assert answer.status_code == 503, address
        assert "anari" not in answer.text
    assert before == (list(Plan.objects.values()), list(Nomination.objects.values()), list(DevelopmentAction.objects.values()))
    assert browser.get(reverse("home")).status_code == 200


def crawl(browser, others):
    """Everything that somebody can open from their own pages, and what is asked by its address."""
    found, waiting = {}, [reverse("home"), reverse("people:list"), reverse("openings:mine"), reverse("features:list"), *others]
    while waiting:
        address = waiting.pop()
        if address in found or len(found) > 60:
            continue
        answer = browser.get(address)
        found[address] = (answer.status_code, neutral(answer.text))
        if answer.status_code == 200:
            waiting += [link for link in links_of(answer.text) if link not in found]
    return found


def links_of(page):
    return sorted({link.partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page) if not link.startswith(("/static", "/account"))})


def neutral(page):
    """Without what differs each time a page is made."""
    return re.sub(r'nonce="[^"]*"|csrf[^>]{0,90}|value="[0-9a-f-]{16,36}"|(?:since|for)=[\w-]+', "", page)


@pytest.mark.parametrize("role", [None, Role.HR, Role.DPO, Role.RECRUITER, Role.HR_HEAD])
def test_named_person_finds_no_difference_anywhere(signed_in, planner, plan, role):
    subject = PersonFactory(role=role) if role else PersonFactory()
    others = [address for method, address in every_address(plan) if method == "get"]
    signed_in(planner).get(of(plan))
    without = crawl(signed_in(subject), others)

    one = plans.name(plan, subject)
    plans.action(one)
    signed_in(planner).get(of(plan))
    named = crawl(signed_in(subject), others)
    for pages in (without, named):  # how many entries the log holds: it grew, because somebody opened a page in between
        pages.pop(reverse("access_log:state"), None)

    assert len(without) > 5
    assert {address for address in without.keys() | named.keys() if without.get(address) != named.get(address)} == set()


def test_x02_planner_who_is_named_finds_what_they_would_if_the_plan_were_not_there(signed_in, plan):
    subject = plans.planner()
    other = plans.plan_for(PositionFactory(title="Autre poste"))
    plans.name(other)
    one = plans.name(plan, subject)
    others = [address for method, address in every_address(plan) if method == "get"] + [of(other)]
    named = crawl(signed_in(subject), others)
    one.delete()
    plan.delete()
    without = crawl(signed_in(subject), others)

    assert {address for address in without.keys() | named.keys() if without.get(address) != named.get(address)} == set()


def test_register_and_plan_cost_the_same_with_one_and_with_three_names(signed_in, planner, plan, turns):
    def count(address):
        browser = signed_in(planner)
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        return len(queries)

    def one_more():
        person = PersonFactory()
        LedgerLineFactory(person=person)
        WishFactory(person=person, shared=True)
        plans.action(plans.name(plan, person))

    one_more()
    once = count(of(plan)), count(reverse("succession:register"))
    one_more()
    one_more()
    plans.plan_for(holder=PersonFactory())
    assert (count(of(plan)), count(reverse("succession:register"))) == once
    assert once == (26, 17)


def test_committee_member_reads_the_plan_and_writes_nothing(signed_in, plan):
    member = PersonFactory()
    one = plans.name(plan)
    RowGrant.objects.create(person=member, kind="plan", row_id=plan.pk)
    browser = signed_in(member)

    assert browser.get(of(plan)).status_code == 200
    assert browser.get(reverse("succession:register")).status_code == 200
    assert AccessLogEntry.objects.order_by("number").first().purpose == "committee"
    for address in (of(plan, "edit"), of(plan, "decide"), of(plan, "name_remove", one.person.handle), of(plan, "delete")):
        assert browser.post(address).status_code == 403
    assert Nomination.objects.count() == 1


def test_who_declares_a_position_while_others_do_keeps_what_was_typed(signed_in):
    plans.open_gate()
    position, browser = PositionFactory(), signed_in(plans.planner())
    typed = {"position": position.code, "criticality": "high", "note": "Seule à connaître le four.", "horizon": ""}

    def somebody_was_earlier(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "succession_keyposition"'):
            raise IntegrityError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(somebody_was_earlier):
        response = browser.post(reverse("succession:declare"), typed)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == ["Others were writing in the register at this very moment. Send again."]
    assert "Seule à connaître le four." in response.text
    assert not Plan.objects.exists()
