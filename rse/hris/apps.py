from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class HrisConfig(AppConfig):
    name = "rse.hris"
    label = "hris"

    def ready(self):
        from rse.core.events import schedule
        from rse.core.web import slots

        from . import first_steps, rules, services
        from .personal_data import declare_fields

        declare_fields()
        first_steps.register_all()
        schedule.every("* * * * *", services.sweep_imports, name=gettext_noop("end interrupted imports"))
        schedule.every("*/10 * * * *", services.erase_files, name=gettext_noop("erase files of people"))
        slots.navigate(
            slots.Entry(
                "administration",
                _("Import people"),
                "imports:list",
                "file-up",
                order=190,
                prefixes=("imports:",),
                shown=rules.can_import_people,
            )
        )
