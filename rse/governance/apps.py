from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class GovernanceConfig(AppConfig):
    name = "rse.governance"
    label = "governance"

    def ready(self):
        from rse.core.access import kinds, leaving
        from rse.core.enums import Role
        from rse.core.events import bus, happenings, schedule
        from rse.core.web import person_picker, slots

        from . import first_steps, gates, queries, rules
        from .models import AccessLogVerification, FeatureSwitch, Moderation, Report, Reporter
        from .personal_data import declare_fields
        from .services import access_log, invariants, moderation, reports
        from .slot_blocks import charter_to_accept, report_of_profile
        from .subscribers import let_new_handlers_in

        declare_fields()
        first_steps.register_all()
        person_picker.register("feature", queries.may_answer_for_features)
        invariants.register_all()
        kinds.register(
            kinds.Kind(
                name="report",
                model=Report,
                label=_("Report"),
                icon="flag",
                is_confidential=True,
                address=lambda report: report.get_absolute_url(),
                title=lambda report: _("A report to handle"),
            )
        )
        kinds.register(
            kinds.Kind(
                name="report_made",
                model=Reporter,
                label=_("My report"),
                icon="flag",
                is_confidential=True,
                address=lambda reporter: reporter.get_absolute_url(),
                title=lambda reporter: _("A report you made"),
            )
        )
        kinds.register(
            kinds.Kind(
                name="moderation",
                model=Moderation,
                label=_("Decision about content"),
                icon="scale",
                is_confidential=True,
                address=lambda one: one.get_absolute_url(),
                title=lambda one: _("A decision about content"),
            )
        )
        kinds.register(
            kinds.Kind(
                name="feature_switch",
                model=FeatureSwitch,
                label=_("Feature of HR"),
                icon="toggle-right",
                address=lambda switch: reverse("features:list"),
                title=lambda switch: gates.label_of(switch.name),
            )
        )
        kinds.register(
            kinds.Kind(
                name="access_log_verification",
                model=AccessLogVerification,
                label=_("Access log"),
                icon="book-lock",
                address=lambda one: reverse("access_log:state"),
                title=lambda one: _("Access log"),
            )
        )
        bus.subscribe("governance.handlers", let_new_handlers_in, to=(happenings.RoleGranted.event_name(),))
        leaving.register("grants of handlers", moderation.end_grants_of)
        schedule.every("15 * * * *", reports.remind_handlers, name=gettext_noop("remind handlers"))
        schedule.every("*/10 * * * *", moderation.settle_all_grants, name=gettext_noop("settle grants of handlers"))
        schedule.every("20 2 * * *", access_log.verify_chain, name=gettext_noop("verify the access log"))
        slots.fill("home.todo", slots.Block("governance/_charter_todo.html", charter_to_accept, order=10))
        slots.fill("profile.actions", slots.Block("governance/_report_link.html", report_of_profile, order=90))
        slots.navigate(
            slots.Entry(
                "rights", _("Charter"), "charter:detail", "scroll-text", order=150, prefixes=("charter:",), shown=lambda reader: True
            )
        )
        slots.navigate(slots.Entry("me", _("Who opened my file"), "openings:mine", "eye", order=70))
        complaints = ("report:", "reports:", "moderation:")
        slots.navigate(slots.Entry("me", _("My reports"), "reports:mine", "flag", order=72, prefixes=complaints, shown=lambda reader: True))
        slots.navigate(slots.Entry("rights", _("Features of HR"), "features:list", "toggle-right", order=153, prefixes=("features:",)))
        slots.navigate(
            slots.Entry(
                "administration",
                _("Reports to handle"),
                "reports:queue",
                "gavel",
                order=205,
                prefixes=("reports:detail", "moderation:detail"),
                shown=lambda reader: reader.holds(Role.HANDLER),
                count=lambda reader: queries.open_reports_for(reader).count() or None,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Access log"),
                "access_log:state",
                "book-lock",
                order=206,
                shown=rules.can_see_access_log_state,
            )
        )
        slots.navigate(
            slots.Entry("administration", _("Retention"), "retention:list", "calendar", order=207, shown=rules.can_read_retention)
        )
