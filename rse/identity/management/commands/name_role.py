from django.core.management.base import BaseCommand, CommandError

from rse.core.enums import Role
from rse.core.models import Unit
from rse.identity.queries import person_for
from rse.identity.services.company import FROM_THE_SERVER, AlreadyHeld, NotHere, OnTheScreen, name_from_server


class Command(BaseCommand):
    help = (
        "Name the first holders of the roles that only their holders could give: administrator, hr_head, dpo, the first two hr_succession. "
        "Every holder of a role is told. Everything else is named on the page of roles."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", choices=[str(role) for role in Role])
        parser.add_argument("email", help="the work e-mail of the person")
        parser.add_argument("--unit", help="the code of the unit it is over; the whole company when missing")

    def handle(self, *args, role, email, unit=None, **options):
        person = person_for(email)
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.")
        over = None
        if unit:
            over = Unit.objects.filter(code=unit).first()
            if over is None:
                raise CommandError(f"There is no unit {unit}.")
        try:
            name_from_server(person=person, role=role, unit=over)
        except NotHere as error:
            raise CommandError(f"{person.name} is not present: a role is held by somebody who is.") from error
        except AlreadyHeld as error:
            raise CommandError(f"{person.name} holds {role} already.") from error
        except OnTheScreen as error:
            first = FROM_THE_SERVER.get(Role(role))
            why = f"it has its first {first} already" if first else "it never needs the server"
            raise CommandError(f"{role} is named on the page of roles: {why}.") from error
        self.stdout.write(f"{person.name} holds {role} from now on, over {over or 'the whole company'}.")
