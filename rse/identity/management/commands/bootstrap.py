from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.enums import Role
from rse.core.models import Person
from rse.core.ops.commands import SpokenCommand
from rse.core.ops.installation import installation
from rse.core.people.services.roles import holders_ids
from rse.identity import mail, rules
from rse.identity.enums import Way
from rse.identity.queries import login_of
from rse.identity.services.company import NotHere, add_first_administrator, found_company
from rse.identity.services.invitations import LIVES, issue

FIRST_STEPS = reverse_lazy("first_steps:list")


class Command(SpokenCommand):
    help = gettext_lazy(
        "Make an empty company and its first administrator, and print the link with which they come in. Again: nothing changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("--company", help=_("the name of the company"))
        parser.add_argument("--email", help=_("the work e-mail of the first administrator"))
        parser.add_argument("--first-name", help=_("their first name"))
        parser.add_argument("--last-name", help=_("their last name"))
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], help=_("the language they read"))

    def handle(self, *args, **options):
        found_company(company=installation().company or self._asked(options, "company", _("Name of the company")))
        administrator = Person.objects.filter(pk__in=holders_ids(Role.ADMINISTRATOR)).order_by("pk").first()
        if administrator is None:
            administrator = self._first_administrator(options)
            told = {"name": administrator.name, "email": administrator.email, "company": installation().company}
            self.stdout.write(_("%(name)s (%(email)s) is the first administrator of %(company)s.") % told)
        else:
            told = {"name": administrator.name, "email": login_of(administrator), "company": installation().company}
            self.stdout.write(_("%(company)s stands, and %(name)s (%(email)s) is an administrator.") % told)
        self._how_they_come_in(administrator)
        self.stdout.write(_("Then the page First steps says what is left to do: %(address)s") % {"address": mail.absolute(FIRST_STEPS)})

    def _how_they_come_in(self, administrator):
        if rules.has_password(administrator):
            self.stdout.write(_("They have a password: %(address)s") % {"address": mail.absolute(reverse("account_login"))})
            return
        if rules.has_account(administrator):
            self.stdout.write(_("They had an account, which was shut: two people of HR open it again, under Accounts that wait."))
            return
        token = issue(person=administrator, way=Way.HAND)
        self.stdout.write(
            ngettext(
                "This link sets their password. It works once, within %(count)s day:",
                "This link sets their password. It works once, within %(count)s days:",
                LIVES.days,
            )
            % {"count": LIVES.days}
        )
        self.stdout.write(mail.absolute(reverse("identity:welcome", args=[token])))

    def _first_administrator(self, options):
        address = self._asked(options, "email", _("Work e-mail of the first administrator")).lower()
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(_("%(email)s is not an e-mail.") % {"email": address}) from error
        known = Person.objects.filter(email=address).exists()
        try:
            return add_first_administrator(
                email=address,
                first_name="" if known else self._asked(options, "first_name", _("First name")),
                last_name="" if known else self._asked(options, "last_name", _("Last name")),
                language=options["language"] or settings.LANGUAGE_CODE,
            )
        except NotHere as error:
            told = {"email": address}
            raise CommandError(_("%(email)s belongs to somebody who is not present: name somebody who is.") % told) from error

    def _asked(self, options, name, question):
        """What was given as an option, or is answered now."""
        said = options[name] or ""
        if not said.strip():
            try:
                said = input(_("%(question)s: ") % {"question": question})
            except EOFError as error:
                told = {"option": f"--{name.replace('_', '-')}", "question": question}
                raise CommandError(_("Give %(option)s (%(question)s).") % told) from error
        if not said.strip():
            raise CommandError(_("%(question)s: nothing was said.") % {"question": question})
        return said.strip()
