from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class PagesConfig(AppConfig):
    name = "rse.pages"

    def ready(self):
        from wagtail import signals
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from rse.core.access import kinds, leaving
        from rse.core.events import schedule
        from rse.core.web import slots

        from . import rules, services, slot_blocks, subscribers
        from .models import HandbookPage
        from .permissions import EditorialPolicy
        from .personal_data import declare_fields
        from .services import invariants

        declare_fields()
        register_permission_policy(Page, EditorialPolicy())
        kinds.register(
            kinds.Kind(
                name="page",
                key="slug",
                model=HandbookPage,
                label=_("Handbook page"),
                plural=_("Handbook"),
                icon="book-open",
                address=lambda page: page.get_absolute_url(),
                title=lambda page: page.heading().title,
                about=lambda page: page.owner_id,
                document=lambda page: page.document(),
            )
        )
        signals.page_published.connect(subscribers.page_published, dispatch_uid="handbook")
        signals.page_unpublished.connect(subscribers.page_unpublished, dispatch_uid="handbook")
        signals.post_page_move.connect(subscribers.page_moved, dispatch_uid="handbook")
        leaving.register("sections of editors", services.end_sections_of)
        schedule.every("55 2 * * *", services.end_sections_without_role, name=gettext_noop("end sections of former editors"))
        schedule.every("47 3 * * *", services.forget_stray_pictures, name=gettext_noop("erase files that no page has"))
        invariants.register_all()
        slots.fill("charter.aside", slots.Block("handbook/_charter_page.html", slot_blocks.charter_page, order=50))
        slots.navigate(
            slots.Entry("main", _("Handbook"), "handbook:index", "book-open", order=75, prefixes=("handbook:",), shown=lambda reader: True)
        )
        slots.navigate(
            slots.Entry(
                "administration",
                _("Editors of pages"),
                "editors:list",
                "book-user",
                order=202,
                prefixes=("editors:",),
                shown=rules.can_name_editors,
            )
        )
