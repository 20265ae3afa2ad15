"""Pages that were published, the charter that comes into force with one, and who edits which section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core.events.bus import publish
from rse.governance.queries import current_charter
from rse.governance.services.charter import publish_charter

from .. import events, rules
from ..models import CharterPage, HandbookPage, SectionEditor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rse.core.models import Person
    from rse.governance.models import Charter


class NamedAlready(Exception):
    """This person edits this section already."""


@transaction.atomic
def note_published(*, page: HandbookPage, publisher: Person | None) -> None:
    """Publish that a page went live, for search; the charter comes into force when it is its page and the text is another.

    Raises:
        PermissionDenied: the charter, by somebody who may not publish it.
        TextMissing: the charter, without its text in both languages.

    """
    if page.is_charter:
        put_charter_in_force(page=page, publisher=publisher)
    publish(events.PagePublished(actor_id=publisher.pk if publisher else None, subject=("page", page.pk), document=("page", page.pk)))


@transaction.atomic
def put_charter_in_force(*, page: HandbookPage, publisher: Person | None) -> Charter | None:
    """Create a version of the charter with the text of ``page``; None when the version in force says it already.

    Raises:
        PermissionDenied: nobody published it, or somebody who may not.
        TextMissing: one of the languages is empty, or too long.

    """
    CharterPage.objects.select_for_update(of=("self",), no_key=True).get(pk=page.pk)
    body_fr, body_en = _lines(page.body_fr), _lines(page.body_en)
    newest = current_charter()
    if newest and (_lines(newest.body_fr), _lines(newest.body_en)) == (body_fr, body_en):
        return None
    if publisher is None:
        raise PermissionDenied
    return publish_charter(publisher=publisher, body_fr=body_fr, body_en=body_en)


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@transaction.atomic
def note_unpublished(*, page: HandbookPage, actor: Person | None) -> None:
    """Publish that a page is no longer live, or is about to be deleted: search forgets it."""
    publish(events.PageUnpublished(actor_id=actor.pk if actor else None, subject=("page", page.pk), document=("page", page.pk)))


@transaction.atomic
def note_moved(*, page: HandbookPage, actor: Person | None) -> None:
    """Publish that a page stands elsewhere, where others may edit it."""
    publish(events.PageMoved(actor_id=actor.pk if actor else None, subject=("page", page.pk), document=("page", page.pk)))


@transaction.atomic
def name_section_editor(*, actor: Person, section: HandbookPage, person: Person) -> SectionEditor:
    """Let ``person`` edit ``section`` and what is under it from now on.

    Raises:
        PermissionDenied: the actor may not, means themselves, or the person is no editor; or it is no section.
        NamedAlready: they edit it already.

    """
    if not rules.can_name_editor(actor, person) or not section.is_section:
        raise PermissionDenied
    try:
        with transaction.atomic():
            named = SectionEditor.objects.create(section_id=section.pk, person=person, named_by=actor)
    except IntegrityError as error:
        raise NamedAlready from error
    publish(events.SectionEditorNamed(actor_id=actor.pk, subject=("page", section.pk), recipient_ids=(person.pk,)))
    return named


@transaction.atomic
def end_section_editor(*, actor: Person, section: HandbookPage, person: Person) -> None:
    """End the editing of ``section`` by ``person``; a second time changes nothing.

    Raises:
        PermissionDenied: the actor may not.

    """
    if not rules.can_name_editors(actor):
        raise PermissionDenied
    gone, _rows = SectionEditor.objects.filter(section=section.pk, person=person).delete()
    if gone:
        publish(events.SectionEditorEnded(actor_id=actor.pk, subject=("page", section.pk), recipient_ids=(person.pk,)))


def end_sections_of(person_ids: Sequence[int]) -> None:
    """Delete the sections of those of these people who are no editors any more: a role given anew begins without any."""
    SectionEditor.objects.filter(person__in=person_ids).without_role().delete()


@transaction.atomic
def end_sections_without_role() -> None:
    """Delete the sections of everybody whose role of an editor ran out by itself."""
    SectionEditor.objects.without_role().delete()
