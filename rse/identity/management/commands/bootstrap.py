from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from rse.core.enums import Role
from rse.core.models import Person
from rse.core.ops.installation import installation
from rse.core.people.services.roles import holders_ids
from rse.identity import mail, rules
from rse.identity.enums import Way
from rse.identity.queries import login_of
from rse.identity.services.company import NotHere, add_first_administrator, found_company
from rse.identity.services.invitations import LIVES, issue


class Command(BaseCommand):
    help = "Make an empty company and its first administrator, and print the link with which they come in. Again: nothing changes."

    def add_arguments(self, parser):
        parser.add_argument("--company", help="the name of the company")
        parser.add_argument("--email", help="the work e-mail of the first administrator")
        parser.add_argument("--first-name")
        parser.add_argument("--last-name")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args, **options):
        found_company(company=installation().company or self._asked(options, "company", "Name of the company"))
        administrator = Person.objects.filter(pk__in=holders_ids(Role.ADMINISTRATOR)).order_by("pk").first()
        if administrator is None:
            administrator = self._first_administrator(options)
            self.stdout.write(f"{administrator.name} ({administrator.email}) is the first administrator of {installation().company}.")
        else:
            self.stdout.write(f"{installation().company} stands, and {administrator.name} ({login_of(administrator)}) is an administrator.")
        if rules.has_password(administrator):
            self.stdout.write(f"They have a password: {mail.absolute(reverse('account_login'))}")
            return
        if rules.has_account(administrator):
            self.stdout.write("They had an account, which was shut: two people of HR open it again, under Accounts that wait.")
            return
        token = issue(person=administrator, way=Way.HAND)
        self.stdout.write(f"This link sets their password. It works once, within {LIVES.days} days:")
        self.stdout.write(mail.absolute(reverse("identity:welcome", args=[token])))

    def _first_administrator(self, options):
        address = self._asked(options, "email", "Work e-mail of the first administrator").lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"{address} is not an e-mail.") from error
        known = Person.objects.filter(email=address).exists()
        try:
            return add_first_administrator(
                email=address,
                first_name="" if known else self._asked(options, "first_name", "First name"),
                last_name="" if known else self._asked(options, "last_name", "Last name"),
                language=options["language"] or settings.LANGUAGE_CODE,
            )
        except NotHere as error:
            raise CommandError(f"{address} belongs to somebody who is not present: name somebody who is.") from error

    def _asked(self, options, name, question):
        """What was given as an option, or is answered now."""
        said = options[name] or ""
        if not said.strip():
            try:
                said = input(f"{question}: ")
            except EOFError as error:
                raise CommandError(f"Give --{name.replace('_', '-')}: {question.lower()}.") from error
        if not said.strip():
            raise CommandError(f"{question}: nothing was said.")
        return said.strip()
