"""The first steps of the ground floor: mail, address, company, roles, what is kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import PersonState, Role
from .models import RoleGrant, RoleRequest
from .ops import checks, first_steps, mail_test
from .ops.doctor import Level
from .ops.first_steps import State, Step
from .ops.installation import installation
from .people.services.yeses import yeses_missing

if TYPE_CHECKING:
    from .models import Person

NEEDED = (Role.HR, Role.HR_HEAD, Role.DPO, Role.HANDLER)  # without them nothing of HR is agreed to, and no report handled


def register_all() -> None:
    """Register the steps that need only the core, in the order in which one takes them."""
    first_steps.register(
        Step(
            name="address",
            label=gettext_lazy("Address of the site"),
            text=gettext_lazy("People come in by it, and links in mails lead there. It is set on the server, in SITE_URL."),
            look=address,
            order=10,
        )
    )
    first_steps.register(
        Step(
            name=mail_test.STEP,
            label=gettext_lazy("Mail that arrives"),
            text=gettext_lazy("Send yourself a mail, then type the code that stands in it: invitations go the same way."),
            look=mail,
            order=20,
            template="core/_mail_test.html",
            facts=mail_test.facts,
        )
    )
    first_steps.register(
        Step(
            name="company",
            label=gettext_lazy("Name, logo and colour of the company"),
            text=gettext_lazy("They stand on every page, before sign-in too."),
            look=company,
            order=30,
            url_name="company:edit",
            action=gettext_lazy("Open the page of the company"),
            by_hand=gettext_lazy("It may stay as it is"),
        )
    )
    first_steps.register(
        Step(
            name="roles",
            label=gettext_lazy("People who answer for something"),
            text=gettext_lazy(
                "HR, the head of HR, the data protection officer and whoever handles reports. Some roles wait for another’s yes."
            ),
            look=roles,
            order=50,
            url_name="roles:list",
            action=gettext_lazy("Open the roles"),
        )
    )
    first_steps.register(
        Step(
            name="backup",
            label=gettext_lazy("A backup that was made"),
            text=gettext_lazy("On the server: manage.py backup, every night at best, kept on another machine."),
            look=backup,
            order=120,
        )
    )
    first_steps.register(
        Step(
            name="keys",
            label=gettext_lazy("The key of the notes, kept apart"),
            text=gettext_lazy("Without NOTES_KEY no mentoring note opens again. Keep a copy of it apart from the backups of the database."),
            look=lambda _reader: State(is_done=False),
            order=130,
            by_hand=gettext_lazy("A copy is kept apart"),
        )
    )


def address(_reader: Person | None) -> State:
    """Return whether the address is one that others reach by https."""
    found = checks.site.address()
    return State(found.level is Level.WELL, found.what, (found.do,) if found.do else ())


def mail(_reader: Person | None) -> State:
    """Return where mail goes; that it arrives is proved by its code alone."""
    if not checks.mailing.has_server():
        return State(is_done=False, said=_("Mail goes to a folder: nobody receives it."))
    return State(is_done=False, said=checks.mailing.sender().what)


def company(_reader: Person | None) -> State:
    """Return whether the company has a name and a logo."""
    here = installation()
    said = [
        _("Name: %(name)s.") % {"name": here.company} if here.company else _("No name yet."),
        _("A logo.") if here.logo else _("No logo."),
    ]
    return State(bool(here.company and here.logo), " ".join(said))


def roles(reader: Person | None) -> State:
    """Return which of the roles that are needed nobody holds, and for ``reader`` whose yes the others wait for."""
    grants = RoleGrant.objects.current().filter(role__in=NEEDED, person__state=PersonState.ACTIVE)
    held = set(grants.values_list("role", flat=True))
    lacking = [str(role.label) for role in NEEDED if role not in held]
    said = _("Each of these roles is held.")
    if lacking:
        said = _("Nobody holds: %(roles)s.") % {"roles": get_text_list(lacking, _("and"))}
    return State(not lacking, said, tuple(_waiting(reader)) if reader else ())


def _waiting(reader: Person) -> list[str]:
    requests = list(RoleRequest.objects.visible_to(reader).waiting())
    missing = yeses_missing(requests) if requests else {}
    return [
        _("%(role)s waits for %(yeses)s.")
        % {"role": request.get_role_display(), "yeses": get_text_list([one.sentence() for one in missing[request.pk]], _("and"))}
        for request in requests
        if missing[request.pk]
    ]


def backup(_reader: Person | None) -> State:
    """Return when a backup last succeeded."""
    found = checks.disks.last_backup()
    return State(found.level is Level.WELL, found.what)
