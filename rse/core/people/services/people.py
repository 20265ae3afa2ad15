"""People: who they let see what, and the days on which they arrive and leave."""

from __future__ import annotations

import datetime
import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from rse.core.versions import save_over

from ... import clock
from ...access import leaving, rules
from ...enums import ROLES_THAT_TAKE_TWO, PersonState
from ...events.bus import publish
from ...events.happenings import PeopleArrived, PeopleLeft, PeopleMoved, RoleEnded
from ...models import Holding, Person, RoleGrant, RowGrant, Site
from ...ops import erasures, locks
from ...organisation.services.reporting import rebuild_reporting_lines
from ..private_words import refuse_private
from .roles import holders_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

EDITABLE = ("about", "work_phone", "languages", "wording", "about_for", "work_phone_for", "languages_for")


LATEST = datetime.timedelta(days=31)  # how late a turn of the day may be and still apply what it missed


def one_at_a_time(person: Person) -> None:
    """Lock the row of ``person`` until the transaction ends: whatever counts rows of theirs and adds one waits for the one before."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def no_password() -> str:
    """Return a stored value that no password matches; each differs, so that a token made from it is for one person."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)


@transaction.atomic
def edit_profile(*, editor: Person, subject: Person, version: int, **values: Any) -> Person:
    """Save what a person says of themselves, if nobody saved since ``version``.

    Raises:
        PermissionDenied: not one's own profile, or a field that is not one's to write.
        EditedMeanwhile: the profile has moved on; nothing was written.
        PrivateWord: the text speaks of private life.

    """
    if not rules.can_edit_profile(editor, subject) or set(values) - set(EDITABLE):
        raise PermissionDenied
    refuse_private(values.get("about", ""), by=editor, about=subject)
    save_over(Person.objects.filter(pk=subject.pk), version, values)
    return Person.objects.get(pk=subject.pk)


@transaction.atomic
def choose_language(*, person: Person, language: str) -> None:
    """Set the language of the interface of this person."""
    Person.objects.filter(pk=person.pk).update(language=language)


@transaction.atomic
def deactivate(*, person_ids: Sequence[int], on: Any = None) -> int:
    """Mark these people as left and end their roles, places, sessions and sockets in this transaction; return how many were here.

    The file of HR, the last day or an administrator asks for it; who may is asked by those callers.
    """
    waiting = Q(unlisted_on__isnull=False)
    here = list(Person.objects.filter(~Q(state=PersonState.LEFT) | waiting, pk__in=person_ids).order_by("pk").values_list("pk", flat=True))
    if not here:
        return 0
    now, day = clock.now(), on or clock.today()
    ended = list(RoleGrant.objects.current().filter(person__in=here, role__in=ROLES_THAT_TAKE_TWO).order_by("pk"))
    told = holders_ids() if ended else ()
    Person.objects.filter(pk__in=here).update(state=PersonState.LEFT, unlisted_on=None, version=F("version") + 1)
    Person.objects.filter(pk__in=here).filter(Q(leaves_on=None) | Q(leaves_on__gt=day)).update(leaves_on=day)
    Holding.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), person__in=here, starts_on__lte=day).update(ends_on=day)
    Holding.objects.filter(person__in=here, starts_on__gt=day).delete()
    for grants in (RoleGrant, RowGrant):
        grants.objects.not_over().filter(person__in=here, starts_at__lte=now).update(ends_at=now)
        grants.objects.filter(person__in=here, starts_at__gt=now).delete()
    leaving.run(here)
    publish(PeopleLeft(person_ids=tuple(here), document=("person", 0)))
    for grant in ended:  # the few whose absence the others must learn of
        publish(RoleEnded(subject=("role_grant", grant.pk), recipient_ids=told))
    return len(here)


def arrive(*, person_ids: Sequence[int]) -> None:
    """Mark these expected people as active and tell whoever subscribed to arrivals."""
    Person.objects.filter(pk__in=person_ids).update(state=PersonState.ACTIVE, version=F("version") + 1)
    publish(PeopleArrived(person_ids=tuple(person_ids), document=("person", 0)))


