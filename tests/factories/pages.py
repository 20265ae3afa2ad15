"""Pages of the handbook, in a tree that is there whatever an earlier test has emptied."""

from wagtail.models import Locale, Page

from rse.core.enums import Role
from rse.pages.models import CharterPage, HandbookIndex, HandbookPage, SectionEditor

from .core import PersonFactory, RoleGrantFactory

NUMBERS = iter(range(1, 1_000_000))


def handbook():
    """The handbook itself, set up again where the tables were emptied."""
    if (found := HandbookIndex.objects.order_by("path").first()) is not None:
        return found
    Locale.objects.get_or_create(language_code="fr")
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    return root.add_child(instance=HandbookIndex(title="Handbook", slug="handbook"))


def make_page(parent=None, *, model=HandbookPage, live=True, **values):
    """A page under ``parent`` (the handbook: then it is a section), published unless said otherwise, as its row stands."""
    number = next(NUMBERS)
    values = {"title": f"Page {number}", "slug": f"page-{number}", "body_fr": f"Texte {number}", "body_en": f"Text {number}"} | values
    # The parent counts its children: it is read again, in case an earlier page was put beside this one.
    parent = handbook() if parent is None else parent
    return type(parent).objects.get(pk=parent.pk).add_child(instance=model(live=live, **values))


def make_section(**values):
    return make_page(**values)


def make_charter_page(**values):
    return make_page(model=CharterPage, **({"title": "Charte", "slug": "charte"} | values))


def editor_of(*sections, person=None):
    """Somebody who holds the role of an editor and was named for these sections."""
    person = person or PersonFactory()
    RoleGrantFactory(person=person, role=Role.EDITOR)
    for section in sections:
        SectionEditor.objects.create(section_id=section.pk, person=person)
    return type(person).objects.get(pk=person.pk)


def publish(page, person):
    """What the button of the screens does."""
    page.save_revision(user=person).publish(user=person)
    return type(page).objects.get(pk=page.pk)
