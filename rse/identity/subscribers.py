"""The mails of the door: what is true is asked again when they go out, and tokens are made here."""

from contextlib import suppress

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core.enums import PersonState
from rse.core.events.acts import act_of
from rse.core.events.bus import publish
from rse.core.models import Person, RecordedEvent

from . import mail, rules
from .enums import AddressKind, ChangeState, MailState, MailWay
from .events import AddressWaits, InvitationSent, InvitationsWithdrawn, MoveWaits, OwnAddressWaits, OwnerMailDue
from .models import AddressChange, SignInCard
from .queries import address_for, login_of, reset_address, shares_mailbox, who_may_move, who_may_say_yes
from .services import runs
from .services.address_writing import taken_among
from .services.addresses import LINK_LIVES, ChangeOver, fresh_link
from .services.invitations import InvitedLately, forget_link, issue, last_minute, lives_until
from .services.own_addresses import fresh_link_to_new
from .tokens import ResetTokens


def _person(recorded):
    subject = recorded.facets.get("subject")
    return Person.objects.select_related("site").filter(pk=subject[1]).first() if subject else None


def send_invitation(recorded):
    """Send one mail with a fresh link, if the person may still come in and never did, and nobody took it back since it was asked for.

    In a run, the row of the person says whether it is its turn, and the next mails are handed out after the last of those before.
    """
    run_id, subject = recorded.facets.get("run_id"), recorded.facets["subject"]
    if run_id is None:
        _mail_invitation(recorded)
        return
    try:
        if runs.take_turn(run_id=run_id, person_id=subject[1]):
            state = MailState.TRIED
            try:
                state = MailState.SENT if _mail_invitation(recorded, is_of_many=True) else MailState.KEPT
            finally:
                runs.end_turn(run_id=run_id, person_id=subject[1], state=state)
    finally:
        if not runs.is_at_work(run_id):
            runs.go_on(run_id=run_id)


def _mail_invitation(recorded, *, is_of_many=False):
    """Send the mail, and return whether there was one to send."""
    person = _person(recorded)
    if (
        person is None
        or _is_taken_back(recorded, person)
        or not person.may_sign_in
        or rules.has_account(person)
        or not rules.is_open_to(person)
    ):
        return False
    address, way = address_for(person)
    if not address:
        return False
    mail.check_address()
    until = lives_until(person)
    try:
        token = issue(person=person, way=way, actor_id=recorded.facets.get("actor_id"), until=until, is_of_many=is_of_many)
    except InvitedLately:
        return False
    link = mail.absolute(reverse("identity:welcome", args=[token]))
    first_day = person.hired_on if person.state == PersonState.EXPECTED else None
    said = {"link": link, "login": login_of(person), "until": last_minute(person, until), "first_day": first_day}
    try:
        mail.send("invitation", person=person, address=address, **said)
    except Exception:
        forget_link(token)
        raise
    return True


def _is_taken_back(recorded, person):
    later = RecordedEvent.objects.filter(name=InvitationsWithdrawn.event_name(), pk__gt=act_of(recorded))
    return any(person.pk in one.facets["person_ids"] for one in later.order_by("pk"))


def spread_invitations(recorded):
    """Queue the first mails of the run: one event each, so that each is tried again by itself."""
    if run_id := recorded.facets.get("run_id"):
        runs.go_on(run_id=run_id)
    for person_id in recorded.facets.get("person_ids", ()):  # asked by a version that knew no runs
        publish(InvitationSent(actor_id=recorded.facets.get("actor_id"), subject=("person", person_id)))


def send_reset(recorded):
    """Send one mail with a link to choose another password, to somebody who has one."""
    person = _person(recorded)
    if person is None or not person.may_sign_in or not rules.has_password(person):
        return
    address = reset_address(person)
    if not address or (address == person.private_email and shares_mailbox(person)):
        return
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": person.handle, "key": ResetTokens().make_token(person)})
    mail.send("reset", person=person, address=address, link=mail.absolute(path), login=login_of(person), minutes=ResetTokens.minutes())


STRANGE = _("If you know nothing of this, speak to your HR contact or to an administrator at once.")
ASKED, MADE, BY_CARD = "identity.address_changes_asked", "identity.addresses_changed", "identity.card_used"
TOLD = {
    ASKED: _("Another %(which)s was written down for you. It waits for a yes, and signs nobody in before."),
    MADE: _("Your %(which)s is another one from now on. What you sign in with is %(login)s."),
    "identity.address_vouched": _(
        "Somebody of HR says that you asked for another %(which)s. If a second person says so too, you sign in with the new one."
    ),
    "identity.reopening_asked": _(
        "Somebody of HR asks that your account be opened again. A second person must say yes before a link or a card is made."
    ),
    "identity.account_reopened": _(
        "Two people of HR opened your account again, and one of them has a link or a card to give you in person. It works once, for a day."
    ),
    "identity.reopening_card_handed": _(
        "The card that opens your account again, as two people of HR agreed, was handed over. It works once, and for a day at most."
    ),
    BY_CARD: _("A password was set for your account, by the card that %(who)s printed for you. The card opens nothing any more."),
    "identity.password_replaced": _(
        "Another password was set for your account, by a link, a card or a recovery code. Wherever you were signed in, you no longer are."
    ),
    "identity.recovery_codes_made": _(
        "Recovery codes were made for your account: each sets another password, once. Earlier ones work no longer."
    ),
    "identity.second_factor_forgotten": _(
        "The second factor of your account was taken away, from the server. Set another one up when you sign in."
    ),
    "identity.passkey_added": _("A passkey was added to your account: it signs in without your password."),
    "identity.passkey_removed": _("A passkey of your account was removed: it opens nothing any more."),
}
ANSWERS = (MailWay.LOGIN, MailWay.NEW)  # mails with a link of their own, even where both go to one mailbox
HOLDS_WHILE = {ASKED: ChangeState.WAITING, MADE: ChangeState.MADE}


