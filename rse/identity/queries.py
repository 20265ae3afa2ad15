"""Who somebody at the door is, and who has not come in yet."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.folding import fold
from rse.core.models import Person, ReportingLine, RoleGrant, UnitClosure
from rse.core.models.people import BARE_NUMBER

from . import rules
from .enums import MAIL_OPEN, MAIL_TO_COME, AddressKind, ChangeState, InvitedSo, MailState, Way
from .models import AccountReopening, AddressChange, AddressYes, Invitation, InvitationRun, RunMember, SignInCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rse.core.models import Site, Unit

NO_PASSWORD = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
LONG_AGO = Value(datetime.datetime.min.replace(year=1970, tzinfo=datetime.UTC), output_field=DateTimeField())
NO_ACCOUNT = NO_PASSWORD & Q(has_account=False)
HOUR = datetime.timedelta(hours=1)
LIKE_ONE_NUMBER = 20  # rows looked at; those who are here come first


def folded(login: str) -> str:
    """Return ``login`` without what makes two spellings of one name: case, accents, spaces, widths."""
    return fold(login).replace(" ", "")


def person_for(login: str) -> Person | None:
    """Return who signs in as ``login``: by the work e-mail, the private one of the file while there is no other, or the number; or None.

    A private e-mail that two people share signs nobody in. All three queries always run, so that every answer costs as much.
    """
    address = login.strip().lower()
    if not address:
        return None
    at_work = Person.objects.filter(email=address).first()
    at_home = list(Person.objects.filter(email=None, private_email__iexact=address).order_by("pk")[:2])
    by_number = person_numbered(login)
    return at_work or (at_home[0] if len(at_home) == 1 else None) or by_number


def person_numbered(typed: str) -> Person | None:
    """Return who has the employee number ``typed``, or None, in one query.

    One that is written otherwise (case, blanks, zeros in front) is found while it is that of one person who has not left.
    """
    number = typed.strip()
    bare = folded(number).upper().lstrip("0")
    like = (
        Person.objects.annotate(bare_number=BARE_NUMBER).filter(Q(employee_number=number) | Q(bare_number=bare)).exclude(employee_number="")
    )
    found = list(like.annotate(is_exact=Q(employee_number=number)).order_by("-is_exact", "state", "pk")[:LIKE_ONE_NUMBER])
    if not number or not found or found[0].is_exact:
        return found[0] if number and found else None
    here = [person for person in found if person.state != PersonState.LEFT]
    same = [person for person in here if folded(person.employee_number or "") == folded(number)]
    likely = same or here
    return likely[0] if len(likely) == 1 else None


def address_for(person: Person) -> tuple[str, str]:
    """Return where mail about signing in reaches ``person``, and which way that is; an empty address when there is none.

    Somebody who is expected cannot read the mailbox of a job they have not begun.
    """
    ways = [(person.email or "", Way.WORK), (person.private_email, Way.PRIVATE)]
    if person.state == PersonState.EXPECTED:
        ways.reverse()
    return next(((address, str(way)) for address, way in ways if address), ("", ""))


def reset_address(person: Person) -> str:
    """Return where the link to another password goes: to what the person signs in by.

    Before their first day it goes home, if it is from there that they came in: nobody writes to an address that nobody proved.
    """
    if person.state == PersonState.EXPECTED and person.private_email:
        came = Invitation.objects.filter(person=person, sent_to=Way.PRIVATE, used_at__isnull=False)
        proved = AddressChange.objects.filter(person=person, kind=AddressKind.PRIVATE, state=ChangeState.MADE)
        if not person.email or came.exists() or proved.exists():
            return person.private_email
    return person.email or person.private_email


def known_addresses(person: Person) -> list[str]:
    """Return every address of ``person`` in the file, none of them twice."""
    return list(dict.fromkeys(address for address in (person.email, person.private_email) if address))


def login_of(person: Person) -> str:
    """Return what ``person`` types to sign in, the number where there is no e-mail; empty when there is nothing they could type."""
    return person.email or person.private_email or person.employee_number or ""


def shares_mailbox(person: Person) -> bool:
    """Return whether what ``person`` is written to at is the private e-mail of somebody else too: it proves neither of them."""
    if person.email or not person.private_email:
        return False
    return Person.objects.filter(private_email__iexact=person.private_email).exclude(pk=person.pk).exists()


def people_to_invite(
    reader: Person,
    *,
    q: str = "",
    unit: Unit | None = None,
    site: Site | None = None,
    first_from: datetime.date | None = None,
    first_to: datetime.date | None = None,
    this_month: bool = False,
    invited: str = "",
) -> QuerySet[Person]:
    """Return the queryset of those who may sign in and never came in, as far as ``reader`` may invite them.

    Each with their last invitation; named like ``q``, in ``unit`` or below it, at ``site``, with a first day between two days (both
    included) or in the month that it is for the company, and of those ``invited`` so, where these are given.
    """
    waiting = Person.objects.visible_to(reader).filter(NO_ACCOUNT).exclude(state=PersonState.LEFT).exclude(pk=reader.pk)
    if q:
        waiting = waiting.named(q)
    if unit:
        waiting = waiting.filter(unit__in=UnitClosure.objects.filter(ancestor=unit).values("unit"))
    if site:
        waiting = waiting.filter(site=site)
    if first_from:
        waiting = waiting.filter(hired_on__gte=first_from)
    if first_to:
        waiting = waiting.filter(hired_on__lte=first_to)
    if this_month:
        month = clock.today().replace(day=1)
        waiting = waiting.filter(hired_on__gte=month, hired_on__lt=(month + datetime.timedelta(days=31)).replace(day=1))
    last = Invitation.objects.filter(person=OuterRef("pk")).newest_first()
    people = (
        _looked_after(waiting, reader)
        .with_card()
        .annotate(
            holds_role=Exists(RoleGrant.objects.not_over().filter(person=OuterRef("pk"))),
            invited_at=Subquery(last.values("created_at")[:1]),
            invited_until=Subquery(last.filter(used_at=None, ended_at=None).values("expires_at")[:1]),
            invited_last=Coalesce("invited_at", LONG_AGO),
        )
    )
    works = Q(invited_until__gt=clock.now())
    asked = {
        InvitedSo.NEVER: Q(invited_at=None),
        InvitedSo.SENT: works,
        InvitedSo.OVER: Q(invited_at__isnull=False) & (Q(invited_until=None) | ~works),
        InvitedSo.NOWHERE: (Q(email=None) | Q(email="")) & Q(private_email=""),
    }
    return people.filter(asked[InvitedSo(invited)]) if invited else people


def invited_lately() -> Q:
    """Return the condition on people that a mail left for them within the hour, or is about to leave in a run."""
    mailed = Invitation.objects.by_mail_since(clock.now() - HOUR).filter(person=OuterRef("pk"))
    return Exists(mailed) | Exists(RunMember.objects.filter(person=OuterRef("pk"), state__in=MAIL_OPEN))


def runs_for(reader: Person) -> QuerySet[InvitationRun]:
    """Return the queryset of the runs that ``reader`` may follow, the latest first."""
    return InvitationRun.objects.visible_to(reader).select_related("started_by").order_by("-started_at", "-pk")


def figures_of(run: InvitationRun) -> dict[str, int]:
    """Return how many mails of ``run`` left, failed, are to come and were not needed, in one query."""
    states = RunMember.objects.filter(run=run).values("state").annotate(number=Count("pk")).order_by("state")
    numbers = {row["state"]: row["number"] for row in states}
    told = (MailState.SENT, MailState.FAILED, MailState.KEPT, MailState.STOPPED, MailState.TRIED)
    figures: dict[str, int] = {str(state): numbers.get(state, 0) for state in told}
    return figures | {"remain": sum(numbers.get(state, 0) for state in (*MAIL_TO_COME, MailState.LEAVING))}


def failed_in(run: InvitationRun, reader: Person) -> QuerySet[Person]:
    """Return the queryset of those whose mail of ``run`` failed, as far as ``reader`` may invite them, by name."""
    failed = RunMember.objects.filter(run=run, state=MailState.FAILED).values("person")
    return people_to_invite(reader).filter(pk__in=failed).order_by("sorts_as", "pk")


def people_to_card(reader: Person) -> QuerySet[Person]:
    """Return the queryset of those for whom ``reader`` may print a card alone, as ``rules.can_print_card`` says."""
    people = Person.objects.visible_to(reader).filter(NO_ACCOUNT).exclude(state=PersonState.LEFT).exclude(pk=reader.pk)
    people = people.exclude(employee_number=None).exclude(employee_number="").exclude(pk__in=RoleGrant.objects.not_over().values("person"))
    if reader.holds(Role.ADMINISTRATOR) or not reader.is_present:
        return people.none()
    mine = Q(pk__in=ReportingLine.objects.filter(manager=reader.pk, depth=1).values("person"))
    units = {unit for role, unit in reader.current_grants if role == Role.HR}
    if None in units:
        mine = Q()
    elif units:
        mine |= Q(unit__in=UnitClosure.objects.filter(ancestor__in=units).values("unit"))
    return people.filter(mine)


def people_of_cards(reader: Person, *, unit: Unit | None, without: bool, again: bool) -> QuerySet[Any, int]:
    """Return the queryset of the ids, by name, of those whose cards ``reader`` prints together, in ``unit`` or below it where one is given.

    ``without`` leaves only those whom no mail reaches; ``again`` adds those who have a card that is open.
    """
    people = people_to_card(reader)
    if unit:
        people = people.filter(unit__in=UnitClosure.objects.filter(ancestor=unit).values("unit"))
    if without:
        people = people.filter(email=None, private_email="")
    if not again:
        people = people.exclude(pk__in=SignInCard.objects.open().values("person"))
    return people.order_by("sorts_as", "pk").values_list("pk", flat=True)


def cards_for(reader: Person) -> QuerySet[SignInCard]:
    """Return the queryset of the cards of others that ``reader`` may know of, each with its people."""
    cards = SignInCard.objects.visible_to(reader).exclude(person=reader.pk)
    return cards.select_related("person__unit", "person__site", "printed_by", "handed_by", "reopening__asked_by")


def own_cards(person: Person) -> QuerySet[SignInCard]:
    """Return the queryset of the cards that were printed for ``person``, the newest first."""
    cards = SignInCard.objects.visible_to(person).filter(person=person.pk)
    return cards.select_related("person", "printed_by", "handed_by").order_by("-printed_at", "-pk")


def changes_of(person: Person) -> QuerySet[AddressChange]:
    """Return the queryset of the address changes that wait for ``person``, the oldest first, each with whether they agreed."""
    said = AddressYes.objects.filter(change=OuterRef("pk"), person=person)
    return AddressChange.objects.waiting().filter(person=person).annotate(has_said_yes=Exists(said)).order_by("asked_at", "pk")


def changes_of_others(reader: Person) -> QuerySet[AddressChange]:
    """Return the queryset of the address changes of people whom ``reader`` looks after, answered ones too.

    The data protection officer sees those of holders of a role for which there is no other head of HR.
    """
    changes = AddressChange.objects.visible_to(reader).exclude(person=reader).select_related("person__unit", "person__site")
    if reader.holds(Role.ADMINISTRATOR, Role.HR, Role.HR_HEAD):
        return changes
    heads = RoleGrant.objects.current().filter(role=Role.HR_HEAD, person__state=PersonState.ACTIVE)
    for head in heads.order_by("pk").values_list("person", flat=True):
        changes = changes.filter(Q(person=head) | Q(sent_by=head) | Q(compared_by=head))
    return changes.filter(person__in=RoleGrant.objects.not_over().values("person"))


def changes_to_look_at(reader: Person) -> QuerySet[AddressChange]:
    """Return the queryset of the address changes that wait, of people whom ``reader`` looks after."""
    return changes_of_others(reader).waiting()


def accounts_to_open(reader: Person) -> QuerySet[Person]:
    """Return the queryset of those whose account is shut, or asked to be opened again, and whom ``reader`` looks after."""
    shut = Q(state=PersonState.LEFT, is_cut=True) | (NO_PASSWORD & ~Q(state=PersonState.LEFT))
    asked = AccountReopening.objects.filter(person=OuterRef("pk"), closed_at=None)
    people = Person.objects.visible_to(reader).filter(shut | Exists(asked), has_account=True).exclude(pk=reader.pk)
    if reader.holds(Role.ADMINISTRATOR):  # who is given a card is a matter of HR alone
        people = people.exclude(email=None, private_email="", employee_number__isnull=False)
    return _looked_after(people, reader).with_card().annotate(is_asked=Exists(asked))


def who_may_say_yes(changes: Sequence[AddressChange]) -> dict[int, list[int]]:
    """Return the ids of those of HR and of the administrators who may say a yes, by the first of ``changes`` to which they may."""
    found: dict[int, list[int]] = {}
    for actor in _speakers():
        shown = set(changes_to_look_at(actor).filter(pk__in=[change.pk for change in changes]).values_list("pk", flat=True))
        first = next((change.pk for change in changes if change.pk in shown and rules.may_say_yes(actor, change)), None)
        if first is not None:
            found.setdefault(first, []).append(actor.pk)
    return found


def who_may_move() -> list[int]:
    """Return the ids of those who may say one of the two yeses to a move to another domain."""
    return [actor.pk for actor in _speakers() if rules.can_move_domain(actor)]


def who_may_reopen(person: Person, *, asker: Person) -> list[int]:
    """Return the ids of those who may say the second yes to what ``asker`` asks about the account of ``person``."""
    return [actor.pk for actor in _speakers() if actor.pk != asker.pk and rules.can_reopen(actor, person)]


def _speakers() -> list[Person]:
    held = RoleGrant.objects.current().filter(role__in=(Role.ADMINISTRATOR, Role.HR, Role.HR_HEAD, Role.DPO))
    return list(Person.objects.present().filter(pk__in=held.values("person")).order_by("pk"))


def _looked_after(people: QuerySet[Person], reader: Person) -> QuerySet[Person]:
    """Those of ``people`` in the units of a reader of HR; all of them for an administrator."""
    if reader.holds(Role.ADMINISTRATOR):
        return people
    units = {unit for role, unit in reader.current_grants if role == Role.HR}
    return people if None in units else people.filter(unit__in=UnitClosure.objects.filter(ancestor__in=units).values("unit"))
