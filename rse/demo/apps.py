from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "rse.demo"
    label = "demo"

    def ready(self):
        from rse.core.ops.periods import AsLong
        from rse.core.ops.personal_fields import declare, personal
        from rse.core.web import slots

        from . import slot_blocks

        invented = personal(
            "somebody invented, offered on the sign-in page of a demonstration",
            retention=AsLong(_("the demonstration"), ("demo.ShownPerson",)),
        )
        declare("demo.ShownPerson", person=invented, position=invented, label_fr=invented, label_en=invented)
        slots.fill("shell.mark", slots.Block("demo/_mark.html", slot_blocks.mark))
        slots.fill("signin.lead", slots.Block("demo/_size.html", slot_blocks.size))
        slots.fill("signin.aside", slots.Block("demo/_people.html", slot_blocks.people_to_be))
        slots.fill("signin.code", slots.Block("demo/_code.html", slot_blocks.code_of_phone))
