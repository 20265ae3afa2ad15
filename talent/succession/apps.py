from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SuccessionConfig(AppConfig):
    name = "talent.succession"
    label = "succession"

    def ready(self):
        from rse.core.web import slots
        from rse.governance import gates

        from . import erasures, kinds, rules
        from .personal_data import declare_fields

        declare_fields()
        kinds.register()
        erasures.register_all()
        gates.declare(
            rules.GATE,
            label=_("Succession plans"),
            text=_("Who could take a key position, and when. Named people of HR read it, and each opening is written down."),
        )
        slots.navigate(
            slots.Entry(
                "hr",
                _("Succession plans"),
                "succession:register",
                "git-branch",
                order=110,
                prefixes=("succession:",),
                shown=rules.prepares_plans,
            )
        )
