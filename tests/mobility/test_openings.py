"""Openings: each service works, refuses, and leaves no trace when it refuses."""

import contextlib
import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from mobility.kinds import document_of_opening
from mobility.models import Application, Bookmark, Opening, OpeningMember
from mobility.services import openings
from rse.core import clock
from rse.core.access import kinds
from rse.core.enums import Role
from rse.core.models import RecordedEvent
from rse.core.versions import EditedMeanwhile
from rse.governance.charter import CharterRequired
from rse.governance.services.moderation import hide_row, show_hidden
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.governance import CharterFactory
from tests.factories.mobility import ApplicationFactory, OpeningFactory, told
from tests.factories.talent import SkillFactory

pytestmark = pytest.mark.django_db


def said(unit=None, **changed):
    return told(unit=unit or UnitFactory(), site=SiteFactory(), **changed)


def make(author, **changed):
    return openings.create_opening(author=author, **said(**changed))


def written(opening):
    return {name: getattr(opening, name) for name in openings.WRITTEN}


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.HR])
def test_recruiter_or_hr_makes_a_draft_and_recruits_for_it(role):
    author, needed, taught = PersonFactory(role=role), SkillFactory(), SkillFactory()

    opening = make(author, needed=[needed], to_learn=[taught, needed])

    assert (opening.state, opening.published_at, opening.author) == ("draft", None, author)
    assert (opening.needed, opening.to_learn) == ([needed], [taught])
    assert list(OpeningMember.objects.values_list("person", "role")) == [(author.pk, "recruiter")]


def test_role_over_a_unit_makes_them_there_and_nowhere_else():
    unit, author = UnitFactory(), PersonFactory()
    RoleGrantFactory(person=author, role=Role.HR, unit=unit)

    assert make(author, unit=unit)
    with pytest.raises(PermissionDenied):
        make(author, unit=UnitFactory())
    for role in set(Role) - {Role.HR, Role.RECRUITER}:
        with pytest.raises(PermissionDenied):
            make(PersonFactory(role=role))
    assert Opening.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 121},
        {"description": "x" * 8001},
        {"pay_from": None},
        {"pay_from": 50, "pay_to": 40},
        {"kind": "mission", "weeks": None, "share": 20},
        {"kind": "mission", "weeks": 3, "share": 101},
        {"kind": "mission", "weeks": 3, "share": 20, "pay_from": 40, "pay_to": None},
    ],
)
def test_what_does_not_go_together_is_refused(wrong):
    with pytest.raises(ValidationError):
        make(PersonFactory(role=Role.HR), **wrong)
    assert not Opening.objects.exists()


