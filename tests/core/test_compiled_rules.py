"""What the SQL kept for readers who stand alike finds is what the declaration finds, for each of them, at each instant."""

import datetime

import pytest
from django.db.models import Q

from rse.core import clock
from rse.core.access import compiled
from rse.core.access.readers import Granted, Part
from rse.core.enums import Role
from rse.core.models import Person, RowGrant
from rse.notify.models import Notification
from talent.models import Wish
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory
from tests.factories.talent import WishFactory
from tests.readers.companies import Company, models_with_readers

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)

# Their rules look at a row of another table, or ask which branches somebody edits: they are applied as they stand.
JOINED = {
    "communities.Community", "pages.CharterPage", "pages.HandbookPage", "pages.PagePicture",
    "talent.Confirmation", "talent.HelpConfirmation", "talent.LedgerLine",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setattr(compiled, "_kept", {})


@pytest.mark.parametrize("seed", range(3))
def test_every_reader_finds_what_is_declared(seed):
    company = Company(seed)
    for model in models_with_readers():
        for person in company.people:
            said = set(model.objects.visible_to(person).values_list("pk", flat=True))
            plain = set(compiled.declared(model.objects, person).values_list("pk", flat=True)) if person.may_sign_in else set()
            assert said == plain, (model, person)


def test_rules_that_are_written_once():
    everything, unit = PersonFactory(), UnitFactory()
    for role in Role:
        RoleGrantFactory(person=everything, role=role, unit=unit)
    for model in models_with_readers():
        for person in (everything, PersonFactory()):
            model.objects.visible_to(person)
    plain = {model._meta.label for (model, *_), (*_, condition) in compiled._kept.items() if condition is None}
    assert plain == JOINED


def test_rule_that_rests_on_no_role_asks_for_none(django_assert_num_queries):
    for person in (PersonFactory(), PersonFactory()):
        with django_assert_num_queries(1):
            list(Notification.objects.visible_to(person))
        with django_assert_num_queries(2):
            list(Wish.objects.visible_to(person))


def test_second_reader_who_stands_alike_costs_no_second_writing(monkeypatch):
    one, other = PersonFactory(), PersonFactory()
    assert set(Wish.objects.visible_to(one)) == set()

    def never(*_):
        raise AssertionError("written twice")

    monkeypatch.setattr(compiled, "_compiled", never)
    wish = WishFactory(person=other)
    assert list(Wish.objects.visible_to(other)) == [wish]
    assert list(Wish.objects.visible_to(one)) == []
    with pytest.raises(AssertionError, match="written twice"):
        Wish.objects.visible_to(RoleGrantFactory(role=Role.HR, unit=UnitFactory()).person)


def test_grant_on_a_row_ends_at_its_instant(monkeypatch):
    monkeypatch.setattr(Wish, "readers", Granted("wish"))
    monkeypatch.setattr(Wish, "denied", None)
    wish, reader, now = WishFactory(), PersonFactory(), clock.now()
    RowGrant.objects.create(person=reader, kind="wish", row_id=wish.pk, starts_at=now, ends_at=now + HOUR)

    for moved, found in ((-HOUR, []), (HOUR / 2, [wish]), (HOUR, []), (HOUR / 3, [wish])):
        with clock.moved_to(now + moved):
            assert list(Wish.objects.visible_to(reader)) == found


class AddsOne(Part):
    def q(self, person):
        return Q(pk=person.pk + 1)


class AsksAName(Part):
    def q(self, person):
        return Q(pk=person.first_name)


def test_rule_that_computes_with_its_reader_is_refused(monkeypatch):
    person = PersonFactory()
    monkeypatch.setattr(Wish, "readers", AddsOne())
    with pytest.raises(TypeError, match=r"talent\.Wish computes"):
        Wish.objects.visible_to(person)
    monkeypatch.setattr(Wish, "readers", AsksAName())
    with pytest.raises(AttributeError):
        Wish.objects.visible_to(person)


def test_row_is_found_under_any_alias():
    person, other = PersonFactory(), PersonFactory()
    mine, theirs = WishFactory(person=person), WishFactory(person=other)
    visible = Wish.objects.visible_to(person)

    assert list(Person.objects.filter(pk__in=visible.values("person"))) == [person]
    assert list(Wish.objects.filter(pk__in=Wish.objects.filter(pk__in=visible))) == [mine]
    assert list(Wish.objects.exclude(pk__in=visible)) == [theirs]
    assert list((visible | Wish.objects.visible_to(other)).order_by("pk")) == [mine, theirs]
    assert visible.select_related("person__unit").filter(person__unit__isnull=False).count() == 1
    assert visible.update(text="x") == 1
    assert not Wish.objects.filter(person=other, text="x").exists()


def test_no_more_is_kept_than_a_number(monkeypatch):
    monkeypatch.setattr(compiled, "MOST_KEPT", 2)
    person = PersonFactory()
    for model in models_with_readers()[:9]:
        model.objects.visible_to(person)
        assert 1 <= len(compiled._kept) <= 2
