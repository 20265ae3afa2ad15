import pytest
from django.urls import reverse

from rse.core.enums import Role
from rse.core.models import Person
from rse.governance.models import AccessLogEntry
from rse.governance.services.access_log import AccessLogUnavailable
from talent import slot_blocks
from talent.models import Confirmation, LedgerLine, Training
from talent.services.ledger import confirm_help
from tests.factories import AudienceFactory, PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory, WishFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["contributions:mine", "skills:mine", "training:mine", "wishes:mine"])
def test_own_page_opens_with_nothing_and_with_everything(signed_in, name):
    person = PersonFactory()
    browser = signed_in(person)
    assert browser.get(reverse(name)).status_code == 200

    skill = SkillFactory()
    DeclaredSkillFactory(person=person, skill=skill)
    LedgerLineFactory(person=person, tags=[skill])
    confirm_help(by=PersonFactory(), person=person, kind="buddying", source=("journey", 1))
    WishFactory(person=person)

    assert browser.get(reverse(name)).status_code == 200
    assert browser.get(reverse("home")).status_code == 200
    assert browser.get(person.get_absolute_url()).status_code == 200


OPENED_BY = [
    ("colleague", None, None),
    ("manager", "", "profile"),
    ("hr of the unit", "hr", "profile"),
    ("hr of elsewhere", None, None),
    ("recruiter", "recruiter", "search_of_skills"),
    ("succession", "hr_succession", "succession"),
    ("head", "hr_head", "profile"),
    ("oneself", None, None),
]


def reader_of(subject, relation):
    if relation == "oneself":
        return subject
    roles = {"recruiter": Role.RECRUITER, "succession": Role.HR_SUCCESSION, "head": Role.HR_HEAD}
    reader = PersonFactory(role=roles.get(relation))
    if relation == "manager":
        put_under(subject, reader)
    elif relation.startswith("hr"):
        RoleGrantFactory(person=reader, role=Role.HR, unit=subject.unit if relation == "hr of the unit" else reader.unit)
    return reader


@pytest.mark.parametrize("page", ["people:detail", "contributions:of"])
@pytest.mark.parametrize(("relation", "function", "purpose"), OPENED_BY, ids=[one[0] for one in OPENED_BY])
def test_opening_by_who_decides_about_a_person_is_written_down_and_shown_to_them(signed_in, page, relation, function, purpose):
    subject = PersonFactory()
    LedgerLineFactory(person=subject)
    reader = reader_of(subject, relation)

    answer = signed_in(reader).get(reverse(page, args=[subject.handle]))

    assert answer.status_code == 200
    written = [(one.reader, one.function, one.kind, one.row_id, one.purpose) for one in AccessLogEntry.objects.all()]
    assert written == ([] if function is None else [(reader, function, "talent_file", subject.pk, purpose)])
    assert ("Who opened my file”." in answer.text) is bool(written)
    mine = signed_in(subject).get(reverse("openings:mine"))
    assert ("What I did for others" in mine.text) is bool(written)
    assert (reader.name in mine.text.partition("<main")[2]) is bool(written)


@pytest.mark.parametrize("page", ["people:detail", "contributions:of"])
def test_nothing_is_shown_when_the_opening_cannot_be_written(signed_in, monkeypatch, page):
    subject, hr = PersonFactory(), PersonFactory(role=Role.HR)
    LedgerLineFactory(person=subject, audience=AudienceFactory(open=True, label="canary"))

    def unavailable(*args, **kwargs):
        raise AccessLogUnavailable

    monkeypatch.setattr("talent.slot_blocks.log_access", unavailable)
    answer = signed_in(hr).get(reverse(page, args=[subject.handle]))

    assert answer.status_code == (200 if page == "people:detail" else 503)
    assert "canary" not in answer.text


