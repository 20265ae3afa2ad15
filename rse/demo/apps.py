from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "rse.demo"
    label = "demo"

    def ready(self):
        from rse.core.ops.periods import AsLong
        from rse.core.ops.personal_fields import declare, personal
        from rse.identity import personas

        from .showcase import personas as shown

        invented = personal(
            "somebody invented, offered on the sign-in page of a demonstration",
            retention=AsLong(_("the demonstration"), ("demo.ShownPerson",)),
        )
        declare("demo.ShownPerson", person=invented, position=invented, label_fr=invented, label_en=invented)
        personas.register(shown)