@transaction.atomic
def deactivate_person(*, actor: Person, subject: Person) -> None:
    """Cut the access of one person now; a file of HR that still names them does not give it back.

    Raises:
        PermissionDenied: the actor may not, means themselves, or it takes two.

    """
    if not rules.can_deactivate(actor, subject):
        raise PermissionDenied
    cut_access(subject)


@transaction.atomic
def cut_access(subject: Person) -> None:
    """Cut the access of ``subject`` now. Who may, and how many it takes, was asked by the caller.

    A file of HR that is being written while it keeps the row of ``subject`` is given up: nothing of it is written.
    """
    locks.lock_before_long_work(Person.objects.filter(pk=subject.pk))
    if deactivate(person_ids=[subject.pk]):  # who left a moment before was cut by nobody
        Person.objects.filter(pk=subject.pk).update(is_cut=True)
        erasures.note("core.cut", [subject.pk])
    rebuild_reporting_lines()


@transaction.atomic
def give_access_back(*, actor: Person, subject: Person) -> None:
    """Restore, without roles, somebody who was cut off by hand and never came in; the next file of HR gives them their place.

    Raises:
        PermissionDenied: the actor may not, or nobody cut that access, or there is an account behind it, which takes two people.

    """
    subject = Person.objects.select_for_update(of=("self",), no_key=True).get(pk=subject.pk)
    if not rules.can_give_access_back(actor, subject) or not bring_back(subject):  # the second window finds it given back already
        raise PermissionDenied


def bring_back(subject: Person) -> bool:
    """Undo a cut, in the caller's transaction, without a password: it may be in other hands; false when nobody is cut any more.

    Who may is asked by the caller. Whose first day is still to come is expected again.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("site")
    person = rows.filter(pk=subject.pk, is_cut=True, state=PersonState.LEFT).first()
    if person is None:
        return False
    erasures.note("core.access_given_back", [person.pk])
    back = {"is_cut": False, "leaves_on": None, "password": no_password()}
    if person.hired_on and person.hired_on > clock.today(person.site.time_zone if person.site else None):
        Person.objects.filter(pk=person.pk).update(**back, state=PersonState.EXPECTED, version=F("version") + 1)
        return True
    Person.objects.filter(pk=person.pk).update(**back)
    arrive(person_ids=[person.pk])
    return True


@transaction.atomic
def turn_the_day() -> tuple[int, int]:
    """Mark as arrived or left those whose first or last day came, on the calendar of their site; return both counts.

    Dated places that begin or end today move the management lines.
    """
    arrived: list[int] = []
    gone: list[int] = []
    for site in [*Site.objects.order_by("pk"), None]:
        day = clock.today(site.time_zone if site else None)
        people = Person.objects.filter(site=site)
        arrived += people.filter(state=PersonState.EXPECTED, hired_on__lte=day).values_list("pk", flat=True)
        gone += people.filter(leaves_on__lt=day).exclude(state=PersonState.LEFT).values_list("pk", flat=True)
    arrived = sorted(set(arrived) - set(gone))
    if arrived:
        arrive(person_ids=arrived)
    left = deactivate(person_ids=gone) if gone else 0
    _apply_dated_places()
    rebuild_reporting_lines()
    return len(arrived), left


def _apply_dated_places() -> None:
    """A place that has begun, and was not applied yet, gives its holder its title, unit, family and site.

    A shared position says nothing of titles: each of its holders has their own.
    """
    day = clock.today()
    running = Holding.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, starts_on__gte=day - LATEST)
    running = running.filter(is_interim=False, position__is_shared=False, person__state=PersonState.ACTIVE)
    moved = set()
    for holding in running.select_related("position", "person").order_by("starts_on", "pk"):
        position, person = holding.position, holding.person
        given = {"title": position.title, "unit_id": position.unit_id, "family_id": position.family_id}
        if position.site_id:
            given["site_id"] = position.site_id
        if any(getattr(person, name) != value for name, value in given.items()):
            Person.objects.filter(pk=person.pk).update(**given, version=F("version") + 1)
            moved.add(person.pk)
    if moved:
        publish(PeopleMoved(person_ids=tuple(sorted(moved)), document=("person", 0)))
