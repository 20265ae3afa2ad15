"""The pages as people meet them: what they show, what they keep, and that each opening of a file is written down first."""

import datetime
import re

import pytest
from django.urls import reverse

from mobility.forms import OpeningForm
from mobility.models import Application, Bookmark, Opening, OpeningMember
from mobility.services import applications
from rse.core import clock
from rse.core.enums import Role
from rse.governance.models import AccessLogEntry, AccessLogSubject
from rse.governance.services import access_log
from tests.factories import PersonFactory, SiteFactory, UnitFactory
from tests.factories.governance import CharterFactory
from tests.factories.mobility import LETTER, ApplicationFactory, BookmarkFactory, OpeningFactory, told
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory

from .pages import of, read_by

pytestmark = pytest.mark.django_db
SAID = {"version": 0, "letter": LETTER, "letter_for": "hr", "availability": "now", "site_answer": "talk", "do": "send"}
SWAP = {"HX-Request": "true"}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|name="version" value="[\w-]{60,}"')


def test_board_shows_what_is_published_the_newest_first_beside_what_the_reader_has(signed_in):
    reader = PersonFactory()
    has, lacks, taught = SkillFactory(label_en="Metrology"), SkillFactory(label_en="Scheduling"), SkillFactory(label_en="Melting")
    DeclaredSkillFactory(person=reader, skill=has)
    LedgerLineFactory(person=reader, tags=[has])
    now = clock.now()
    older = OpeningFactory(title="Older", published_at=now - datetime.timedelta(days=2), needed=[has, lacks], to_learn=[taught])
    newer = OpeningFactory(title="Newer", mission=True)
    OpeningFactory(title="Hidden away", draft=True)

    page = signed_in(reader).get(reverse("jobs:list")).text

    assert re.findall(r'id="opening-([^"]+)"', page) == [newer.public_id, older.public_id]
    assert "Hidden away" not in page
    card = page.partition(f'id="opening-{older.public_id}"')[2]
    for words in ("40 to 48 k€", "level F11", "Metrology", "Scheduling, Melting (taught there)", "1 answer kept"):
        assert words in card
    assert "%" not in card.partition("You have")[2]


def test_board_is_narrowed_by_kind_site_skill_and_what_one_keeps(signed_in):
    reader, skill, site = PersonFactory(), SkillFactory(), SiteFactory(name="Lyon")
    mission, there, asked, kept = OpeningFactory(mission=True), OpeningFactory(site=site), OpeningFactory(needed=[skill]), OpeningFactory()
    BookmarkFactory(person=reader, opening=kept)
    BookmarkFactory(opening=there)

    def shown(query):
        return set(re.findall(r'id="opening-([^"]+)"', signed_in(reader).get(f"{reverse('jobs:list')}?{query}").text))

    assert shown("kind=mission") == {mission.public_id}
    assert shown(f"site={site.pk}") == {there.public_id}
    assert shown(f"skill={skill.code}") == {asked.public_id}
    assert shown("show=kept") == {kept.public_id}
    assert shown("kind=nonsense") == {one.public_id for one in (mission, there, asked, kept)}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_whatever_their_length(signed_in, recruiter, django_assert_num_queries, count):
    reader, hr = PersonFactory(), PersonFactory(role=Role.HR)
    skill = SkillFactory()
    DeclaredSkillFactory(person=reader, skill=skill)
    openings = [OpeningFactory(team=[recruiter], needed=[skill]) for _ in range(count)]
    for opening in openings:
        ApplicationFactory(opening=opening, applicant=reader, handler=recruiter)
    for _ in range(count - 1):
        ApplicationFactory(opening=openings[0])
    browsers = {person: signed_in(person) for person in (reader, hr, recruiter)}
    for person, address in ((reader, reverse("jobs:list")), (hr, reverse("recruitment:list"))):
        browsers[person].get(address)

    with django_assert_num_queries(COST["board"]):
        browsers[reader].get(reverse("jobs:list"))
    with django_assert_num_queries(COST["mine"]):
        browsers[reader].get(reverse("applications:mine"))
    with django_assert_num_queries(COST["recruitment"]):
        browsers[hr].get(reverse("recruitment:list"))
    with django_assert_num_queries(COST["recruited"]):
        browsers[recruiter].get(of("recruitment:opening", openings[0]))


COST = {"board": 15, "mine": 9, "recruitment": 8, "recruited": 22}


