"""What is read of the handbook, always for one reader."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from rse.core.enums import Role
from rse.core.models import Person, RoleGrant

from .models import HandbookPage, PagePicture, SectionEditor


@dataclass
class Section:
    page: HandbookPage
    pages: list[HandbookPage] = field(default_factory=list)


def page_at(person, slug):
    """Return the page at this address, None where ``person`` reads none; of two given one slug in one moment, the first in order."""
    return HandbookPage.objects.visible_to(person).filter(slug=slug).in_order().first()


def sections_for(person):
    """Return the published sections, each with its published pages, in the order of the handbook; two queries at most.

    A page whose section is not published stands by itself, at the end.
    """
    pages = HandbookPage.objects.visible_to(person).published().in_order().defer("body_fr", "body_en")
    sections, loose = {}, []
    for page in pages:
        if page.is_section:
            sections[page.path] = Section(page)
        elif page.section_path in sections:
            sections[page.section_path].pages.append(page)
        else:
            loose.append(Section(page))
    return [*sections.values(), *loose]


def beside(person, page):
    """Return the published pages of the section of ``page``, with that page, as ``person`` reads them."""
    pages = HandbookPage.objects.visible_to(person).published().filter(path__startswith=page.section_path)
    return list(pages.in_order().defer("body_fr", "body_en"))


def text_for(person, page, words):
    """Return the text of ``page`` in these ``words``, with room for the pictures that ``person`` sees: one query where it shows any."""
    text = words.text(shows_pictures=not page.is_charter)
    if not (ids := text.pictures):
        return text
    rows = PagePicture.objects.visible_to(person).filter(public_id__in=ids).order_by("pk")
    return text.with_sizes({public_id: size for public_id, *size in rows.values_list("public_id", "width", "height")})


def published_charter_page(person):
    return HandbookPage.objects.visible_to(person).published().filter(charterpage__isnull=False).in_order().first()


def all_sections():
    """Return the queryset of the sections with their editors, published or not: for those who name editors."""
    editors = Prefetch("editors", SectionEditor.objects.select_related("person").order_by("person__sorts_as", "pk"))
    return HandbookPage.objects.sections().in_order().defer("body_fr", "body_en").prefetch_related(editors)


def section(slug):
    return HandbookPage.objects.sections().filter(slug=slug).in_order().first()


def nameable(reader):
    """Return the queryset of those whom ``reader`` may name: holders of the role of an editor now, never the reader."""
    holders = RoleGrant.objects.current().filter(role=Role.EDITOR).values("person")
    return Person.objects.visible_to(reader).present().filter(pk__in=holders).exclude(pk=reader.pk).by_name()
