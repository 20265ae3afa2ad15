from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "rse.demo"
    label = "demo"

    def ready(self):
        from rse.core.fields import declare, personal
        from rse.identity import personas

        from .showcase import personas as shown

        invented = personal("somebody invented, offered on the sign-in page of a demonstration", retention="as long as the demonstration")
        declare("demo.ShownPerson", person=invented, position=invented, label_fr=invented, label_en=invented)
        personas.register(shown)