def test_swap_is_what_a_reload_shows(signed_in, opening, recruiter, applicant):
    row = ApplicationFactory(opening=opening, applicant=applicant, handler=recruiter)
    for person, address, part in (
        (applicant, reverse("jobs:list"), "openings"),
        (applicant, opening.get_absolute_url(), "opening"),
        (applicant, row.get_absolute_url(), "application"),
        (recruiter, row.get_absolute_url(), "file"),
    ):
        browser = signed_in(person)
        whole, swapped = browser.get(address).text, browser.get(address, headers=SWAP).text
        whole, swapped = TOKEN.sub("", whole), TOKEN.sub("", swapped).strip()
        assert f'id="{part}"' in swapped[:200]
        assert swapped in whole


def test_apply_names_who_will_read_it_and_never_loses_what_was_typed(signed_in, opening, recruiter):
    above = PersonFactory(first_name="Élodie", last_name="Roussel", role=Role.HR)
    applicant = PersonFactory(manager=above)
    browser = signed_in(applicant)
    page = browser.get(of("jobs:apply", opening)).text
    readers = page.partition("Who will be able to read it")[2]
    assert recruiter.name in readers.partition("are not told")[0]
    assert above.name in readers
    assert "Who will be able" in page

    answer = browser.post(of("jobs:apply", opening), SAID | {"availability": ""})
    assert answer.status_code == 422
    assert LETTER in answer.text
    assert "Pick one of these." in answer.text
    assert not Application.objects.exists()
    assert browser.post(of("jobs:apply", opening), SAID).status_code == 302
    again = browser.post(of("jobs:apply", opening), SAID)
    assert (again.status_code, Application.objects.count()) == (409, 1)
    assert browser.get(of("jobs:apply", opening)).status_code == 302


def test_apply_when_nobody_is_outside_says_so_keeps_the_words_and_sends_nothing(signed_in, opening, recruiter):
    answer = signed_in(PersonFactory(manager=recruiter)).post(of("jobs:apply", opening), SAID)

    assert answer.status_code == 422
    assert "nobody was told" in answer.text
    assert LETTER in answer.text
    assert not Application.objects.exists()


def test_two_windows_on_a_draft_show_both_versions(signed_in, opening, applicant):
    browser = signed_in(applicant)
    browser.post(of("jobs:apply", opening), SAID | {"do": "keep", "letter": "Un"})
    browser.post(of("jobs:apply", opening), SAID | {"do": "keep", "letter": "Deux", "version": 1})

    answer = browser.post(of("jobs:apply", opening), SAID | {"do": "keep", "letter": "Trois", "version": 1})

    assert answer.status_code == 409
    assert "Deux" in answer.text
    assert "Trois" in answer.text
    assert browser.post(of("jobs:apply", opening), SAID | {"do": "keep", "letter": "Trois", "version": 2}).status_code == 302
    assert Application.objects.get().letter == "Trois"


def test_opening_edited_by_two_shows_both_versions(signed_in, opening, recruiter):
    browser = signed_in(recruiter)
    values = {name: value for name, value in told().items() if value is not None}
    values |= {"unit": opening.unit_id, "site": opening.site_id, "version": 1}
    assert browser.post(of("jobs:edit", opening), values | {"its_title": "Un"}).status_code == 302

    answer = browser.post(of("jobs:edit", opening), values | {"its_title": "Deux"})

    assert answer.status_code == 409
    assert "Un" in answer.text
    assert Opening.objects.get().title == "Un"
    assert browser.post(of("jobs:edit", opening), values | {"its_title": "Deux", "version": 2}).status_code == 302
    assert Opening.objects.get().title == "Deux"


def test_opening_is_made_asks_the_charter_and_refuses_at_the_field(signed_in):
    browser = signed_in(PersonFactory(role=Role.RECRUITER))
    values = {name: value for name, value in told().items() if value is not None} | {
        "its_title": "Chef de projet",
        "unit": UnitFactory().pk,
        "site": SiteFactory().pk,
    }
    wrong = browser.post(reverse("jobs:create"), values | {"pay_from": ""})
    assert wrong.status_code == 422
    assert "A position says its pay" in wrong.text
    CharterFactory()
    assert browser.post(reverse("jobs:create"), values).status_code == 409
    assert not Opening.objects.exists()


