"""How Wagtail's screens are narrowed to what editors of a handbook do."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from . import rules, services
from .models import CharterPage, HandbookIndex, HandbookPage

WAY_BACK = "way-back"


class NotHere:
    """Every screen tells its script where pictures and documents are listed; there are none, and the address answers 404."""

    class model:  # noqa: N801 - what the router of Wagtail asks for
        pass

    @staticmethod
    def get_urlpatterns():
        return [path("", _absent, name="listing")]


def _absent(request):
    raise Http404


@hooks.register("construct_admin_api")
def name_what_is_not_here(router):
    for name in ("documents", "images"):
        router.register_endpoint(name, NotHere)


class PreviewPanel(BaseSidePanel):
    """The page beside its form, as readers will see it in either language."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Show the preview")
        icon_name = "view"
        has_counter = False

    name = "as-read"
    title = gettext_lazy("Preview")
    template_name = "handbook/_preview_panel.html"
    order = 400

    class Media:
        js = ("js/page_preview.js",)

    def __init__(self, page, request, url):
        super().__init__(page, request)
        self.url = url

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {"url": self.url, "languages": settings.LANGUAGES}


class AddOurPage(CreateView):
    def get_side_panels(self):
        kind = self.page._meta
        url = reverse("handbook_preview_of_new", args=[kind.app_label, kind.model_name, self.parent_page.pk])
        return MediaContainer([*super().get_side_panels(), PreviewPanel(self.page, self.request, url)])


class EditOurPage(EditView):
    """Keeps nothing of who sits before a page and since when; whoever saves over somebody else's words is told before it happens."""

    def get_editing_sessions(self):
        return None

    def get_side_panels(self):
        panels = super().get_side_panels()
        if isinstance(self.page, HandbookPage):
            panels.append(PreviewPanel(self.page, self.request, reverse("handbook_preview", args=[self.page.pk])))
        return panels

    def post(self, request, *args, **kwargs):
        if not self.expects_json_response and self.is_out_of_date:
            return self.saved_meanwhile()
        return super().post(request, *args, **kwargs)

    def saved_meanwhile(self):
        """Render the form as it was typed, with a warning and 409; sent again, it saves over the other version."""
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        self.has_unsaved_changes = True
        by = self.latest_revision.user
        words = _(
            "%(name)s saved this page while you were writing. Nothing of yours is lost: it stands below, not saved. "
            "Compare with the history of the page, then save again to put your version over theirs."
        ) % {"name": by.name if by else _("Somebody")}
        messages.error(self.request, words)
        response = self.render_to_response(self.get_context_data())
        response.status_code = 409
        return response


class OurPages(PageViewSet):
    add_view_class = AddOurPage
    edit_view_class = EditOurPage
    parent_models = ()


class HandbookViewSet(OurPages):
    model = HandbookPage


class IndexViewSet(OurPages):
    model = HandbookIndex


@hooks.register("register_admin_viewset")
def handbook_viewset():
    return HandbookViewSet()


@hooks.register("register_admin_viewset")
def index_viewset():
    return IndexViewSet()


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages, request):
    """Narrow where a page can be moved to: what one edits, and what stands above it."""
    return pages.filter(pk__in=policy_registry.get_by_type(Page).explorable_instances(request.user).values("pk"))


@hooks.register("before_publish_page")
def refuse_to_publish(request, page):
    """Redirect whoever may not publish the page to its draft, which keeps what they wrote."""
    if isinstance(page, HandbookPage) and not rules.can_publish_page(request.user, page):
        messages.error(request, _("You may not publish this page. What you wrote is kept as a draft."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_delete_page")
def keep_the_handbook(request, page):
    """Refuse to delete the handbook itself: everything stands under it, and every right is over a part of it."""
    if isinstance(page.specific, HandbookIndex):
        messages.error(request, _("The handbook itself cannot be deleted."))
        return redirect("wagtailadmin_explore_root")
    if request.method == "POST":
        services.drop_pictures([page])
    return None


@hooks.register("before_bulk_action")
def refuse_among_others(request, action_type, objects, action_class):
    """Refuse bulk publication of the charter, which is published from its own page, and deletion of the handbook itself."""
    if action_type == "delete" and any(isinstance(one.specific, HandbookIndex) for one in objects):
        return keep_the_handbook(request, next(one for one in objects if isinstance(one.specific, HandbookIndex)))
    if action_type == "publish" and CharterPage.objects.filter(pk__in=[one.pk for one in objects]).exists():
        messages.error(request, _("The charter is published from its own page: nothing was published."))
        return redirect("wagtailadmin_explore_root")
    if action_type == "delete":
        services.drop_pictures(objects)
    return None


@hooks.register("insert_global_admin_css")
def colours_of_the_site():
    """Return the style sheet of the screens, and the script that picks the light or the dark colours before the first paint."""
    return format_html('<link rel="stylesheet" href="{}"><script src="{}"></script>', static("css/cms.css"), static("js/theme.js"))


@hooks.register("register_admin_menu_item")
def way_back():
    return MenuItem(gettext_lazy("Back to the site"), reverse_lazy("handbook:index"), name=WAY_BACK, icon_name="arrow-left", order=9000)


@hooks.register("construct_main_menu")
def menu_of_editors(request, menu_items):
    """Filter the menu: pages and the way back; nothing of settings and reports."""
    menu_items[:] = [item for item in menu_items if item.name in {"explorer", WAY_BACK}]
