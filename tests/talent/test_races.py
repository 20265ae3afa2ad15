"""Many at once: what is once stays once, on a database where transactions really run side by side."""

import pytest

from rse.core import clock
from rse.core.events.bus import Contribution
from rse.core.people.services.audiences import ensure_everyone
from talent.models import Confirmation, DeclaredSkill, HelpConfirmation, LedgerLine, Skill, Wish
from talent.services import being, ledger, skills
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.talent import DeclaredSkillFactory, SkillFactory
from tests.races import only_where_transactions_meet, side_by_side

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, only_where_transactions_meet]


def test_l104_one_act_said_eight_times_at_once_is_one_line():
    person, audience = PersonFactory(), AudienceFactory(open=True)
    said = Contribution(person_id=person.pk, kind="answer_accepted", act=("turn", audience.pk), audience_id=audience.pk, on=clock.today())

    assert side_by_side(8, lambda _number: ledger.add_line(contribution=said)) == []
    assert LedgerLine.objects.count() == 1


def test_one_help_confirmed_from_two_windows_is_one():
    by, person = PersonFactory.create_batch(2)
    ensure_everyone()

    assert side_by_side(6, lambda _number: ledger.confirm_help(by=by, person=person, kind="buddying", source=("journey", 1))) == []
    assert (HelpConfirmation.objects.count(), LedgerLine.objects.count()) == (1, 1)


def test_one_skill_declared_and_confirmed_many_times_at_once_is_one():
    person, skill = PersonFactory(), SkillFactory()
    by = PersonFactory(unit=person.unit)
    DeclaredSkillFactory(person=person, skill=skill)

    assert side_by_side(6, lambda _number: skills.confirm_skill(by=by, person=person, skill=skill)) == []
    assert side_by_side(6, lambda _number: skills.declare_skill(person=by, skill=skill, level="expert")) == []
    assert (Confirmation.objects.count(), DeclaredSkill.objects.filter(person=by).count()) == (1, 1)


def test_of_many_windows_that_save_a_wish_one_wins_and_the_others_are_told():
    person = PersonFactory()

    first = side_by_side(5, lambda number: being.save_wish(person=person, version=0, horizon="year", text=str(number), visibility="me"))
    second = side_by_side(5, lambda number: being.save_wish(person=person, version=1, horizon="now", text=str(number), visibility="me"))

    assert first == second == ["EditedMeanwhile"] * 4
    assert Wish.objects.get().version == 2


def test_two_skills_merged_into_each_other_at_once_leave_one():
    hr, one, other = PersonFactory(role="hr"), SkillFactory(), SkillFactory()
    pairs = [(one, other), (other, one)]

    raised = side_by_side(2, lambda number: skills.merge_skills(actor=hr, source=pairs[number][0], into=pairs[number][1]))

    assert raised == ["CannotMerge"]
    assert Skill.objects.current().count() == 1