@pytest.mark.parametrize(
    "query", ["", "?kind=answer_accepted", "?kind=nothing", "?skill=unknown", "?helped=people", "?helped=units", "?kind=%00"]
)
def test_figure_leads_to_exactly_its_lines(signed_in, query):
    subject, reader, skill = PersonFactory(), PersonFactory(), SkillFactory()
    with_help = LedgerLineFactory(person=subject, helped=[reader.pk], tags=[skill])
    without = LedgerLineFactory(person=subject, kind="useful_mark")
    hidden = LedgerLineFactory(person=subject, is_hidden=True)

    page = signed_in(reader).get(f"/people/{subject.handle}/contributions/{query}")

    shown = {line.pk for line in (with_help, without, hidden) if f"Title of {line.audience.label}”" in page.text}
    expected = {"": {with_help.pk, without.pk}, "?kind=nothing": {with_help.pk, without.pk}, "?kind=%00": {with_help.pk, without.pk}}
    narrowed = set() if query == "?skill=unknown" else {with_help.pk}
    assert shown == expected.get(query, narrowed)


@pytest.mark.parametrize("name", ["skills:list", "wishes:list"])
def test_page_of_hr_opens_with_nothing_and_with_everything(signed_in, name):
    hr = PersonFactory(role=Role.HR)
    browser = signed_in(hr)
    assert browser.get(reverse(name)).status_code == 200

    SkillFactory(merged_into=SkillFactory())
    WishFactory(shared=True)

    assert browser.get(reverse(name)).status_code == 200


# A piece of a page is what a reload shows


def piece(page, name, kind="section"):
    import re

    start = page.index(f'<{kind} id="{name}"')
    inside = page[start:]
    depth = 0
    for tag in re.finditer(rf"<(/?){kind}\b", inside):
        depth += -1 if tag[1] else 1
        if depth == 0:
            found = inside[: tag.end()]
            break
    return [line.strip() for line in re.sub(r'value="[A-Za-z0-9]{64}"', "", found).splitlines() if line.strip()]


HTMX = {"HX-Request": "true"}


def test_hiding_from_the_profile_swaps_what_a_reload_shows(signed_in):
    person = PersonFactory()
    line = LedgerLineFactory(person=person, tags=[SkillFactory()])
    LedgerLineFactory(person=person)
    browser = signed_in(person)

    swapped = browser.post(
        reverse("contributions:hide"), {"line": line.public_id, "next": person.get_absolute_url()}, headers=HTMX | {"HX-Target": "doing"}
    )

    assert LedgerLine.objects.get(pk=line.pk).is_hidden
    assert piece(swapped.text, "doing") == [
        one.replace(f'value="{person.get_absolute_url()}"', f'value="{reverse("contributions:hide")}"')
        for one in piece(browser.get(person.get_absolute_url()).text, "doing")
    ]


@pytest.mark.parametrize("verb", ["keep", "erase", "comment", "tag", "stop", "start", "hide"])
def test_each_act_on_my_page_swaps_what_a_reload_shows(signed_in, verb):
    person, skill = PersonFactory(), SkillFactory(label_fr="Métrologie", label_en="Metrology", words=" metrologie metrology")
    line = LedgerLineFactory(person=person)
    confirm_help(by=PersonFactory(), person=person, kind="buddying", source=("journey", 1))
    proposed = LedgerLine.objects.get(is_kept=False)
    browser = signed_in(person)
    address = {"stop": [], "start": [], "hide": [], "keep": [proposed.public_id]}.get(verb, [line.public_id])
    data = {
        "comment": {"comment": "Avec Malik"},
        "tag": {"skill": "metrology"},
        "hide": {"line": line.public_id},
        "keep": {"audience": proposed.audience.public_id},
    }.get(verb, {})

    swapped = browser.post(reverse(f"contributions:{verb}", args=address), data, headers=HTMX | {"HX-Target": "contributions"})

    assert swapped.status_code == 200
    reloaded = browser.get(reverse("contributions:mine"))
    names = [reverse(f"contributions:{verb}", args=address), reverse("contributions:mine")]
    drop = lambda lines: [one for one in lines if not any(f'name="next" value="{name}"' in one for name in names)]  # noqa: E731
    assert drop(piece(swapped.text, "contributions", "div")) == drop(piece(reloaded.text, "contributions", "div"))
    if verb == "tag":
        assert list(line.skills.all()) == [skill]


def test_wrong_comment_answers_422_and_keeps_what_was_typed(signed_in):
    person = PersonFactory()
    line = LedgerLineFactory(person=person)

    for headers in ({}, HTMX | {"HX-Target": "contributions"}):
        answer = signed_in(person).post(reverse("contributions:comment", args=[line.public_id]), {"comment": "é" * 281}, headers=headers)
        assert answer.status_code == 422
        assert "é" * 281 in answer.text

    assert LedgerLine.objects.get().comment == ""


