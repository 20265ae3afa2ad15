"""Each period that is declared is applied by the one job, with the clock moved, and everything declared is applied by something."""

import datetime
from operator import attrgetter

import pytest
from django.apps import apps
from django.db.models import CASCADE
from django.utils.module_loading import import_string

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.events.schedule import JOBS
from rse.core.models import AudienceMember, LineAtStart, Person, RetentionRun, RoleGrant, RoleRemoval, RoleRequest, RowGrant
from rse.core.ops import personal_fields, retention
from rse.core.ops.periods import After, Applied, AsLong, Employed, Empty, Nameless, Span, Until, WithThing
from rse.feed.models import ReadPointer
from rse.identity.models import Invitation
from rse.identity.queries import reset_address
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.core import RoleGrantFactory
from tests.factories.feed import PostFactory

from .rows_kept import CASES, ended_grant

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
LONG = 10 * 365 * DAY
NOON = datetime.time(12, tzinfo=datetime.UTC)
FOLLOWED = {"core.LineAtStart with its thing", "feed.ReadPointer with its thing"}  # tried below: no time is counted


def run_at(instant):
    with clock.moved_to(instant):
        JOBS["forget what has had its time"].run()


def timed():
    return [one for one in retention.periods() if one.name not in FOLLOWED]


def begin(period, row):
    """When the period of ``row`` begins; whoever it hangs on leaves where it begins with that."""
    if isinstance(period, After):
        return attrgetter(period.since.removesuffix("__date").replace("__", "."))(row), period.since.endswith("__date")
    person = getattr(row, f"{period.person}_id") if period.person else row.pk
    Person.objects.filter(pk=person).update(state=PersonState.LEFT, leaves_on=clock.today())
    return clock.today(), True


def last_and_first(period, since, is_date):
    """The last instant at which a row is kept, and the first at which it is not."""
    if is_date or not isinstance(since, datetime.datetime):
        day = clock.date_of(since) if isinstance(since, datetime.datetime) else since
        over = period.lasts.after(datetime.datetime.combine(day, NOON))
        return over, over + DAY
    over = period.lasts.after(since)
    margin = DAY if period.lasts.months else MINUTE
    return over - margin, over + margin


def test_each_period_is_tried_here_and_nothing_else():
    assert sorted(CASES) == sorted(period.name for period in timed())
    assert {period.name for period in retention.periods()} >= FOLLOWED


@pytest.mark.parametrize("name", sorted(CASES))
def test_row_goes_when_its_period_is_over_and_not_before(name):
    period = next(one for one in retention.periods() if one.name == name)
    case = CASES[name]
    row = case.make()
    last, first = last_and_first(period, *begin(period, row))
    assert case.is_kept(row)

    run_at(last)
    assert case.is_kept(row)
    run_at(first)
    assert not case.is_kept(row)
    assert not period.over(first).exists()


@pytest.mark.parametrize("months", [1, 2, 3, 12, 18])
@pytest.mark.parametrize("begun", ["2026-11-30", "2026-12-31", "2027-01-29", "2027-02-28", "2028-02-29", "2026-08-31", "2026-11-15"])
def test_period_of_months_ends_on_one_day_whatever_the_months_are_long(begun, months):
    span, noon = Span(months=months), datetime.datetime.combine(datetime.date.fromisoformat(begun), NOON)
    over = span.after(noon)
    for days in range(1, 40):
        assert span.before(over - days * DAY) <= noon
        assert span.before(over + days * DAY) > noon
    assert span.before(over) <= noon


def hangs_on(model, wanted, seen=()):
    """Whether rows of ``model`` are of ``wanted``, or hang on some so that the database deletes both."""
    if model._meta.label in wanted:
        return True
    keys = [one for one in model._meta.concrete_fields if one.remote_field and one.remote_field.on_delete is CASCADE]
    return any(hangs_on(one.related_model, wanted, (*seen, model)) for one in keys if one.related_model not in (*seen, model))


def fault_of(model, kept):
    """Why what is declared for ``model`` is not applied by anything, or nothing."""
    if isinstance(kept, Applied):
        return "" if hangs_on(model, {kept.model, *kept.takes}) else "its rows do not go with those that the job takes"
    if isinstance(kept, AsLong):
        return "" if (kept.by and callable(import_string(kept.by))) or hangs_on(model, set(kept.of)) else "it does not hang on its thing"
    if isinstance(kept, Until):
        return "" if callable(_found(kept.by)) else "nothing does it"
    if isinstance(kept, Nameless):
        return "" if any(one.related_model is Person for one in model._meta.concrete_fields) else "nobody is in it"
    return "" if isinstance(kept, Empty) else "an unknown kind of period"


def _found(path):
    try:
        return import_string(path)
    except ImportError:  # of a class
        owner, name = path.rsplit(".", 1)
        return getattr(import_string(owner), name)


def test_whatever_is_declared_is_applied():
    faults = {
        f"{label}.{name}: {fault_of(apps.get_model(label), kept)}"
        for label, declared in personal_fields.declared().items()
        for name, field in declared.items()
        for kept in field.kept
        if fault_of(apps.get_model(label), kept)
    }
    assert faults == set()


