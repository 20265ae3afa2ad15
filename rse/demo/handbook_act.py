"""The handbook of the demonstration: the head of HR opens its sections, an editor writes and publishes what stands in them."""

from wagtail.models import Page

from rse.core.enums import Role
from rse.core.models import Person
from rse.core.people.services.roles import name_first_holder
from rse.demo import texts
from rse.pages.models import CharterPage, HandbookIndex, HandbookPage
from rse.pages.services import name_section_editor

GUIDE = {
    "slug": "guide-accueil",
    "title": "Guide d’accueil",
    "title_en": "Welcome guide",
    "summary_fr": "Cinq pages courtes pour trouver ses marques, à lire dans l’ordre ou pas.",
    "summary_en": "Five short pages to find your feet, in this order or another.",
}


class HandbookAct:
    """Plays before anybody publishes, because the charter comes into force with its page."""

    def __init__(self, company, life):
        self.company = company

    def begin(self):
        head = self._cast("anne_laure")
        name_first_holder(person=self._cast("nadia"), role=Role.EDITOR)
        editor = self._cast("nadia")
        guide = self._put(HandbookIndex.objects.get(), HandbookPage(**GUIDE), head)
        charter = self._put(HandbookIndex.objects.get(), CharterPage(**_fields(**texts.charter())), head)
        for section in (guide, charter):
            name_section_editor(actor=head, section=section, person=editor)
        editor = self._cast("nadia")  # read again: what one may do is asked once per person object
        for section in (guide, charter):
            _publish(section, editor)
        written = texts.welcome_guide()
        for french, english in zip(written["fr"], written["en"], strict=True):
            _publish(self._put(guide, HandbookPage(**_fields(fr=french, en=english)), editor), editor)

    def _cast(self, key):
        return Person.objects.get(employee_number=self.company.cast[key])

    def _put(self, parent, page, owner):
        """Add ``page`` as a draft under ``parent``, as the screen that adds one leaves it."""
        page.live, page.has_unpublished_changes, page.owner = False, True, owner
        return Page.objects.get(pk=parent.pk).add_child(instance=page)


def _fields(*, fr, en):
    said = {"slug": fr.slug, "title": fr.title, "summary_fr": fr.summary, "body_fr": fr.body}
    return said | {"title_en": en.title, "summary_en": en.summary, "body_en": en.body}


def _publish(page, editor):
    page.save_revision(user=editor).publish(user=editor)
