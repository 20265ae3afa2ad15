"""The mails of the door: what is true is asked again when they go out, and tokens are made here."""

from django.urls import reverse

from rse.core.enums import PersonState
from rse.core.events import publish
from rse.core.limits import TooOften, count
from rse.core.models import Person

from . import mail, rules
from .events import InvitationSent
from .queries import address_for, login_of
from .services.invitations import LIVES, PER_HOUR, issue
from .tokens import ResetTokens


def _person(recorded):
    subject = recorded.facets.get("subject")
    return Person.objects.select_related("site").filter(pk=subject[1]).first() if subject else None


def send_invitation(recorded):
    """One mail with a fresh link, if the person may still come in and has no password."""
    person = _person(recorded)
    if person is None or not person.may_sign_in or rules.has_password(person) or not rules.is_open_to(person):
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
    address, _way = address_for(person)
    if not address:
        return
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": person.handle, "key": ResetTokens().make_token(person)})
    mail.send("reset", person=person, address=address, link=mail.absolute(path), login=login_of(person), minutes=ResetTokens.minutes())