def test_database_refuses_a_position_without_pay_and_a_mission_without_weeks():
    for values in ({"pay_from": None}, {"weeks": 4}, {"mission": True, "weeks": None}, {"published_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningFactory(**values)


def test_same_form_sent_twice_makes_one():
    author, values = PersonFactory(role=Role.HR), said()

    first = openings.create_opening(author=author, key="k", **values)

    assert openings.create_opening(author=author, key="k", **values) == first
    assert Opening.objects.count() == 1


def test_charter_comes_before_making_and_publishing():
    author = PersonFactory(role=Role.HR)
    opening = make(author)
    CharterFactory()
    author.__dict__.pop("charter_due", None)

    with pytest.raises(CharterRequired):
        make(author)
    with pytest.raises(CharterRequired):
        openings.publish_opening(actor=author, opening=opening)
    assert Opening.objects.get().state == "draft"


def test_draft_published_closed_draft(recruiter):
    opening = OpeningFactory(draft=True, team=[recruiter])
    first = openings.publish_opening(actor=recruiter, opening=opening)
    assert openings.publish_opening(actor=recruiter, opening=opening).published_at == first.published_at
    assert openings.close_opening(actor=recruiter, opening=opening).state == "closed"
    assert openings.close_opening(actor=recruiter, opening=opening).state == "closed"
    reopened = openings.reopen_opening(actor=recruiter, opening=opening)

    assert (reopened.state, reopened.published_at) == ("draft", first.published_at)
    said = ["mobility.opening_published", "mobility.opening_closed", "mobility.opening_reopened"]
    assert list(RecordedEvent.objects.order_by("pk").values_list("name", flat=True)) == said


def test_others_neither_publish_close_edit_reopen_nor_delete(recruiter):
    draft, published, closed = (OpeningFactory(team=[recruiter], **traits) for traits in ({"draft": True}, {}, {"closed": True}))
    for person in (PersonFactory(), PersonFactory(role=Role.RECRUITER), PersonFactory(role=Role.ADMINISTRATOR)):
        for act, opening in (
            (openings.publish_opening, draft),
            (openings.delete_opening, draft),
            (openings.close_opening, published),
            (openings.reopen_opening, closed),
        ):
            with pytest.raises(PermissionDenied):
                act(actor=person, opening=opening)
        with pytest.raises(PermissionDenied):
            openings.edit_opening(editor=person, opening=published, version=1, **written(published))
    assert not RecordedEvent.objects.exists()


def test_what_was_published_once_is_never_erased(recruiter):
    never, once = OpeningFactory(draft=True, team=[recruiter]), OpeningFactory(team=[recruiter])
    openings.close_opening(actor=recruiter, opening=once)
    openings.reopen_opening(actor=recruiter, opening=once)

    openings.delete_opening(actor=recruiter, opening=never)
    with pytest.raises(PermissionDenied):
        openings.delete_opening(actor=recruiter, opening=once)

    assert list(Opening.objects.all()) == [once]


def test_openings_are_called_openings_where_search_groups_them():
    with translation.override("fr"):
        assert str(kinds.get("opening").plural) == "Offres"


def test_opening_that_is_given_another_day_while_others_are_closed_stays_open():
    yesterday, tomorrow = (clock.today() + datetime.timedelta(days=number) for number in (-1, 1))
    first, second = OpeningFactory(closes_on=yesterday), OpeningFactory(closes_on=yesterday)

    def prolong(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and '"state"' in sql:
            with connection.cursor() as cursor, contextlib.suppress(StopIteration):
                next(once)
                cursor.execute(f"UPDATE {Opening._meta.db_table} SET closes_on = %s WHERE id = %s", [tomorrow, second.pk])
        return execute(sql, params, many, context)

    once = iter([1])
    with connection.execute_wrapper(prolong):
        assert openings.close_past() == 1

    assert set(Opening.objects.values_list("pk", "state")) == {(first.pk, "closed"), (second.pk, "published")}


def test_last_day_is_over_closes_it_and_refuses_to_publish_it(recruiter):
    yesterday = clock.today() - datetime.timedelta(days=1)
    past, today = OpeningFactory(closes_on=yesterday), OpeningFactory(closes_on=clock.today())
    draft = OpeningFactory(draft=True, closes_on=yesterday, team=[recruiter])

    assert openings.close_past() == 1

    assert set(Opening.objects.values_list("pk", "state")) == {(past.pk, "closed"), (today.pk, "published"), (draft.pk, "draft")}
    with pytest.raises(openings.ClosedAlready):
        openings.publish_opening(actor=recruiter, opening=draft)


def test_edit_saves_tells_those_who_applied_and_says_nothing_of_them_in_the_open(opening, recruiter):
    waiting, gone = ApplicationFactory(opening=opening), ApplicationFactory(opening=opening, state="withdrawn")
    ApplicationFactory(opening=opening, state="draft")
    unit = UnitFactory()
    PersonFactory(role=Role.HR)
    RoleGrantFactory(person=recruiter, role=Role.RECRUITER, unit=unit)

    openings.edit_opening(editor=recruiter, opening=opening, version=1, **(written(opening) | {"title": "Autre", "unit": unit}))

    fresh = Opening.objects.get()
    assert (fresh.title, fresh.version, fresh.unit) == ("Autre", 2, unit)
    assert set(Application.objects.values_list("unit", flat=True)) == {unit.pk}
    assert list(Notification.objects.values_list("recipient", flat=True)) == [waiting.applicant_id]
    assert gone.applicant_id not in set(Notification.objects.values_list("recipient", flat=True))
    changed = RecordedEvent.objects.get(name="mobility.opening_changed")
    assert "recipient_ids" not in changed.facets
    assert RecordedEvent.objects.get(name="mobility.applicants_told").is_confidential


def test_two_who_edit_the_second_is_shown_both(opening, recruiter):
    openings.edit_opening(editor=recruiter, opening=opening, version=1, **(written(opening) | {"title": "Un"}))

    with pytest.raises(EditedMeanwhile) as meanwhile:
        openings.edit_opening(editor=recruiter, opening=opening, version=1, **(written(opening) | {"title": "Deux"}))
    assert meanwhile.value.current.title == Opening.objects.get().title == "Un"


def test_recruiter_moves_it_to_no_unit_that_is_not_theirs(opening, recruiter):
    with pytest.raises(PermissionDenied):
        openings.edit_opening(editor=recruiter, opening=opening, version=1, **(written(opening) | {"unit": UnitFactory()}))


def test_team_is_changed_by_hr_and_who_made_it():
    author, hr, other = PersonFactory(role=Role.RECRUITER), PersonFactory(role=Role.HR), PersonFactory()
    opening = make(author)

    openings.add_member(actor=author, opening=opening, person=other, role="hiring")
    with pytest.raises(openings.AlreadyInTeam):
        openings.add_member(actor=hr, opening=opening, person=other, role="recruiter")
    for person in (other, PersonFactory()):
        with pytest.raises(PermissionDenied):
            openings.add_member(actor=person, opening=opening, person=PersonFactory(), role="hiring")
        with pytest.raises(PermissionDenied):
            openings.remove_member(actor=person, opening=opening, person=author)
    with pytest.raises(PermissionDenied):
        openings.add_member(actor=hr, opening=opening, person=PersonFactory(expected=True), role="hiring")
    openings.remove_member(actor=hr, opening=opening, person=other)

    assert list(OpeningMember.objects.current().values_list("person", flat=True)) == [author.pk]
    assert list(Notification.objects.values_list("recipient", "event")) == [(other.pk, "mobility.member_added")]
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningMember.objects.create(opening=opening, person=author, role="hiring")


def test_kept_for_later_by_oneself_and_once(opening):
    person = PersonFactory()
    for _ in range(2):
        openings.keep_opening(person=person, opening=opening, is_kept=True)
    assert Bookmark.objects.visible_to(person).count() == 1
    assert not Bookmark.objects.visible_to(PersonFactory(role=Role.HR)).exists()

    openings.keep_opening(person=person, opening=opening, is_kept=False)
    assert not Bookmark.objects.exists()
    with pytest.raises(PermissionDenied):
        openings.keep_opening(person=person, opening=OpeningFactory(draft=True), is_kept=True)


def test_l58_search_finds_what_is_published_and_nothing_else():
    skill = SkillFactory(label_fr="Ordonnancement")
    shown = OpeningFactory(title="Chef de projet", needed=[skill])

    assert document_of_opening(shown).title == "Chef de projet"
    assert "Ordonnancement" in document_of_opening(shown).body
    for traits in ({"draft": True}, {"closed": True}, {"is_hidden": True}):
        assert document_of_opening(OpeningFactory(**traits)) is None


def test_hidden_after_a_report_is_for_its_team_alone(recruiter):
    handler, author = PersonFactory(role=Role.HANDLER), PersonFactory()
    opening = OpeningFactory(team=[recruiter], author=author)

    moderation = hide_row(by=handler, kind="opening", thing=opening, article="insult", reason="Un mot de trop.")

    assert not Opening.objects.visible_to(PersonFactory()).exists()
    assert list(Opening.objects.visible_to(recruiter)) == [opening]
    assert list(Notification.objects.values_list("recipient", flat=True)) == [author.pk]
    show_hidden(by=handler, moderation=moderation)
    assert Opening.objects.visible_to(PersonFactory()).exists()
