"""Pages of the handbook, in a tree that is there whatever an earlier test has emptied."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.models import Locale, Page

from rse.core import clock
from rse.core.enums import Role
from rse.core.pictures.drawing import draw_anew, name_in
from rse.core.public_ids import random_id
from rse.pages.models import CharterPage, HandbookIndex, HandbookPage, PagePicture, SectionEditor
from rse.pages.services.pictures import FOLDER

from .core import PersonFactory, RoleGrantFactory
from .feed import picture_file

NUMBERS = iter(range(1, 1_000_000))
_drawn = []


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


def page_picture(page):
    """A picture of ``page`` with its file, drawn once for all as the product draws it."""
    name = name_in(FOLDER, random_id())
    if _drawn:
        default_storage.save(name, ContentFile(_drawn[0]))
    else:
        draw_anew(picture_file(), {name: 40})
        _drawn.append(default_storage.open(name).read())
    return PagePicture.objects.create(handbook_page=page, stored=name, width=40, height=30, uploaded_at=clock.now())
