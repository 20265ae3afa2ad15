from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PagePermissionTester
from wagtail.query import PageQuerySet

from rse.core import clock
from rse.core.access.kinds import Document
from rse.core.access.readers import Is, ReadableQuerySet
from rse.core.characters import clean_line, clean_text
from rse.core.people.handles import held, refuse_handle
from rse.core.web import drafts
from rse.core.web.markdown import excerpt
from rse.governance.services.charter import LONGEST

from ..markdown_text import MarkdownText
from ..prose import text_of, unsaid_pictures
from ..reader_parts import STEP, EditsSection, Published, is_published

SECTION_DEPTH = 3  # the root of the tree, the handbook, a section, its pages
DEEPEST = SECTION_DEPTH + 1
TITLES = frozenset({"title", "title_en"})
TEXTS = ("body_fr", "body_en")


@dataclass(frozen=True)
class Heading:
    """The title and the summary of a page in one language, as a list shows them."""

    title: str
    summary: str


@dataclass(frozen=True)
class Words(Heading):
    """A page in one language; ``is_translated`` is false where the French stands in for an English that nobody wrote."""

    body: str
    language: str
    is_translated: bool

    def text(self, *, shows_pictures=True):
        return text_of(held(self.body), shows_pictures=shows_pictures)


class HandbookQuerySet(PageQuerySet, ReadableQuerySet):
    def published(self):
        """Narrow the queryset to what everybody reads at this instant."""
        return self.filter(is_published())

    def sections(self):
        return self.filter(depth=SECTION_DEPTH)

    def in_order(self):
        """Sort the pages as they stand in the handbook: a section, then its pages."""
        return self.order_by("path")


HandbookManager = PageManager.from_queryset(HandbookQuerySet)


if TYPE_CHECKING:
    from wagtail.models import Page as PageOfWagtail
else:
    PageOfWagtail = object


class RightsOfWriters(PagePermissionTester):
    """What a writer may do with a page; nothing is copied, so that no screen offers it."""

    def can_copy(self):
        return False


class OurPage(PageOfWagtail):
    """A page that Wagtail neither shows nor previews, and whose address is ours."""

    preview_modes: list[Any] = []
    promote_panels: list[Any] = []  # the address is made from the first title and stays: journeys and bookmarks lead to it
    settings_panels: list[Any] = []

    def get_url_parts(self, request=None):
        parts = super().get_url_parts(request)
        return parts and (parts[0], settings.SITE_URL, self.get_absolute_url())

    def permissions_for_user(self, user):
        return RightsOfWriters(user, self)


