from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.enums import ROLES_THAT_TAKE_TWO
from rse.core.ops.commands import SpokenCommand
from rse.identity.queries import person_for
from rse.identity.services.company import NotHeld, OnTheScreen, end_from_server


class Command(SpokenCommand):
    help = gettext_lazy(
        "End the role of an administrator, a head of HR or a data protection officer where the company has not enough of them for one to "
        "ask and another to agree. Every holder of a role is told. Make sure of who asks before."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", choices=sorted(str(role) for role in ROLES_THAT_TAKE_TWO))
        parser.add_argument("email", help=_("the work e-mail of the person"))

    def handle(self, *args, role, email, **options):
        person = person_for(email)
        if person is None:
            raise CommandError(_("Nobody signs in as %(email)s.") % {"email": email})
        told = {"name": person.name, "role": role}
        try:
            end_from_server(person=person, role=role)
        except NotHeld as error:
            raise CommandError(_("%(name)s does not hold %(role)s.") % told) from error
        except OnTheScreen as error:
            raise CommandError(
                _("%(role)s is ended on the page of roles: there are enough people for one to ask and another to agree.") % told
            ) from error
        self.stdout.write(_("%(name)s does not hold %(role)s any more.") % told)