def spread_to_owners(recorded):
    """Publish one event per mail that tells owners of what happened to their account, so that each is tried again by itself."""
    changes = _changes(recorded)
    if not changes and (person := _person(recorded)) is not None:
        _spread(recorded, person)
    for change in changes:
        _spread(recorded, change.person, change)


def spread_notices(recorded):
    """Publish what tells owners of another address of theirs, and those who may say a yes that something waits: each once, nobody named."""
    changes = _changes(recorded)
    for person_id in sorted({change.person_id for change in changes if change.person.may_sign_in}):
        publish(OwnAddressWaits(subject=("person", person_id), recipient_ids=(person_id,)))
    alone = [change for change in changes if change.move_id is None]
    for change_id, recipients in who_may_say_yes(alone).items():
        publish(AddressWaits(subject=("address_change", change_id), recipient_ids=tuple(recipients)))
    for move_id in sorted({change.move_id for change in changes} - {None}):
        publish(MoveWaits(subject=("address_move", move_id), recipient_ids=tuple(who_may_move())))


def _changes(recorded):
    """The changes that the event is about, as long as what it says of them is so."""
    ids = [*recorded.facets.get("change_ids", ()), recorded.facets.get("change_id", 0)]
    found = AddressChange.objects.filter(pk__in=ids).select_related("person__site").order_by("pk")
    return list(found.filter(state=HOLDS_WHILE[recorded.name]) if recorded.name in HOLDS_WHILE else found)


def _spread(recorded, person, change=None):
    ways = {MailWay.WORK: person.email, MailWay.PRIVATE: person.private_email}
    if recorded.name == ASKED:
        login = reset_address(person)
        if not person.may_sign_in or not (login or change.is_own):
            return
        ways = {MailWay.LOGIN: login} | ways
        if change.is_own:
            ways = {MailWay.NEW: change.new_address} | ways
    elif recorded.name == MADE:
        ways = {MailWay.OLD: change.old_address} | ways
    told = set()
    for way, address in ways.items():
        if address and (way in ANSWERS or address not in told):
            told.add(address)
            subject, change_id = ("person", person.pk), change.pk if change else 0
            publish(OwnerMailDue(about=recorded.name, way=way, change_id=change_id, subject=subject))


def write_to_owner(recorded):
    """Send the one mail of the event, if what it tells is still so.

    Only what somebody signs in by answers for them, and gets a link: another address of the file may never have been theirs. What they ask
    for themselves gets one too, which says that the mailbox is theirs and nothing else.
    """
    about, way = recorded.facets["about"], recorded.facets["way"]
    person, change = _person(recorded), None
    if change_id := recorded.facets.get("change_id"):
        change = AddressChange.objects.filter(pk=change_id, state=HOLDS_WHILE.get(about, F("state"))).first()
    if person is None or (change_id and change is None):
        return
    if way == MailWay.LOGIN:
        _ask_owner(person, change)
    elif way == MailWay.NEW:
        _ask_new_mailbox(person, change)
    elif address := _address_at(way, person, change):
        mail.send("told", person=person, address=address, sentence=TOLD[about], words=_words(about, person, change), advice=STRANGE)


def _words(about, person, change):
    """Return what the sentence of the mail names."""
    if about == BY_CARD:
        cards = SignInCard.objects.filter(person=person, used_at__isnull=False).select_related("printed_by")
        used = cards.order_by("-used_at", "-pk").first()
        return {"who": used.printed_by.name if used and used.printed_by else pgettext_lazy("instead of a name", "Former colleague")}
    return {"which": AddressKind(change.kind).label, "login": login_of(person)} if change else {}


def _address_at(way, person, change):
    return change.old_address if way == MailWay.OLD else getattr(person, way)


def _ask_owner(person, change):
    address = reset_address(person)
    if not person.may_sign_in or not address:
        return
    with suppress(ChangeOver):
        link = mail.absolute(reverse("identity:old_address", args=[fresh_link(change=change)]))
        which, new = AddressKind(change.kind).label, change.new_address
        is_own = change.is_own
        mail.send("address_asked", person=person, address=address, link=link, which=which, new=new, days=LINK_LIVES.days, is_own=is_own)


def _ask_new_mailbox(person, change):
    """Ask the mailbox that somebody wants to sign in by; one that somebody has already is told so, and whoever reads it owns that address.

    Whichever it is, one mail goes out and the same row is written.
    """
    if not person.may_sign_in:
        return
    with suppress(ChangeOver):
        link = mail.absolute(reverse("identity:new_address", args=[fresh_link_to_new(change=change)]))
        which, new, is_taken = AddressKind(change.kind).label, change.new_address, bool(taken_among([change]))
        link = "" if is_taken else link
        mail.send("address_new", person=person, address=new, link=link, which=which, new=new, days=LINK_LIVES.days, is_taken=is_taken)
