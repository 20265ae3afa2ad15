"""The mails of the door: what is true is asked again when they go out, and tokens are made here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.enums import PersonState
from rse.core.events import publish
from rse.core.limits import TooOften, count
from rse.core.models import Person

from . import mail, rules
from .enums import AddressKind, ChangeState
from .events import InvitationSent
from .models import AddressChange
from .queries import address_for, known_addresses, login_of, reset_address
from .services.addresses import LINK_LIVES, ChangeOver, fresh_link
from .services.invitations import LIVES, PER_HOUR, issue
from .tokens import ResetTokens


def _person(recorded):
    subject = recorded.facets.get("subject")
    return Person.objects.select_related("site").filter(pk=subject[1]).first() if subject else None


def send_invitation(recorded):
    """One mail with a fresh link, if the person may still come in and never did."""
    person = _person(recorded)
    if person is None or not person.may_sign_in or rules.has_account(person) or not rules.is_open_to(person):
        return
    address, way = address_for(person)
    if not address:
        return
    token = issue(person=person, way=way, actor_id=recorded.facets.get("actor_id"))
    link = mail.absolute(reverse("identity:welcome", args=[token]))
    first_day = person.hired_on if person.state == PersonState.EXPECTED else None
    mail.send("invitation", person=person, address=address, link=link, login=login_of(person), days=LIVES.days, first_day=first_day)


def spread_invitations(recorded):
    """One event per mail, so that each is tried again by itself."""
    for person_id in recorded.facets.get("person_ids", ()):
        try:
            count("invitation", person_id, per_hour=PER_HOUR)
        except TooOften:
            continue
        publish(InvitationSent(actor_id=recorded.facets.get("actor_id"), subject=("person", person_id)))


def send_reset(recorded):
    """One mail with a link to choose another password, to who has one."""
    person = _person(recorded)
    if person is None or not person.may_sign_in or not rules.has_password(person):
        return
    address = reset_address(person)
    if not address:
        return
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": person.handle, "key": ResetTokens().make_token(person)})
    mail.send("reset", person=person, address=address, link=mail.absolute(path), login=login_of(person), minutes=ResetTokens.minutes())


STRANGE = _("If you know nothing of this, speak to your HR contact or to an administrator at once.")


def ask_owners(recorded):
    """Tell whoever has another address waiting: a link to the one they sign in by, the bare word to the others they have.

    Only what they sign in by answers for them: another address of the file may never have been theirs.
    """
    for change in _changes(recorded, ChangeState.WAITING):
        person = change.person
        others = known_addresses(person)
        old = reset_address(person)
        if not person.may_sign_in or not old:
            continue
        which = AddressKind(change.kind).label
        try:
            link = mail.absolute(reverse("identity:old_address", args=[fresh_link(change=change)]))
        except ChangeOver:
            continue
        mail.send("address_asked", person=person, address=old, link=link, which=which, new=change.new_address, days=LINK_LIVES.days)
        for address in others:
            if address != old:
                sentence = _("Another %(which)s was written down for you. It waits for a yes, and signs nobody in before.")
                _tell(person, address, sentence, which=which)


def tell_of_voucher(recorded):
    """Tell the owner, at every address, that somebody of HR vouches for another one."""
    change = AddressChange.objects.filter(pk=recorded.facets.get("change_id")).select_related("person__site").first()
    if change is not None:
        sentence = _(
            "Somebody of HR says that you asked for another %(which)s. If a second person says so too, you sign in with the new one."
        )
        _tell_everywhere(change.person, sentence, which=AddressKind(change.kind).label)


def tell_of_changes(recorded):
    """Tell the owners, at the addresses they had and at those they have, that another one is theirs."""
    for change in _changes(recorded, ChangeState.MADE):
        person = change.person
        sentence = _("Your %(which)s is another one from now on. What you sign in with is %(login)s.")
        for address in dict.fromkeys([change.old_address, *known_addresses(person)]):
            if address:
                _tell(person, address, sentence, which=AddressKind(change.kind).label, login=login_of(person))


def tell_of_request(recorded):
    """Tell the owner of an account, at every address, that somebody asks to open it again."""
    _tell_person(recorded, _("Somebody of HR asks that your account be opened again. A second person must say yes before a link is made."))


def tell_of_reopening(recorded):
    """Tell the owner of an account, at every address, that it was opened again."""
    sentence = _("Two people of HR opened your account again, and one of them has a link to give you in person. It works once, for a day.")
    _tell_person(recorded, sentence)


def tell_of_password(recorded):
    """Tell the owner of an account, at every address, that a link set another password."""
    _tell_person(recorded, _("Another password was set for your account, by a link. Wherever you were signed in, you no longer are."))


def tell_of_factor(recorded):
    """Tell the owner of an account, at every address, that the server forgot their second factor."""
    _tell_person(recorded, _("The second factor of your account was taken away, from the server. Set another one up when you sign in."))


def _changes(recorded, state):
    ids = recorded.facets.get("change_ids", ())
    return AddressChange.objects.filter(pk__in=ids, state=state).select_related("person__site").order_by("pk")


def _tell_person(recorded, sentence):
    person = _person(recorded)
    if person is not None:
        _tell_everywhere(person, sentence)


def _tell_everywhere(person, sentence, **words):
    for address in known_addresses(person):
        _tell(person, address, sentence, **words)


def _tell(person, address, sentence, **words):
    mail.send("told", person=person, address=address, sentence=sentence, words=words, advice=STRANGE)