# What is kept as long as it stands, and who ends it.
ENDED_BY = {
    "communities.Community": "its owner, who deletes it",
    "governance.Charter": "nobody: which version was in force is never forgotten, and says of people only who published it",
    "mobility.Opening": "its team, which deletes the draft or closes it",
    **dict.fromkeys(["pages.CharterPage", "pages.HandbookIndex", "pages.HandbookPage", "wagtailcore.Page"], "an editor, who deletes it"),
    **dict.fromkeys(["wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.Revision"], "the handbook, whose history it is"),
}
OF_THE_DEMONSTRATION = {"demo.ShownPerson"}  # installed by ``make run``, and where a test asks for it


def test_whatever_is_kept_as_long_as_itself_is_ended_by_somebody():
    kept_by_themselves = {
        label
        for label, declared in personal_fields.declared().items()
        for field in declared.values()
        for kept in field.kept
        if isinstance(kept, AsLong) and label in kept.of
    }
    assert kept_by_themselves - OF_THE_DEMONSTRATION == set(ENDED_BY)


def test_whoever_keeps_something_for_nothing_is_found():
    period = After(model="core.RowGrant", things="x", since="ends_at", event="x", lasts=Span(days=1))
    assert fault_of(Person, period)
    assert fault_of(Person, AsLong("x", ("feed.Post",)))
    assert fault_of(RoleGrant, Employed(model="core.RowGrant", things="x"))


def test_sentence_of_the_register_is_computed_in_both_languages():
    from django.utils import translation

    for declared in personal_fields.declared().values():
        for field in declared.values():
            for kept in field.kept:
                with translation.override("en"):
                    english = kept.says
                with translation.override("fr"):
                    assert kept.says
                    assert kept.says != english
                    if isinstance(kept, Applied):
                        assert str(kept.things)


def test_what_follows_a_thing_goes_with_it():
    pointer, elsewhere = (ReadPointer.objects.create(person=PersonFactory(), audience=AudienceFactory(open=True)) for _ in range(2))
    AudienceMember.objects.create(person=pointer.person, audience=pointer.audience, role="member")
    post = PostFactory()
    kept = LineAtStart.objects.create(person=PersonFactory(), kind="post", row_id=post.pk)
    gone = LineAtStart.objects.create(person=PersonFactory(), kind="post", row_id=post.pk + 1)

    run_at(clock.now())

    assert list(ReadPointer.objects.all()) == [pointer]
    assert list(LineAtStart.objects.all()) == [kept]
    assert {elsewhere, gone}
    assert all(isinstance(one, WithThing) for one in retention.periods() if one.name in FOLLOWED)


def test_one_period_that_fails_keeps_no_other_from_being_applied(monkeypatch):
    row = ended_grant()
    broken = retention.periods()[0]
    monkeypatch.setattr(type(broken), "over", _failing(type(broken).over, broken.name))

    with clock.moved_to(clock.now() + LONG), pytest.raises(ZeroDivisionError):
        retention.forget()

    assert not RoleGrant.objects.filter(pk=row.pk).exists()
    assert not RetentionRun.objects.filter(period=broken.name).exists()


def _failing(over, name):
    def run(self, now):
        return 1 // 0 if self.name == name else over(self, now)

    return run


def test_what_went_is_told_from_five_rows_on():
    for _ in range(4):
        ended_grant()
    run_at(clock.now() + LONG)
    assert of("core.RoleGrant ends_at 36m").gone is None
    for _ in range(6):
        ended_grant()
    assert not of("core.RoleGrant ends_at 36m").is_late
    run_at(clock.now() + LONG)
    assert of("core.RoleGrant ends_at 36m").gone == 5
    ended_grant()
    with clock.moved_to(clock.now() + LONG):
        assert of("core.RoleGrant ends_at 36m").is_late


def of(name):
    return next(line for line in retention.lines() if line.period.name == name)


def test_what_has_not_ended_is_kept_however_old():
    running = RoleGrantFactory(person=PersonFactory(), role=Role.HR, starts_at=clock.now() - DAY, ends_at=None)
    opened = RowGrant.objects.create(person=PersonFactory(), kind="post", row_id=1)
    removal = RoleRemoval.objects.create(person=running.person, grant=running, asked_by=PersonFactory())
    request = RoleRequest.objects.create(person=PersonFactory(), role=Role.HR, starts_at=clock.now(), asked_by=PersonFactory())

    run_at(clock.now() + LONG)

    kept = ((RoleGrant, running), (RowGrant, opened), (RoleRemoval, removal), (RoleRequest, request))
    assert all(model.objects.filter(pk=row.pk).exists() for model, row in kept)


def test_more_rows_than_go_at_once_all_go(monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for _ in range(5):
        ended_grant()
    run_at(clock.now() + LONG)
    assert not RoleGrant.objects.exists()


def test_whoever_came_in_before_their_first_day_is_still_written_to_where_they_came_from():
    person = PersonFactory(state=PersonState.EXPECTED, email="work@company.example", private_email="home@home.example")
    Invitation.objects.create(
        person=person, token_hash="1" * 64, expires_at=clock.now() + 14 * DAY, used_at=clock.now(), ended_at=clock.now(), sent_to="private"
    )
    run_at(clock.now() + 200 * DAY)
    assert reset_address(person) == "home@home.example"

    type(person).objects.filter(pk=person.pk).update(state=PersonState.ACTIVE)
    run_at(clock.now() + 200 * DAY)
    assert not Invitation.objects.exists()
