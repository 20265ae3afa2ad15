import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Holding, RecordedEvent
from talent import queries
from talent.models import Confirmation, DeclaredSkill, LineSkill, Skill
from talent.services import skills
from tests.factories import AudienceFactory, PersonFactory, PositionFactory, UnitFactory
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory

pytestmark = pytest.mark.django_db


def stay(person, unit, start, end=None):
    Holding.objects.create(
        position=PositionFactory(unit=unit), person=person, starts_on=datetime.date(start, 1, 1), ends_on=end and datetime.date(end, 12, 31)
    )


def test_starter_list_is_loaded_once_and_found_in_both_languages():
    count = skills.load_starter_skills()

    assert count >= 90
    assert skills.load_starter_skills() == 0
    assert [one.code for one in queries.find_skills("qualite d")] == ["qualite-des-donnees"]
    assert [one.code for one in queries.find_skills("Qualité D")] == ["qualite-des-donnees"]
    assert "welding" not in [one.code for one in queries.find_skills("weld")]
    assert [one.code for one in queries.find_skills("weld")] == ["soudage"]
    assert [one.code for one in queries.find_skills("appels d’offres")] == ["appels-d-offres"]


@pytest.mark.parametrize(("text", "found"), [("", 0), ("a", 0), ("  é ", 0), ("zzzz", 0), ("%%", 0), ("ma", 10)])
def test_autocomplete_answers_from_two_letters_and_ten_at_most(signed_in, text, found):
    skills.load_starter_skills()

    page = signed_in(PersonFactory()).get(reverse("skills:find"), {"skill": text})

    assert page.text.count("<option") == found