@pytest.mark.parametrize("verb", ["keep", "erase", "comment", "tag"])
def test_line_of_another_is_not_there_or_not_mine_to_change(signed_in, verb):
    open_line, closed_line = LedgerLineFactory(), LedgerLineFactory(audience=AudienceFactory())
    browser = signed_in(PersonFactory())

    codes = [
        browser.post(reverse(f"contributions:{verb}", args=[line.public_id]), {"comment": "x", "skill": "x"}).status_code
        for line in (open_line, closed_line)
    ]

    assert codes == [403, 404]


def test_hide_goes_back_to_our_pages_only(signed_in):
    person = PersonFactory()
    line = LedgerLineFactory(person=person)

    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = signed_in(person).post(reverse("contributions:hide"), {"line": line.public_id, "next": elsewhere})
        assert answer.url == reverse("contributions:mine")
    assert signed_in(person).post(reverse("contributions:hide"), {"line": ["x", "٣", "9" * 30]}).status_code == 404


def test_skill_is_confirmed_from_the_profile_and_taken_back(signed_in):
    person = PersonFactory()
    by, skill = PersonFactory(unit=person.unit), DeclaredSkillFactory(person=person).skill
    browser = signed_in(by)
    page = browser.get(person.get_absolute_url())
    assert reverse("skills:confirm", args=[person.handle, skill.code]) in page.text

    browser.post(reverse("skills:confirm", args=[person.handle, skill.code]))
    given = Confirmation.objects.get()
    assert reverse("skills:withdraw", args=[given.public_id]) in browser.get(person.get_absolute_url()).text
    assert signed_in(PersonFactory()).post(reverse("skills:withdraw", args=[given.public_id])).status_code == 403
    browser.post(reverse("skills:withdraw", args=[given.public_id]))
    assert not Confirmation.objects.exists()


def test_export_is_ones_own_and_says_no_more_than_the_page(signed_in, turns):
    person = PersonFactory()
    LedgerLineFactory(person=person, comment="Avec Malik")
    LedgerLineFactory(person=person, audience=AudienceFactory(secret=True, label="canary"))

    found = signed_in(person).get(reverse("contributions:export")).json()["contributions"]

    assert [sorted(one) for one in found if len(one) == 2] == [["date", "kind"]]
    assert "canary" not in str(found)
    assert [one["comment"] for one in found if "comment" in one] == ["Avec Malik"]


@pytest.mark.parametrize("count", [1, 3])
def test_both_sides_of_a_profile_cost_the_same_however_many(django_assert_num_queries, count):
    person = PersonFactory()
    reader = PersonFactory(unit=person.unit)
    for _ in range(count):
        skill = SkillFactory()
        DeclaredSkillFactory(person=person, skill=skill)
        LedgerLineFactory(person=person, helped=[reader.pk], tags=[skill])
        Training.objects.create(person=person, title=skill.code, year=2020)
    reader, person = Person.objects.get(pk=reader.pk), Person.objects.get(pk=person.pk)

    with django_assert_num_queries(11):
        assert len(slot_blocks.doing(reader, {"subject": person})["rows"]) == count
        assert len(slot_blocks.being(reader, {"subject": person})["trainings"]) == count


@pytest.mark.parametrize("seen_as", ["employee", "manager", "hr"])
def test_both_sides_can_be_seen_by_a_reader_who_is_nobody(seen_as):
    person = PersonFactory()
    LedgerLineFactory(person=person)
    LedgerLineFactory(person=person, audience=AudienceFactory(members=[person]))
    WishFactory(person=person, shared=True)
    nobody = Person(pk=0, state="active")
    nobody.current_grants = frozenset({("hr", person.unit_id)} if seen_as == "hr" else ())

    side = slot_blocks.doing(nobody, {"subject": person})
    assert (len(side["moments"]), side["is_own"], side["is_logged"]) == (1, False, False)
    assert bool(slot_blocks.being(nobody, {"subject": person})["wish"]) is (seen_as == "hr")
    assert not AccessLogEntry.objects.exists()
