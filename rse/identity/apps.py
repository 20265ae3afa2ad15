from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class IdentityConfig(AppConfig):
    name = "rse.identity"
    label = "identity"

    def ready(self):
        from allauth.account.signals import authentication_step_completed
        from django.contrib.auth.signals import user_logged_in

        from rse.core.access import leaving
        from rse.core.events import bus, schedule
        from rse.core.ops import restoring
        from rse.core.web import slots

        from . import checks, first_steps, kinds, middleware, reauthentication, rules, slot_blocks, subscribers
        from .personal_data import declare_fields
        from .services import runs
        from .services.addresses import end_changes
        from .services.cards import end_cards
        from .services.recovery import end_codes_of_leavers
        from .services.reopenings import end_reopenings
        from .services.restored import end_secrets
        from .services.sessions import end_access

        declare_fields()
        first_steps.register_all()
        kinds.register_all()
        leaving.register("sessions", end_access, shuts=True)
        restoring.leave_out("identity.Session")
        restoring.register("ways in", end_secrets)
        checks.register_all()
        leaving.register("changes of addresses", end_changes)
        leaving.register("sign-in cards", end_cards)
        leaving.register("recovery codes", end_codes_of_leavers)
        leaving.register("reopenings of accounts", end_reopenings)
        user_logged_in.connect(middleware.begin, dispatch_uid="identity begins sessions")
        authentication_step_completed.connect(reauthentication.note, dispatch_uid="identity notes second factors")
        bus.subscribe("identity.send_invitation", subscribers.send_invitation, to=("identity.invitation_sent",), is_outward=True)
        bus.subscribe("identity.spread_invitations", subscribers.spread_invitations, to=("identity.people_invited",), within=300)
        bus.subscribe("identity.send_reset", subscribers.send_reset, to=("identity.password_reset_asked",), is_outward=True)
        bus.subscribe("identity.spread_to_owners", subscribers.spread_to_owners, to=tuple(subscribers.TOLD), within=300)
        bus.subscribe("identity.spread_notices", subscribers.spread_notices, to=(subscribers.ASKED,), within=300)
        bus.subscribe("identity.write_to_owner", subscribers.write_to_owner, to=("identity.owner_mail_due",), is_outward=True)
        slots.fill("shell.terminal", slots.Block("identity/_terminal.html", slot_blocks.terminal))
        schedule.every("* * * * *", runs.go_on_with_all, name=gettext_noop("go on with invitations"))
        slots.fill("profile.actions", slots.Block("identity/_person_actions.html", slot_blocks.person_actions, order=80))
        doors = (
            *("identity:security", "identity:ask_address", "identity:my_address", "identity:still_here", "identity:way_back"),
            *("account_", "mfa_"),
        )
        slots.navigate(slots.Entry("me", _("Sign-in and security"), "identity:security", "shield-check", order=90, prefixes=doors))
        slots.navigate(slots.Entry("me", _("Sign out"), "account_logout", "log-out", order=95, shown=lambda reader: True))
        slots.navigate(
            slots.Entry(
                "administration",
                _("Invitations"),
                "identity:invitations",
                "mail-plus",
                order=195,
                prefixes=("identity:invitations",),
                shown=rules.can_see_invitations,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Shared terminal"),
                "identity:shared_terminal",
                "monitor",
                order=197,
                prefixes=("identity:shared_terminal",),
                shown=rules.can_share_terminal,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Sign-in cards"),
                "identity:cards",
                "id-card",
                order=198,
                prefixes=("identity:card",),
                shown=rules.can_see_invitations,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Accounts that wait"),
                "identity:waiting",
                "user-check",
                order=196,
                prefixes=("identity:waiting", "identity:address_", "identity:reopen"),
                shown=rules.can_see_waiting,
            )
        )