def test_merge_moves_everything_and_the_old_name_leads_to_the_new_one():
    hr, both, one_only = PersonFactory(role=Role.HR), PersonFactory(), PersonFactory()
    old, new = SkillFactory(label_fr="Tableur", words=" tableur"), SkillFactory(label_fr="Tableurs avancés")
    DeclaredSkillFactory(person=both, skill=old, level="expert")
    DeclaredSkillFactory(person=both, skill=new, level="beginner")
    DeclaredSkillFactory(person=one_only, skill=old)
    for skill in (old, new):
        Confirmation.objects.create(person=both, skill=skill, by=one_only, ground="unit")
    Confirmation.objects.create(person=one_only, skill=old, by=both, ground="unit")
    line, other = LedgerLineFactory(tags=[old, new]), LedgerLineFactory(tags=[old])
    before = SkillFactory(merged_into=old)

    skills.merge_skills(actor=hr, source=old, into=new)

    assert sorted(DeclaredSkill.objects.values_list("person", "skill", "level")) == sorted(
        [(both.pk, new.pk, "expert"), (one_only.pk, new.pk, "confirmed")]
    )
    assert set(Confirmation.objects.values_list("person", "skill", "by")) == {
        (both.pk, new.pk, one_only.pk),
        (one_only.pk, new.pk, both.pk),
    }
    assert set(LineSkill.objects.values_list("line", "skill")) == {(line.pk, new.pk), (other.pk, new.pk)}
    assert queries.skill_named("tableur") == new
    assert queries.find_skills("tableur") == [new]
    before.refresh_from_db()
    assert before.merged_into == new
    said = {"actor_id": hr.pk, "source_id": old.pk, "into_id": new.pk, "document": ["person", 0]}
    assert RecordedEvent.objects.get(name="talent.skills_merged").facets == said

    with pytest.raises(skills.CannotMerge):
        skills.merge_skills(actor=hr, source=old, into=new)
    with pytest.raises(skills.CannotMerge):
        skills.merge_skills(actor=hr, source=new, into=new)
    skills.restore_skill(actor=hr, skill=old)
    assert queries.skill_named("tableur") == old


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.RECRUITER, Role.EDITOR])
def test_reference_table_is_for_hr(role):
    person, one, other = PersonFactory(role=role), SkillFactory(), SkillFactory()

    for act in (
        lambda: skills.add_skill(actor=person, label_fr="A", label_en="B", group="g"),
        lambda: skills.merge_skills(actor=person, source=one, into=other),
        lambda: skills.restore_skill(actor=person, skill=one),
        lambda: skills.load_starter_skills(actor=person),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert Skill.objects.count() == 2


def test_skill_is_not_added_under_a_name_that_one_has():
    hr, one = PersonFactory(role=Role.HR), SkillFactory(label_fr="Métrologie", words=" metrologie")

    with pytest.raises(skills.SkillExists) as refused:
        skills.add_skill(actor=hr, label_fr="METROLOGIE", label_en="Measuring", group="quality")

    assert refused.value.skill == one


# Who may confirm: worked in the same unit at the same time, or took part in the same accepted answer.


@pytest.mark.parametrize(
    ("mine", "theirs", "may"),
    [
        ((2018, 2020), (2020, 2022), True),
        ((2018, 2020), (2021, None), False),
        ((2018, None), (2015, 2018), True),
        ((2018, None), (2019, None), True),
        ((2010, 2012), (2015, 2018), False),
    ],
)
def test_units_are_shared_only_at_the_same_time(mine, theirs, may):
    unit, skill = UnitFactory(), SkillFactory()
    by, person = PersonFactory(), PersonFactory()
    stay(by, unit, *mine)
    stay(person, unit, *theirs)
    DeclaredSkillFactory(person=person, skill=skill)

    if may:
        assert skills.confirm_skill(by=by, person=person, skill=skill).ground == "unit"
    else:
        with pytest.raises(PermissionDenied):
            skills.confirm_skill(by=by, person=person, skill=skill)
    assert Confirmation.objects.count() == may


def test_accepted_answer_lets_both_sides_confirm_and_shows_it_inside_only():
    answerer, asker, other = PersonFactory(), PersonFactory(), PersonFactory()
    audience = AudienceFactory(secret=True, members=[answerer, asker])
    LedgerLineFactory(person=answerer, audience=audience, helped=[asker.pk])
    skill = SkillFactory()
    DeclaredSkillFactory(person=answerer, skill=skill)
    DeclaredSkillFactory(person=asker, skill=skill)

    given = skills.confirm_skill(by=asker, person=answerer, skill=skill)
    skills.confirm_skill(by=answerer, person=asker, skill=skill)

    assert (given.ground, given.audience) == ("answer", audience)
    assert not Confirmation.objects.visible_to(other).exists()
    (row,) = queries.skills_for(other, answerer, queries.lines_for(other, answerer))
    assert (row.confirmers, row.evidence) == ([], [])
    assert [one.by_id for one in Confirmation.objects.visible_to(asker).filter(person=answerer)] == [asker.pk]


@pytest.mark.parametrize("case", ["hidden source", "gone source", "left the space", "hidden line", "useful mark", "stranger"])
def test_accepted_answer_is_no_ground_once_one_of_them_cannot_open_it(turns, case):
    answerer, asker, skill = PersonFactory(), PersonFactory(), SkillFactory()
    audience = AudienceFactory(members=[answerer] if case == "left the space" else [answerer, asker])
    line = LedgerLineFactory(person=answerer, audience=audience, helped=[] if case == "stranger" else [asker.pk])
    if case == "gone source":
        turns.gone.add(line.act_id)
    if case == "hidden line":
        type(line).objects.update(is_hidden=True)
    if case == "useful mark":
        type(line).objects.update(kind="useful_mark")
    if case == "hidden source":
        turns.hidden.add(line.act_id)
    DeclaredSkillFactory(person=answerer, skill=skill)

    with pytest.raises(PermissionDenied):
        skills.confirm_skill(by=asker, person=answerer, skill=skill)


@pytest.mark.parametrize("case", ["oneself", "never spoken of", "private"])
def test_confirmation_is_never_of_oneself_nor_of_what_was_never_said(case):
    person = PersonFactory()
    by, skill = person if case == "oneself" else PersonFactory(unit=person.unit), SkillFactory()
    if case != "never spoken of":
        DeclaredSkillFactory(person=person, skill=skill, is_public=case == "oneself")

    with pytest.raises(PermissionDenied):
        skills.confirm_skill(by=by, person=person, skill=skill)


def test_confirmation_is_given_once_told_once_and_taken_back_by_either():
    person, skill = PersonFactory(), SkillFactory()
    by, other = PersonFactory(unit=person.unit), PersonFactory(unit=person.unit)
    DeclaredSkillFactory(person=person, skill=skill)

    one, again = (skills.confirm_skill(by=by, person=person, skill=skill) for _ in range(2))
    assert one.pk == again.pk
    assert [event.facets["recipient_ids"] for event in RecordedEvent.objects.filter(name="talent.skill_confirmed")] == [[person.pk]]
    with pytest.raises(PermissionDenied):
        skills.withdraw_confirmation(person=other, confirmation=one)
    skills.withdraw_confirmation(person=by, confirmation=one)
    assert not Confirmation.objects.exists()
    skills.withdraw_confirmation(person=person, confirmation=skills.confirm_skill(by=by, person=person, skill=skill))
    assert not Confirmation.objects.exists()


def test_declared_twice_is_one_with_the_last_word(signed_in):
    person, skill = PersonFactory(), SkillFactory(label_fr="Métrologie", label_en="Metrology", words=" metrologie metrology")
    browser = signed_in(person)

    for level in ("beginner", "expert"):
        browser.post(reverse("skills:mine"), {"skill": "metrology", "level": level, "is_public": "on"})

    assert [(one.skill, one.level) for one in DeclaredSkill.objects.filter(person=person)] == [(skill, "expert")]
    refused = browser.post(reverse("skills:mine"), {"skill": "metr", "level": "expert"})
    assert refused.status_code == 422
    assert skill.label in refused.text.replace("&#x27;", "'")
    browser.post(reverse("skills:remove", args=[skill.code]))
    assert not DeclaredSkill.objects.exists()


def test_forty_skills_are_enough():
    person = PersonFactory()
    for skill in SkillFactory.create_batch(40):
        skills.declare_skill(person=person, skill=skill, level="expert")

    with pytest.raises(skills.TooManySkills):
        skills.declare_skill(person=person, skill=SkillFactory(), level="expert")


def test_three_sources_stay_apart():
    person, skill = PersonFactory(), SkillFactory()
    by = PersonFactory(unit=person.unit)
    LedgerLineFactory(person=person, tags=[skill])
    DeclaredSkillFactory(person=person, skill=skill, is_public=False)
    skills.confirm_skill(by=by, person=person, skill=skill)

    (row,) = queries.skills_for(by, person, queries.lines_for(by, person))
    assert (row.declared, row.confirmers, [count for _kind, _label, count in row.evidence]) == (None, [by], [1])
    (own,) = queries.skills_for(person, person, queries.lines_for(person, person))
    assert own.declared.level == "confirmed"


@pytest.mark.parametrize("count", [1, 3])
def test_skills_cost_the_same_however_many(django_assert_num_queries, count):
    person = PersonFactory()
    reader = PersonFactory(unit=person.unit)
    for _ in range(count):
        skill = SkillFactory()
        DeclaredSkillFactory(person=person, skill=skill)
        skills.confirm_skill(by=reader, person=person, skill=skill)
    lines = queries.lines_for(reader, person)
    reader = type(reader).objects.get(pk=reader.pk)

    with django_assert_num_queries(3):
        assert [row.names for row in queries.skills_for(reader, person, lines)] == [reader.name] * count


def test_confirmed_on_is_the_day_of_the_clock():
    person, skill = PersonFactory(), SkillFactory()
    DeclaredSkillFactory(person=person, skill=skill)
    with clock.moved_to(datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)):
        one = skills.confirm_skill(by=PersonFactory(unit=person.unit), person=person, skill=skill)

    assert one.confirmed_on == datetime.date(2024, 2, 29)


def test_list_shown_after_a_refused_merge_leads_to_itself(signed_in):
    """The answer stands at an address that takes a form alone: whatever narrows, orders and pages the list leads to the list."""
    SkillFactory.create_batch(40)
    browser = signed_in(PersonFactory(role="hr"))

    page = browser.post(reverse("skills:merge"), {"source": "nothing", "into": "nothing"})

    assert page.status_code == 422
    assert f'action="{reverse("skills:list")}" role="search"' in page.text
    assert f'href="{reverse("skills:list")}?order=' in page.text
    assert f'href="{reverse("skills:list")}?after=' in page.text
    assert 'href="?' not in page.text
