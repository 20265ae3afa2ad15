"""Pages of the handbook: how each action is tried. Same shape as ``probes``, which joins these.

The screens answer 404 to whoever has nothing to edit. Where the page itself is known to somebody who is there, the table calls that
refused: they see the page, and no way to change it.
"""

from django.urls import reverse

from rse.pages.models import HandbookPage, SectionEditor
from tests.factories import RoleGrantFactory
from tests.factories.pages import make_page, make_section

BUILT = {("page", "published"), ("page", "draft")}
WORDS = {"summary_fr": "", "body_fr": "Texte", "title_en": "", "summary_en": "", "body_en": ""}


def page_of(world, *, live):
    """A page that the subject wrote in the section that the subject and the column WE were named for."""
    section = make_section()
    for code in ("SU", "WE"):
        person = world.principal(code)
        SectionEditor.objects.get_or_create(section_id=section.pk, person=person)
    return make_page(section, live=live, owner=world.SU, title="Words of the subject")


def probe(act, *, live, by_subject=True):
    """``by_subject``: whoever wrote a page is an editor; who is only its subject is not."""

    def run(world, person, browser):
        page = page_of(world, live=live)
        if by_subject:
            RoleGrantFactory(person=world.SU, role="editor")
        if person is None or not person.may_sign_in:
            return "L" if browser.get(page.get_absolute_url()).status_code == 302 else "?"
        if act(page, person, browser):
            return "A"
        knows = HandbookPage.objects.visible_to(type(person).objects.get(pk=person.pk)).filter(pk=page.pk).exists()
        return "F" if knows and person.is_present else "N"

    return run


def listed(page, person, browser):
    if page.live:
        return page.title in browser.get(reverse("handbook:index")).text
    return HandbookPage.objects.visible_to(person).filter(pk=page.pk).exists()


def viewed(page, person, browser):
    return browser.get(page.get_absolute_url()).status_code == 200


def created(page, person, browser):
    section = page.get_parent()
    answer = browser.post(f"/cms/pages/add/pages/handbookpage/{section.pk}/", {"title": "Another"} | WORDS)
    return answer.status_code == 302 and HandbookPage.objects.filter(title="Another").exists()


def edited(page, person, browser):
    answer = browser.post(f"/cms/pages/{page.pk}/edit/", {"title": "Changed"} | WORDS)
    return answer.status_code == 302 and HandbookPage.objects.get(pk=page.pk).draft_title == "Changed"


def deleted(page, person, browser):
    answer = browser.post(f"/cms/pages/{page.pk}/delete/", {})
    return answer.status_code == 302 and not HandbookPage.objects.filter(pk=page.pk).exists()


PROBES = {
    ("page", "published", "list"): probe(listed, live=True),
    ("page", "published", "view"): probe(viewed, live=True),
    ("page", "published", "create"): probe(created, live=True, by_subject=False),
    ("page", "published", "edit"): probe(edited, live=True),
    ("page", "published", "delete"): probe(deleted, live=True),
    ("page", "draft", "list"): probe(listed, live=False),
    ("page", "draft", "view"): probe(viewed, live=False),
    ("page", "draft", "edit"): probe(edited, live=False),
    ("page", "draft", "delete"): probe(deleted, live=False),
}
CONDITIONS = {
    ("page", "published", "list"): {"EX": "A"},
    ("page", "published", "view"): {"EX": "A"},
    ("page", "published", "create"): {"WE": "A"},
    ("page", "published", "edit"): {"WE": "A"},
    ("page", "published", "delete"): {"WE": "A", "SU": "A"},
    ("page", "draft", "list"): {"WE": "A"},
    ("page", "draft", "view"): {"WE": "A"},
    ("page", "draft", "edit"): {"WE": "A"},
    ("page", "draft", "delete"): {"WE": "A"},
}
