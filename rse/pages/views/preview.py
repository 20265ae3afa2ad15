"""How a page will stand before its readers, rendered from what is in the form of its writer; nothing of it is kept."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.views.pages.preview import PreviewOnCreateView, PreviewOnEditView

from ..models import HandbookPage
from .handbook import render_page

# The policy of the site, but for the frame beside the form.
FRAMED = {"frame-ancestors": ["'self'"]}


@method_decorator(xframe_options_sameorigin, name="dispatch")
class Preview(PreviewOnEditView):
    """Answers to Wagtail's rights of editing, and in place of its views, which keep what was typed in a table."""

    http_method_names = ("post",)

    def setup(self, request, *args, **kwargs):
        try:
            super().setup(request, *args, **kwargs)
        except PermissionDenied:
            raise Http404 from None
        if not isinstance(self.object, HandbookPage):
            raise Http404

    def post(self, request, *args, **kwargs):
        """Render what is typed; where it cannot be read, the page shows what is valid of it."""
        form = self.get_form(request.POST)
        self.validate_form(form)
        return self._as_readers_see(form.instance)

    def _as_readers_see(self, page):
        language = self.request.GET.get("language")
        if language not in dict(settings.LANGUAGES):
            raise Http404
        self.request.resolver_match = resolve(reverse("handbook:page", args=[page.slug or "preview"]))
        with translation.override(language):
            response = render_page(self.request, page, is_preview=True)
        response._csp_replace = FRAMED  # noqa: SLF001 - where the library looks for the policy of one response
        return response


class PreviewOfNew(Preview, PreviewOnCreateView):
    """The page does not stand in the tree yet: it takes the next place in its section."""

    def get_object(self):
        model = self.content_type.model_class()
        if model is None or not issubclass(model, HandbookPage):
            raise Http404
        page = super().get_object()
        if not model.can_create_at(page.get_parent()):
            raise Http404
        return page
