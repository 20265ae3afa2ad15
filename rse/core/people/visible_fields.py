"""Which fields of a profile a reader sees: cut here, once, for every page, search and export."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..access.kinds import Document
from ..access.rules import can_reach
from ..enums import PersonState, Role, Visibility
from ..models import Person, ReportingLine

CHOSEN = ("about", "work_phone", "languages")
OF_WHOEVER_LEFT = ("about", "languages")  # nobody answers there any more

ANYBODY = frozenset({Visibility.EVERYONE})
COLLEAGUE_OF_TEAM = ANYBODY | {Visibility.TEAM}
HR_OF_UNIT = ANYBODY | {Visibility.HR}
ONESELF = frozenset(Visibility)

# Who one may look through the eyes of: a kind of reader, never a named one, whose memberships that would reveal.
SYNTHETIC = {
    "employee": (_("an employee with no community in common"), ANYBODY),
    "manager": (_("your manager"), COLLEAGUE_OF_TEAM),
    "hr": (_("HR of your unit"), HR_OF_UNIT),
}


def synthetic_reader(key, subject):
    """Return an unsaved reader of this kind who is nobody: present, in no audience, above nobody, with the one role that the kind has."""
    reader = Person(pk=0, state=PersonState.ACTIVE, language=subject.language)
    reader.current_grants = frozenset({(Role.HR.value, subject.unit_id)} if key == "hr" else ())
    return reader


def levels_for(reader, subject):
    """Return the levels of visibility that are open to ``reader`` on the profile of ``subject``.

    A team is the unit, and the line above it.
    """
    if reader.pk == subject.pk:
        return ONESELF
    levels = set(ANYBODY)
    if subject.unit_id and (reader.unit_id == subject.unit_id or Person.objects.filter(pk=reader.pk).above(subject).exists()):
        levels.add(Visibility.TEAM)
    if reader.holds_over(Role.HR, subject.unit_id):
        levels.add(Visibility.HR)
    return frozenset(levels)


def fields_for(levels, subject):
    """Return what of ``subject`` is shown at these levels: ``{field: value}``, without what is empty or cut."""
    shown = {"name": subject.name, "title": subject.worded_title, "unit": subject.unit, "site": subject.site}
    for field in CHOSEN if subject.may_sign_in else OF_WHOEVER_LEFT:
        if getattr(subject, f"{field}_for") in levels:
            shown[field] = getattr(subject, field)
    return {field: value for field, value in shown.items() if value}


def reach_for(reader, subject):
    """Return how ``reader`` reaches ``subject`` at work, in one query: ``{"email", "managers", "team"}``, without what is empty.

    ``managers`` are those directly above whom the reader may see. Empty for whoever may not reach them.
    """
    if not can_reach(reader, subject):
        return {}
    above = ReportingLine.objects.filter(person=subject.pk, depth=1).values("manager")
    managers = list(Person.objects.visible_to(reader).filter(pk__in=above).by_name())
    return {name: value for name, value in (("email", subject.email), ("managers", managers), ("team", subject.unit)) if value}


def document_of_person(person):
    """Return the search document of a person, made of their card and of nothing that they may hide; None for somebody who left."""
    if person.state == PersonState.LEFT:
        return None
    card = (person.title, person.unit and person.unit.name, person.site and person.site.name)
    return Document(title=person.name, body=" · ".join(filter(None, card)), language=settings.LANGUAGE_CODE)