def test_every_opening_of_a_file_is_written_before_it_is_shown_and_told_to_the_applicant(signed_in, opening, recruiter, applicant):
    hr, manager = PersonFactory(role=Role.HR), PersonFactory()
    row = ApplicationFactory(opening=opening, applicant=applicant)
    told_of = ApplicationFactory(opening=opening, applicant=PersonFactory(manager=manager), informed_manager=manager)

    signed_in(recruiter).get(row.get_absolute_url())
    signed_in(hr).get(row.get_absolute_url())
    signed_in(manager).get(told_of.get_absolute_url())
    signed_in(applicant).get(row.get_absolute_url())

    entries = AccessLogEntry.objects.order_by("number").values_list("reader", "kind", "row_id", "purpose", "function")
    assert list(entries) == [
        (recruiter.pk, "application", row.pk, "application", ""),
        (hr.pk, "application", row.pk, "application", "hr"),
        (manager.pk, "application", told_of.pk, "application", ""),
    ]
    assert set(AccessLogSubject.objects.values_list("person", flat=True)) == {applicant.pk, told_of.applicant_id}
    page = signed_in(applicant).get(row.get_absolute_url()).text
    assert page.index("Who knows, at this minute") < page.index("Who opened it before")
    assert page.partition("Who opened it before")[2].index(hr.name) < page.partition("Who opened it before")[2].index(recruiter.name)


def test_list_of_a_team_is_written_down_and_in_the_order_in_which_they_came(signed_in, opening, recruiter):
    now = clock.now()
    late = ApplicationFactory(opening=opening, submitted_at=now)
    early = ApplicationFactory(opening=opening, submitted_at=now - datetime.timedelta(days=3))
    LedgerLineFactory.create_batch(3, person=late.applicant)

    page = signed_in(recruiter).get(of("recruitment:opening", opening)).text

    assert page.index(early.public_id) < page.index(late.public_id)
    assert "2 that you may open" in page
    assert set(AccessLogEntry.objects.values_list("row_id", flat=True)) == {early.pk, late.pk}


@pytest.mark.parametrize("name", ["applications:detail", "applications:export", "applications:decide"])
def test_f35_nothing_is_shown_when_it_cannot_be_written(signed_in, opening, recruiter, monkeypatch, name):
    row = ApplicationFactory(opening=opening)

    def unavailable(*args, **kwargs):
        raise access_log.DatabaseError

    monkeypatch.setattr(access_log, "_append", unavailable)

    answer = signed_in(recruiter).get(of(name, row))

    assert answer.status_code == 503
    assert row.applicant.last_name not in answer.text


def test_letter_is_for_whom_the_applicant_chose(signed_in, opening, recruiter):
    row = ApplicationFactory(opening=opening)
    hr = PersonFactory(role=Role.HR)

    assert LETTER not in signed_in(recruiter).get(row.get_absolute_url()).text
    assert LETTER in signed_in(hr).get(row.get_absolute_url()).text
    Application.objects.update(letter_for="team")
    assert LETTER in signed_in(recruiter).get(row.get_absolute_url()).text


def test_attached_contribution_is_opened_to_nobody_by_being_attached(signed_in, opening, recruiter, applicant):
    from tests.factories import AudienceFactory

    closed, public = AudienceFactory(members=[applicant], label="Secret des fours"), AudienceFactory(open=True, label="Atelier")
    row = ApplicationFactory(opening=opening, applicant=applicant)
    lines = [LedgerLineFactory(person=applicant, audience=audience) for audience in (closed, public)]
    applications.renew_application(
        applicant=applicant,
        application=row,
        version=row.version,
        content=applications.Content(letter="x", availability="now", site_answer="talk", line_ids=[line.pk for line in lines]),
    )

    page = signed_in(recruiter).get(row.get_absolute_url()).text
    own = signed_in(applicant).get(row.get_absolute_url()).text

    assert "Title of Atelier" in page
    assert "Secret des fours" not in page
    assert "Title of Secret des fours" in own


