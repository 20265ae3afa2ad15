"""Who may act here: one predicate per verb, asked by the service that does it and by the page that offers it. When in doubt, no.

A right over the handbook is a right over a branch of it: the head of HR has all of it, an editor the sections they were named for. It is
computed from the role grants that run at this instant, and kept nowhere.
"""

from typing import Any

from django.apps import apps

from rse.core.enums import Role
from rse.core.models import Person
from rse.governance.rules import can_publish_charter


def branches_of(person: Any) -> tuple[str, ...]:
    """Return the paths in the tree below which ``person`` edits now, with those of the sections themselves.

    Asked once per person object.
    """
    if not getattr(person, "is_present", False):
        return ()
    if "handbook_branches" not in person.__dict__:
        person.__dict__["handbook_branches"] = _branches(person)
    return person.__dict__["handbook_branches"]


def _branches(person: Person) -> tuple[str, ...]:
    if person.holds(Role.HR_HEAD):
        rows = apps.get_model("pages.HandbookIndex").objects.order_by("path")
        return tuple(rows.values_list("path", flat=True))
    if person.holds(Role.EDITOR):
        rows = apps.get_model("pages.SectionEditor").objects.filter(person=person.pk).order_by("section__path")
        return tuple(rows.values_list("section__path", flat=True))
    return ()


def can_open_cms(person: Person) -> bool:
    """Allow whoever has something to edit; never a superuser, because Wagtail would ask them nothing."""
    return not getattr(person, "is_superuser", True) and bool(branches_of(person))


def can_edit_page(person: Person, page: Any) -> bool:
    return can_open_cms(person) and page.path.startswith(branches_of(person))


def can_publish_page(person: Person, page: Any) -> bool:
    """Allow whoever edits the page; for the charter, only those among them who may publish a charter."""
    return can_edit_page(person, page) and (not page.is_charter or can_publish_charter(person))


def can_add_picture(person: Person, page: Any) -> bool:
    """Allow whoever edits the page; none in the charter, whose versions are text alone."""
    return can_edit_page(person, page) and not page.is_charter


def can_name_editors(person: Person) -> bool:
    """Allow the head of HR and administrators, who grant the role as well."""
    return person.holds(Role.HR_HEAD, Role.ADMINISTRATOR)


def can_name_editor(person: Person, editor: Any) -> bool:
    """Allow naming another person who holds the role now."""
    return can_name_editors(person) and person.pk != editor.pk and editor.holds(Role.EDITOR)
