from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.ops.commands import SpokenCommand
from rse.identity.queries import person_for
from rse.identity.services.passwords import forget_second_factor


class Command(SpokenCommand):
    help = gettext_lazy(
        "For somebody who lost their phone and their recovery codes: forget both and end their sessions. Make sure who asks before."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help=_("what the person signs in with"))

    def handle(self, *args, email, **options):
        person = person_for(email)
        if person is None:
            raise CommandError(_("Nobody signs in as %(email)s.") % {"email": email})
        told = {"name": person.name}
        if not forget_second_factor(person=person):
            raise CommandError(_("%(name)s has no second factor.") % told)
        self.stdout.write(
            _("%(name)s signs in with the password alone, and sets up another second factor if their role asks for one.") % told
        )
