from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self):
        from rse.core.access import kinds, leaving
        from rse.core.enums import Addressed
        from rse.core.events import schedule
        from rse.core.web import former_addresses, person_picker, slots
        from rse.feed.language import guess_language

        from . import first_steps, live_topics, notices, rules, services, slot_blocks
        from .models import Community
        from .personal_data import declare_fields
        from .queries import invitable, owners_of, possible_owners
        from .services import erasures, invariants

        def document(community):
            """What search finds a community by; nothing once it is deleted."""
            if community.is_deleted:
                return None
            language = guess_language(f"{community.name} {community.purpose}", default="fr")
            return kinds.Document(title=community.name, body=community.purpose, language=language, at=community.created_at)

        declare_fields()
        first_steps.register_all()
        former_addresses.follow(kind=Addressed.COMMUNITY, model=Community, argument="slug", namespace="communities")
        person_picker.register("invitation", invitable)
        person_picker.register("successor", possible_owners)
        invariants.register_all()
        erasures.register_all()
        notices.register()
        live_topics.register()
        kinds.register(
            kinds.Kind(
                name="community",
                model=Community,
                label=_("Community"),
                plural=_("Communities"),
                icon="users",
                address=lambda community: community.get_absolute_url(),
                title=lambda community: community.name,
                about=lambda community: next((owner.pk for owner in owners_of([community])[community.audience_id]), None),
                hosts_decide=False,
                card="communities/_reference.html",
                with_card=lambda communities: communities.with_card(),
                document=document,
            )
        )
        leaving.register("memberships of communities", services.end_memberships)
        schedule.every("*/5 * * * *", services.open_announced, name=gettext_noop("widen announced communities"))
        slots.fill("home.todo", slots.Block("communities/_todo.html", slot_blocks.todo, order=30))
        slots.fill("home.todo", slots.Block("communities/_to_join.html", slot_blocks.to_join, order=70))
        slots.fill("home.aside", slots.Block("communities/_unanswered.html", slot_blocks.unanswered, order=40))
        slots.navigate(
            slots.Entry(
                "main",
                _("Communities"),
                "communities:list",
                "users",
                order=20,
                tab=2,
                prefixes=("communities:",),
                shown=lambda reader: reader.may_sign_in,
            )
        )
        slots.navigate(
            slots.Entry(
                "administration", _("Secret communities"), "secret_communities:list", "lock", order=215, shown=rules.can_see_secret_sizes
            )
        )