class HandbookIndex(OurPage, Page):
    """The handbook itself: what sections stand under. There is one."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.HandbookPage", "pages.CharterPage"]
    is_charter = False

    class Meta:
        verbose_name = _("handbook")

    def get_absolute_url(self):
        return reverse("handbook:index")


class HandbookForm(WagtailAdminPageForm):
    """A text is kept as every text of the product, so that the same words are the same text."""

    takes_pictures = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._keep_what_is_typed()
        for name in TEXTS:
            if name in self.fields and self.takes_pictures:
                page = self.instance
                self.fields[name].widget.pictures_go_to = reverse("handbook_picture_add", args=[page.pk]) if page.pk else ""

    def _keep_what_is_typed(self):
        """Name the draft that the browser keeps: that of this writer for this page, or for a new one under the page above."""
        writer, page = self.for_user, self.instance
        if writer is None or "title" not in self.fields:
            return
        things = [page] if page.pk else [writer, "new page", str(self.parent_page.pk if self.parent_page else "")]
        names = {"data-keep": drafts.key_of(writer, "page", things), "data-place": drafts.place_of(writer, things[0])}
        self.fields["title"].widget.attrs |= names

    def clean(self):
        cleaned = super().clean()
        for name, said in list(cleaned.items()):  # a refused one leaves the dictionary
            if isinstance(said, str):
                try:
                    cleaned[name] = clean_line(said) if name in TITLES else clean_text(said)
                    if name in TITLES:
                        refuse_handle(said)
                except ValidationError as error:
                    self.add_error(name, error)
        if self.takes_pictures:
            self._ask_what_pictures_show(cleaned)
        return cleaned

    def _ask_what_pictures_show(self, cleaned):
        for name in TEXTS:
            text = cleaned.get(name) or ""
            for address in unsaid_pictures(text):
                words = _(
                    "Nothing says what a picture shows to whoever does not see it. Say it between the brackets: "
                    "![what the picture shows](%(address)s)"
                )
                self.add_error(name, ValidationError(words, params={"address": address}))
                cleaned[name] = text  # the preview goes on showing what is written


class HandbookPage(OurPage, Page):
    """A section of the handbook, or a page in one, in French and, where somebody wrote it, in English."""

    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    summary_fr = models.CharField(_("in one sentence, in French"), max_length=300, blank=True)
    summary_en = models.CharField(_("in one sentence, in English"), max_length=300, blank=True)
    body_fr = models.TextField(_("text in French"), max_length=LONGEST, blank=True)
    body_en = models.TextField(_("text in English"), max_length=LONGEST, blank=True)

    objects = HandbookManager()
    readers = Published() | EditsSection() | Is("owner")
    denied = None

    base_form_class = HandbookForm
    parent_page_types = ["pages.HandbookIndex", "pages.HandbookPage"]
    subpage_types = ["pages.HandbookPage"]
    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("title", heading=_("Title in French")),
                FieldPanel("summary_fr"),
                FieldPanel(
                    "body_fr",
                    widget=MarkdownText,
                    help_text=_("In Markdown: ## for a heading, - for a list, **bold**, [words](address), | for a table."),
                ),
            ],
            heading=_("In French"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("title_en"),
                FieldPanel("summary_en"),
                FieldPanel(
                    "body_en", widget=MarkdownText, help_text=_("Where it is empty, English readers see the French text, and are told so.")
                ),
            ],
            heading=_("In English"),
        ),
    ]

    class Meta:
        verbose_name = _("handbook page")

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        """One address in the whole handbook, not in its section only: a page is found by its slug wherever it stands."""
        others = HandbookPage.objects.filter(slug=slug)
        return not (others.exclude(pk=page.pk) if page and page.pk else others).exists()

    @classmethod
    def can_create_at(cls, parent):
        return parent.depth < DEEPEST and super().can_create_at(parent)

    def can_move_to(self, parent):
        """Return whether the page may move under ``parent`` without getting, with what it takes along, deeper than a page of a section."""
        below = max((depth for depth in self.get_descendants(inclusive=True).values_list("depth", flat=True)), default=self.depth)
        return parent.depth + 1 + below - self.depth <= DEEPEST and super().can_move_to(parent)

    def get_absolute_url(self):
        return reverse("handbook:page", args=[self.slug])

    @property
    def is_charter(self):
        """Whether it is the page of the charter, asked of the tree where the row was read as a page like others."""
        return isinstance(self, CharterPage) or (self.depth == SECTION_DEPTH and CharterPage.objects.filter(pk=self.pk).exists())

    @property
    def is_published(self):
        return self.live and (self.expire_at is None or self.expire_at > clock.now())

    @property
    def is_section(self):
        return self.depth == SECTION_DEPTH

    @property
    def section_path(self):
        return self.path[: SECTION_DEPTH * STEP]

    def heading(self):
        """Return title and summary in the active language, without reading the texts, which lists leave in the database."""
        if _language() == "fr":
            return Heading(self.title, self.summary_fr)
        return Heading(self.title_en or self.title, self.summary_en or self.summary_fr)

    def words(self):
        """Return the page in the active language, or in French where nobody wrote it in English."""
        head = self.heading()
        if _language() == "fr":
            return Words(head.title, head.summary, self.body_fr, "fr", is_translated=True)
        is_translated = bool(self.body_en or not self.body_fr)
        body, language = (self.body_en, "en") if is_translated else (self.body_fr, "fr")
        return Words(head.title, head.summary, body, language, is_translated=is_translated)

    def document(self):
        """Return the search document of the page, in both languages; None while the page is not published."""
        if not self.is_published:
            return None
        said = (self.title_en, self.summary_fr, excerpt(self.body_fr, LONGEST), self.summary_en, excerpt(self.body_en, LONGEST))
        return Document(title=self.title, body="\n".join(part for part in said if part), language="fr", at=self.last_published_at)


def _language():
    return (get_language() or "fr")[:2]


class CharterForm(HandbookForm):
    """A draft may lack a language; what is published is asked of everybody, and stands in both, in words alone."""

    takes_pictures = False

    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred:
            for name in ("body_fr", "body_en"):
                if not (cleaned.get(name) or "").strip():
                    self.add_error(name, ValidationError(_("The charter is published in both languages: this one is empty.")))
        return cleaned

    is_deferred = False

    def defer_required_fields(self):
        self.is_deferred = True
        super().defer_required_fields()

    def restore_required_fields(self):
        self.is_deferred = False
        super().restore_required_fields()


class CharterPage(HandbookPage):
    """The charter as it is written; publishing another text puts a new version in force, and everybody is asked again."""

    max_count = 1
    base_form_class = CharterForm
    parent_page_types = ["pages.HandbookIndex"]
    subpage_types = []

    class Meta:
        verbose_name = _("charter page")
