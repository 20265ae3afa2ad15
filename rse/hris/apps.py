from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class HrisConfig(AppConfig):
    name = "rse.hris"
    label = "hris"

    def ready(self):
        from rse.core.access.rules import can_ask_roles
        from rse.core.events import schedule
        from rse.core.ops import restoring
        from rse.core.web import person_picker, slots

        from . import first_steps, kinds, queries, rules, slot_blocks
        from .personal_data import declare_fields
        from .services import background, folder, unlisted

        declare_fields()
        kinds.register_all()
        schedule.every("*/5 * * * *", folder.look_into_folder, name=gettext_noop("look into the folder of files of HR"), within=3600)
        schedule.every("25 * * * *", unlisted.settle, name=gettext_noop("settle who is absent from the files of HR"))
        person_picker.register("superior", queries.possible_superiors)
        slots.fill("profile.actions", slots.Block("hris/_person_actions.html", slot_blocks.person_actions, order=85))
        slots.fill("home.todo", slots.Block("hris/_todo.html", slot_blocks.todo, order=45))
        schedule.every("* * * * *", background.sweep_imports, name=gettext_noop("end interrupted imports"))
        schedule.every("*/10 * * * *", background.erase_files, name=gettext_noop("erase files of people"))
        slots.fill("roles.actions", slots.Block("hris/_role_actions.html", lambda reader, page: {} if can_ask_roles(reader) else None))
        restoring.register("files of people", background.refuse_lost_files)
        first_steps.register_all()
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
