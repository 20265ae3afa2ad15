from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "rse.demo"
    label = "demo"

    def ready(self):
        from rse.core.web import slots

        from . import slot_blocks
        from .personal_data import declare_fields

        declare_fields()
        slots.fill("shell.mark", slots.Block("demo/_mark.html", slot_blocks.mark))
        slots.fill("signin.lead", slots.Block("demo/_size.html", slot_blocks.size))
        slots.fill("signin.aside", slots.Block("demo/_people.html", slot_blocks.people_to_be))
        slots.fill("signin.code", slots.Block("demo/_code.html", slot_blocks.code_of_phone))
