from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.enums import Role
from rse.core.models import Unit
from rse.core.ops.commands import SpokenCommand
from rse.identity.queries import person_for
from rse.identity.services.company import FROM_THE_SERVER, AlreadyHeld, NotHere, OnTheScreen, name_from_server


class Command(SpokenCommand):
    help = gettext_lazy(
        "Name the first holders of the roles that only their holders could give: administrator, hr_head, dpo, the first two hr_succession. "
        "Every holder of a role is told. Everything else is named on the page of roles."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", choices=[str(role) for role in Role])
        parser.add_argument("email", help=_("the work e-mail of the person"))
        parser.add_argument("--unit", help=_("the code of the unit it is over; the whole company when missing"))

    def handle(self, *args, role, email, unit=None, **options):
        person = person_for(email)
        if person is None:
            raise CommandError(_("Nobody signs in as %(email)s.") % {"email": email})
        over = None
        if unit:
            over = Unit.objects.filter(code=unit).first()
            if over is None:
                raise CommandError(_("There is no unit %(unit)s.") % {"unit": unit})
        told = {"name": person.name, "role": role}
        try:
            name_from_server(person=person, role=role, unit=over)
        except NotHere as error:
            raise CommandError(_("%(name)s is not present: a role is held by somebody who is.") % told) from error
        except AlreadyHeld as error:
            raise CommandError(_("%(name)s holds %(role)s already.") % told) from error
        except OnTheScreen as error:
            raise CommandError(self._on_the_screen(role)) from error
        self.stdout.write(_("%(name)s holds %(role)s from now on, over %(unit)s.") % {**told, "unit": over or _("the whole company")})

    def _on_the_screen(self, role):
        first = FROM_THE_SERVER.get(Role(role))
        if first is None:
            return _("%(role)s is named on the page of roles: it never needs the server.") % {"role": role}
        return _("%(role)s is named on the page of roles: whom the server may name holds it already.") % {"role": role}
