from django.core.management.base import BaseCommand, CommandError

from rse.identity.queries import person_for
from rse.identity.services.passwords import forget_second_factor


class Command(BaseCommand):
    help = "For somebody who lost their phone and their recovery codes: forget both and end their sessions. Make sure who asks before."

    def add_arguments(self, parser):
        parser.add_argument("email", help="what the person signs in with")

    def handle(self, *args, email, **options):
        person = person_for(email)
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.")
        if not forget_second_factor(person=person):
            raise CommandError(f"{person.name} has no second factor.")
        self.stdout.write(f"{person.name} signs in with the password alone, and sets up another second factor if their role asks for one.")
