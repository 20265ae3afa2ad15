"""Who reads which line: one table of readers × lines, each of which could tell something to somebody."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.enums import AudienceType, PersonState, Role
from rse.core.models import Audience, AudienceMember, Person
from rse.core.ops import retention
from rse.core.people.services.audiences import ensure_everyone
from talent import queries
from talent.enums import LineKind
from talent.models import Confirmation, HelpConfirmation, LedgerLine, LedgerOptOut
from talent.services import ledger
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.core import put_under
from tests.factories.talent import LedgerLineFactory, SkillFactory, fact

pytestmark = pytest.mark.django_db
MONTH = datetime.timedelta(days=31)
OTHERS = ("member", "host", "colleague", "manager", "hr", "recruiter", "expected", "left", "outsider")


@pytest.fixture
def company(turns):
    """A person with one line of every sort, and one reader of every sort; ``outsider`` was a member and is one no more."""
    person = PersonFactory(first_name="Sofia")
    readers = {name: PersonFactory(first_name=name) for name in ("member", "host", "colleague", "outsider")}
    readers |= {
        "oneself": person,
        "manager": PersonFactory(),
        "hr": PersonFactory(role=Role.HR),
        "recruiter": PersonFactory(role=Role.RECRUITER),
        "expected": PersonFactory(expected=True),
        "left": PersonFactory(left=True, role=Role.HR),
    }
    put_under(person, readers["manager"])
    inside = {"members": [person, readers["member"]], "hosts": [readers["host"]]}
    helped = [readers["member"].pk]

    def line(audience, **values):
        return LedgerLineFactory(person=person, audience=audience, helped=helped, **values)

    lines = {
        "open": line(AudienceFactory(open=True, **inside)),
        "closed": line(AudienceFactory(**inside)),
        "secret": line(AudienceFactory(secret=True, **inside)),
        "source hidden": line(AudienceFactory(open=True, **inside)),
        "source gone": line(AudienceFactory(open=True, **inside)),
        "proposed": line(AudienceFactory(open=True, **inside), is_kept=False, kind=LineKind.BUDDYING),
        "hidden": line(AudienceFactory(open=True, **inside), is_hidden=True),
        "too old": line(AudienceFactory(open=True, **inside), on=clock.today() - 25 * MONTH),
        "secret, left": line(AudienceFactory(secret=True, members=[readers["member"]], hosts=[readers["host"]])),
        "secret, left, source hidden": line(AudienceFactory(secret=True, members=[readers["member"]], hosts=[readers["host"]])),
        "secret, left, source gone": line(AudienceFactory(secret=True, members=[readers["member"]], hosts=[readers["host"]])),
    }
    turns.hidden |= {lines["source hidden"].act_id, lines["secret, left, source hidden"].act_id}
    turns.gone |= {lines["source gone"].act_id, lines["secret, left, source gone"].act_id}
    return person, readers, lines


INSIDE = {"open", "closed", "secret", "secret, left"}
SEEN = {
    "oneself": INSIDE | {"hidden"},
    "member": INSIDE,
    "host": INSIDE,
    "colleague": {"open"},
    "manager": {"open"},
    "hr": {"open"},
    "recruiter": {"open"},
    "expected": set(),
    "left": set(),
    "outsider": {"open"},
}


@pytest.mark.parametrize("name", SEEN)
def test_line_is_shown_to_whom_its_source_is(company, name):
    person, readers, lines = company

    shown = {one.line.pk for one in queries.lines_for(readers[name], person)}

    assert {name for name, line in lines.items() if line.pk in shown} == SEEN[name]


@pytest.mark.parametrize("name", SEEN)
def test_counts_are_of_what_was_shown_and_of_nothing_else(company, name):
    person, readers, _lines = company

    lines = queries.lines_for(readers[name], person)
    figures = queries.figures_of(lines)

    assert figures.answers == len([one for one in lines if not one.is_reduced])
    assert figures.people == (1 if figures.answers else 0)


def test_line_from_a_secret_space_that_its_person_left_says_date_and_kind_only(company):
    person, readers, lines = company

    (reduced,) = [one for one in queries.lines_for(person, person) if one.is_reduced]

    assert reduced.line.pk == lines["secret, left"].pk
    assert (reduced.title, reduced.address, reduced.place, reduced.helped, reduced.skills) == ("", "", "", (), ())
    label = lines["secret, left"].audience.label
    assert label in [one.place for one in queries.lines_for(readers["member"], person)]


@pytest.mark.parametrize("change", ["hidden", "gone"])
def test_r27_line_falls_with_its_source_for_everyone_at_once(company, turns, change):
    person, readers, lines = company
    getattr(turns, change).add(lines["closed"].act_id)

    for reader in readers.values():
        assert lines["closed"].pk not in [one.line.pk for one in queries.lines_for(reader, person)]


def test_t06_line_follows_its_space_when_that_is_narrowed(company):
    person, readers, lines = company
    Audience.objects.filter(pk=lines["open"].audience_id).update(is_open=False)

    seen = {name for name, reader in readers.items() if lines["open"].pk in [one.line.pk for one in queries.lines_for(reader, person)]}

    assert seen == {"oneself", "member", "host"}


@pytest.mark.parametrize("name", SEEN)
def test_readers_of_a_line_and_lines_of_a_reader_agree(company, name):
    _person, readers, lines = company

    seen = {line.pk for line in LedgerLine.objects.visible_to(readers[name])}

    assert seen == {line.pk for line in lines.values() if readers_of(line).filter(pk=readers[name].pk).exists()}


def test_whom_it_helped_is_counted_although_they_left_and_named_as_far_as_the_reader_knows_them(signed_in):
    reader, person, gone, never = PersonFactory(), PersonFactory(), PersonFactory(), PersonFactory(state=PersonState.EXPECTED)
    line = LedgerLineFactory(person=person, helped=[reader.pk, gone.pk, never.pk])
    before = queries.figures_of(queries.lines_for(reader, person))
    assert (before.people, before.units) == (2, 2)
    Person.objects.filter(pk=gone.pk).update(state=PersonState.LEFT, hired_on=clock.today(), leaves_on=clock.today())

    (shown,) = queries.lines_for(reader, person)

    assert line.pk == shown.line.pk
    assert queries.figures_of([shown]) == before
    assert [unit.pk for unit in shown.units] == sorted([reader.unit_id, gone.unit_id])
    page = signed_in(reader).get(reverse("contributions:of", args=[person.handle]), {"helped": "people"}).text
    assert "And 1 person who has left since." in page
    assert (reader.name in page, gone.name in page, never.name in page) == (True, False, False)


# What its person does with it


def test_proposed_line_is_its_persons_alone_until_kept_for_whom_they_choose(company):
    _person, readers, _lines = company
    person, by = PersonFactory(), readers["member"]
    act = ledger.confirm_help(by=by, person=person, kind="buddying", source=("journey", 7), helped=[by])
    line = LedgerLine.objects.get(person=person)
    cohort = AudienceFactory(members=[person, readers["member"]], kind=AudienceType.COHORT)

    assert [name for name in OTHERS if queries.lines_for(readers[name], person)] == []
    assert not HelpConfirmation.objects.visible_to(readers["colleague"]).exists()
    assert [one.line.pk for one in queries.proposed_lines(person)] == [line.pk]
    assert queries.proposed_lines(by) == []

    ledger.keep_line(person=person, line=line, audience=cohort)
    assert [name for name in OTHERS if queries.lines_for(readers[name], person)] == ["member"]
    everyone = ensure_everyone()
    ledger.keep_line(person=person, line=line, audience=everyone)
    assert [name for name in OTHERS if queries.lines_for(readers[name], person)] == [
        name for name in OTHERS if name not in ("expected", "left")
    ]
    ledger.withdraw_help(by=by, act=act)
    assert queries.lines_for(person, person) == []


def test_line_is_kept_for_no_space_of_others_and_for_no_protected_one():
    person = PersonFactory()
    ledger.confirm_help(by=PersonFactory(), person=person, kind="buddying", source=("journey", 7))
    line = LedgerLine.objects.get()

    for audience in (
        AudienceFactory(),
        AudienceFactory(members=[person], is_protected=True),
        AudienceFactory(members=[person], kind="pair"),
    ):
        with pytest.raises(ledger.NotForThese):
            ledger.keep_line(person=person, line=line, audience=audience)

    assert LedgerLine.objects.get().is_kept is False


def test_hidden_line_and_its_act_are_shown_to_nobody_and_again():
    person, reader = PersonFactory(), PersonFactory()
    ledger.confirm_help(by=PersonFactory(), person=person, kind="workshop", source=("workshop", 7))
    line = ledger.keep_line(person=person, line=LedgerLine.objects.get())

    ledger.hide_lines(person=person, lines=[line])
    assert queries.lines_for(reader, person) == []
    assert not HelpConfirmation.objects.visible_to(reader).exists()
    ledger.hide_lines(person=person, lines=[line], is_hidden=False)
    assert [one.line.pk for one in queries.lines_for(reader, person)] == [line.pk]


@pytest.mark.parametrize("verb", ["keep", "hide", "comment", "tag", "erase"])
def test_nobody_changes_the_line_of_another(company, verb):
    _person, readers, lines = company
    before = LedgerLine.objects.filter(pk=lines["open"].pk).values().get()
    act = {
        "keep": lambda who, line: ledger.keep_line(person=who, line=line),
        "hide": lambda who, line: ledger.hide_lines(person=who, lines=[line]),
        "comment": lambda who, line: ledger.comment_line(person=who, line=line, comment="No"),
        "tag": lambda who, line: ledger.tag_line(person=who, line=line, skills=[]),
        "erase": lambda who, line: ledger.erase_line(person=who, line=line),
    }[verb]

    for name in OTHERS:
        with pytest.raises(PermissionDenied):
            act(readers[name], lines["open"])

    assert LedgerLine.objects.filter(pk=lines["open"].pk).values().get() == before


def test_comment_is_shown_with_the_line_and_has_an_end():
    line = LedgerLineFactory()

    ledger.comment_line(person=line.person, line=line, comment="  With\n Malik ")
    with pytest.raises(ValidationError):
        ledger.comment_line(person=line.person, line=line, comment="x" * 281)

    assert LedgerLine.objects.get().comment == "With Malik"


def test_r23_opting_out_is_one_step_and_looks_like_nothing_done(company, signed_in):
    person, readers, _lines = company
    other = PersonFactory(first_name=person.first_name)
    ledger.confirm_help(by=readers["member"], person=person, kind="buddying", source=("journey", 1))

    signed_in(person).post("/me/contributions/stop/")

    assert not LedgerLine.objects.filter(person=person).exists()
    assert not HelpConfirmation.objects.filter(person=person).exists()
    for name in ("colleague", "hr", "recruiter"):
        pages = [signed_in(readers[name]).get(f"/people/{one.handle}/contributions/").text for one in (person, other)]
        for one, text in zip((person, other), range(2), strict=True):
            pages[text] = pages[text].replace(one.handle, "").replace(one.name, "").replace(one.initials, "")
        assert without_nonces(pages[0]) == without_nonces(pages[1])
    assert not LedgerOptOut.objects.visible_to(readers["hr"]).exists()
    assert ledger.add_line(contribution=fact(person, AudienceFactory(open=True))) is None
    ledger.opt_in(person=person)
    assert ledger.add_line(contribution=fact(person, AudienceFactory(open=True))) is not None


def without_nonces(page):
    import re

    page = re.sub(r'data-tone="[^"]*"|nonce="[^"]*"|value="[A-Za-z0-9]{64}"|csrf[^ ]*', "", page)
    return [line.strip() for line in page.splitlines() if line.strip()]


def test_lines_of_more_than_two_years_are_erased():
    old = LedgerLineFactory(on=clock.today() - 25 * MONTH)
    LedgerLineFactory(person=old.person)

    assert retention.forget("talent.LedgerLine") == 1
    assert not LedgerLine.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_lines_cost_the_same_however_many(django_assert_num_queries, count):
    person, reader = PersonFactory(), PersonFactory()
    for _ in range(count):
        LedgerLineFactory(person=person, helped=[reader.pk], tags=[SkillFactory()])

    reader, person = Person.objects.get(pk=reader.pk), Person.objects.get(pk=person.pk)
    with django_assert_num_queries(5):
        lines = queries.lines_for(reader, person)
        assert [(bool(one.units), bool(one.skills)) for one in lines] == [(True, True)] * count


def test_lines_of_several_people_are_each_their_own():
    reader, people = PersonFactory(), PersonFactory.create_batch(2)
    lines = [LedgerLineFactory(person=person) for person in people]
    LedgerLineFactory(person=people[0], is_hidden=True)

    found = queries.lines_of_people(reader, [person.pk for person in people])

    assert {key: [one.line for one in value] for key, value in found.items()} == {line.person_id: [line] for line in lines}


def test_members_who_join_later_read_what_members_read():
    person, late = PersonFactory(), PersonFactory()
    audience = AudienceFactory(members=[person])
    line = LedgerLineFactory(person=person, audience=audience)
    assert queries.lines_for(late, person) == []

    AudienceMember.objects.create(audience=audience, person=late)

    assert [one.line for one in queries.lines_for(late, person)] == [line]


# Spaces that become protected


def protect(audience):
    Audience.objects.filter(pk=audience.pk).update(is_protected=True)


@pytest.mark.parametrize("trait", [{}, {"open": True}, {"secret": True}])
def test_l106_line_counts_for_nobody_once_its_space_is_protected_whatever_came_first(trait, turns):
    person, member = PersonFactory(), PersonFactory()
    audience = AudienceFactory(members=[person, member], **trait)
    line = LedgerLineFactory(person=person, audience=audience, helped=[member.pk], kind=LineKind.ANSWER_ACCEPTED)
    everybody = [person, member, PersonFactory(role=Role.HR)]
    assert queries.figures_of(queries.lines_for(member, person)).answers == 1
    assert queries.ground_between(member, person) == ("answer", audience.pk)

    protect(audience)

    for reader in everybody:
        assert queries.lines_for(reader, person) == queries.lines_of_people(reader, [person.pk]).get(person.pk, []) == []
        assert not LedgerLine.objects.visible_to(reader).exists()
    assert queries.standing_lines(person, [line.pk]) == []
    assert not readers_of(line).exists()
    assert queries.ground_between(member, person) is None


def test_l106_confirmed_help_and_skill_are_shown_to_no_protected_space():
    person, by, member = PersonFactory(), PersonFactory(), PersonFactory()
    audience = AudienceFactory(members=[person, by, member])
    ledger.confirm_help(by=by, person=person, kind="workshop", source=("workshop", 7))
    ledger.keep_line(person=person, line=LedgerLine.objects.get(), audience=audience)
    skill = SkillFactory()
    Confirmation.objects.create(person=person, by=by, skill=skill, ground="answer", audience=audience)
    shown = (HelpConfirmation, Confirmation)
    assert all(model.objects.visible_to(member).exists() for model in shown)

    protect(audience)

    assert not any(model.objects.visible_to(member).exists() for model in shown)
    assert all(set(readers_of(model.objects.get())) == {person, by} for model in shown)
    assert queries.lines_for(person, person) == []