def test_refusal_asks_for_words_and_the_applicant_reads_them(signed_in, opening, recruiter, applicant):
    row = ApplicationFactory(opening=opening, applicant=applicant, state="in_review")
    browser = signed_in(recruiter)
    form = {"outcome": "refused", "version": read_by(browser, row), "reason": "Une autre expérience."}

    short = browser.post(of("applications:decide", row), form)
    assert short.status_code == 422
    assert "Une autre expérience." in short.text
    forbidden = browser.post(of("applications:decide", row), form | {"alternatives": "Après la grossesse"})
    assert forbidden.status_code == 422
    assert browser.post(of("applications:decide", row), form | {"alternatives": "Une formation"}).status_code == 302

    page = signed_in(applicant).get(row.get_absolute_url()).text
    assert "Une autre expérience." in page
    assert recruiter.name in page.partition("What else was considered")[2]


def test_next_step_is_not_on_a_day_that_is_over(signed_in, opening, recruiter):
    row, browser = ApplicationFactory(opening=opening, state="in_review"), signed_in(recruiter)
    step = {"version": read_by(browser, row, "detail"), "state": "interview"}

    over = browser.post(of("applications:move", row), step | {"due_on": clock.today() - datetime.timedelta(days=1)})

    assert (over.status_code, list(over.context["step_form"].errors)) == (422, ["due_on"])
    assert browser.post(of("applications:move", row), step | {"due_on": clock.today()}).status_code == 302


def test_withdraw_inform_and_accept_through_their_pages(signed_in, opening, recruiter):
    manager = PersonFactory(first_name="Élodie")
    applicant = PersonFactory(manager=manager)
    row = ApplicationFactory(opening=opening, applicant=applicant)
    browser = signed_in(applicant)

    assert manager.name in browser.get(of("applications:inform", row)).text
    assert browser.post(of("applications:inform", row), {"manager": recruiter.handle}).status_code == 422
    assert browser.post(of("applications:inform", row), {"manager": manager.handle}).status_code == 302
    assert "tells you of an application" in signed_in(manager).get(reverse("home")).text
    assert browser.post(of("applications:withdraw", row)).status_code == 302
    assert Application.objects.get().letter == ""
    assert signed_in(manager).get(row.get_absolute_url()).status_code == 404
    assert signed_in(recruiter).get(row.get_absolute_url()).status_code == 404
    assert "Withdrawn" in browser.get(row.get_absolute_url()).text


def test_home_says_what_waits(signed_in, opening, recruiter, applicant):
    ApplicationFactory(opening=opening, applicant=applicant, state="offer")
    ApplicationFactory(opening=opening, handler=recruiter)

    assert "You have an offer" in signed_in(applicant).get(reverse("home")).text
    home = signed_in(recruiter).get(reverse("home")).text
    assert "An application waits for you." in home
    assert opening.title in home.partition("Newest openings")[2]
    assert opening.title not in home.partition("Newest openings")[0]


def test_team_member_takes_themselves_out_and_bookmark_is_swapped(signed_in, opening, recruiter):
    hr = signed_in(PersonFactory(role=Role.HR))
    assert hr.post(of("recruitment:member_add", opening), {"person": "nobody", "its_role": "hiring"}).status_code == 422
    assert hr.post(reverse("recruitment:member_remove", args=[opening.public_id, recruiter.handle])).status_code == 302
    assert not OpeningMember.objects.current().exists()

    browser = signed_in(recruiter)
    assert "Kept for later" in browser.post(of("jobs:keep", opening), {"kept": "1"}, headers=SWAP).text
    assert Bookmark.objects.get().person == recruiter


def test_l58_closed_opening_is_gone_for_who_applied_and_their_application_stays(signed_in, applicant, recruiter):
    opening = OpeningFactory(closed=True, team=[recruiter])
    row = ApplicationFactory(opening=opening, applicant=applicant)
    browser = signed_in(applicant)

    assert browser.get(opening.get_absolute_url()).status_code == 404
    page = browser.get(row.get_absolute_url())
    assert page.status_code == 200
    assert opening.title in page.text
    assert opening.get_absolute_url() not in page.text


def test_further_skills_of_an_opening_unfold_where_one_is_filled_in_or_wrong():
    skill = SkillFactory()

    def unfolds(**said):
        return OpeningForm(said).sides["is_further"]

    assert [unfolds(), unfolds(needed_1=skill.label), unfolds(needed_2=skill.label), unfolds(learned_3="nothing like it")] == [
        False,
        False,
        True,
        True,
    ]
    form = OpeningForm(initial={"needed_2": skill.label})
    assert form.sides["is_further"]
    told = [field.name for side in ("texts", "words", "skills", "further") for field in form.sides[side]]
    assert sorted(told) == sorted(form.fields)
