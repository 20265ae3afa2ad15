"""The journey of those who arrive: drafted by HR, published, then never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.people.handles import holds_handle
from rse.core.people.services.refusals import allow
from rse.core.versions import expect_version, save_over

from .. import events, queries, rules
from ..enums import MOST_STEPS, Actor, StepKind, VersionState
from ..models import JourneyTemplate, TemplateStep, TemplateVersion
from ..starter_template import starter_steps

if TYPE_CHECKING:
    from rse.core.models import Person

ARRIVAL = "arrival"
FIELDS = ("kind", "actor", "day", "title_fr", "title_en", "text_fr", "text_en", "page", "community", "is_private")
TEXTS = ("title_fr", "title_en", "text_fr", "text_en", "page")
ASIDE = 30_000  # a position that no step has, for the moment in which two of them change places


class NothingToPublish(Exception):
    """The draft has no step of the newcomer."""


class TooManySteps(Exception):
    """The draft has as many steps as a journey may have."""


@transaction.atomic
def current_version() -> TemplateVersion:
    """Return the version that journeys follow which begin now; the starter template, written on the first call, where HR published none."""
    template = JourneyTemplate.objects.get_or_create(code=ARRIVAL)[0]
    published = TemplateVersion.objects.filter(template=template).published().newest_first().first()
    return published or _load_starter(template)


def _load_starter(template: JourneyTemplate) -> TemplateVersion:
    try:
        with transaction.atomic():
            number = (TemplateVersion.objects.filter(template=template).aggregate(last=Max("number"))["last"] or 0) + 1
            version = TemplateVersion.objects.create(
                template=template, number=number, state=VersionState.PUBLISHED, published_at=clock.now()
            )
            TemplateStep.objects.bulk_create(
                TemplateStep(of=version, position=position, **step) for position, step in enumerate(starter_steps(), start=1)
            )
    except IntegrityError:  # another process was a moment earlier
        return TemplateVersion.objects.filter(template=template).published().newest_first()[0]
    return version


def _locked(draft: TemplateVersion) -> TemplateVersion:
    return TemplateVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.pk)


@transaction.atomic
def start_draft(*, editor: Person) -> TemplateVersion:
    """Create a draft with the steps of the version in force, or return the one that is there already.

    Raises:
        PermissionDenied: the editor does not edit the template.

    """
    allow(rules.can_edit_template(editor))
    source = current_version()
    drafts = TemplateVersion.objects.filter(template=source.template_id, state=VersionState.DRAFT)
    if draft := drafts.first():
        return draft
    try:
        with transaction.atomic():
            draft = TemplateVersion.objects.create(template_id=source.template_id, number=source.number + 1)
            TemplateStep.objects.bulk_create(
                TemplateStep(of=draft, position=position, **{name: getattr(step, name) for name in FIELDS})
                for position, step in enumerate(source.steps.order_by("position"), start=1)
            )
    except IntegrityError:
        return drafts[0]
    return draft


@transaction.atomic
def discard_draft(*, editor: Person, draft: TemplateVersion) -> None:
    """Delete the draft; what is published stays.

    Raises:
        PermissionDenied: the editor does not edit the template, or it is published.

    """
    draft = _locked(draft)
    allow(rules.can_edit_version(editor, draft))
    draft.delete()


@transaction.atomic
def add_step(*, editor: Person, draft: TemplateVersion, **values: Any) -> TemplateStep:
    """Add a step at the end.

    Raises:
        PermissionDenied: the editor does not edit the template, it is published, or a text is too long.
        TooManySteps: a journey has no room for more.

    """
    draft = _locked(draft)
    allow(rules.can_edit_version(editor, draft) and _may_be_written(values))
    last = draft.steps.aggregate(last=Max("position"))["last"] or 0
    if draft.steps.count() >= MOST_STEPS:
        raise TooManySteps
    step = TemplateStep.objects.create(of=draft, position=last + 1, **_sensible(values))
    _touch(draft)
    return step


def _may_be_written(values: dict[str, Any]) -> bool:
    """Only what a step is made of, no longer than its columns say; its titles name nobody by a handle."""
    longest = {name: TemplateStep._meta.get_field(name).max_length or 0 for name in TEXTS}
    if set(values) - set(FIELDS) or any(holds_handle(values.get(name, "")) for name in ("title_fr", "title_en")):
        return False
    return all(len(values.get(name, "")) <= most for name, most in longest.items())


def _sensible(values: dict[str, Any]) -> dict[str, Any]:
    """What is written, is written by the newcomer; what manager or buddy do cannot be kept from them."""
    if values.get("kind") == StepKind.WRITE:
        values = values | {"actor": Actor.NEWCOMER}
    if values.get("actor") in (Actor.MANAGER, Actor.BUDDY):
        values = values | {"is_private": False}
    return values


def _touch(draft: TemplateVersion) -> None:
    TemplateVersion.objects.filter(pk=draft.pk).update(version=F("version") + 1)


@transaction.atomic
def edit_step(*, editor: Person, step: TemplateStep, version: int, **values: Any) -> TemplateStep:
    """Save a step of the draft, if nobody saved it since ``version``.

    Raises:
        PermissionDenied: the editor does not edit the template, it is published, or a text is too long.
        EditedMeanwhile: the step has moved on, or is gone; nothing was written.

    """
    draft = _locked(step.of)
    allow(rules.can_edit_version(editor, draft) and _may_be_written(values))
    if values.get("community") is None and not queries.communities_for(editor, [step.community_id]):
        values.pop("community", None)  # whoever may not know of it did not take it away
    save_over(TemplateStep.objects.filter(pk=step.pk), version, _sensible(values))
    _touch(draft)
    return TemplateStep.objects.get(pk=step.pk)


@transaction.atomic
def remove_step(*, editor: Person, step: TemplateStep) -> None:
    """Delete the step from the draft.

    Raises:
        PermissionDenied: the editor does not edit the template, or it is published.

    """
    draft = _locked(step.of)
    allow(rules.can_edit_version(editor, draft))
    TemplateStep.objects.filter(pk=step.pk).delete()
    _touch(draft)


@transaction.atomic
def move_step(*, editor: Person, step: TemplateStep, is_up: bool) -> None:
    """Move the step before the one above it, or after the one below; at the end of the list nothing happens.

    Raises:
        PermissionDenied: the editor does not edit the template, or it is published.

    """
    draft = _locked(step.of)
    allow(rules.can_edit_version(editor, draft))
    here = TemplateStep.objects.get(pk=step.pk)
    others = draft.steps.filter(position__lt=here.position) if is_up else draft.steps.filter(position__gt=here.position)
    other = others.order_by("-position" if is_up else "position").first()
    if other is None:
        return
    steps = TemplateStep.objects
    steps.filter(pk=here.pk).update(position=ASIDE)
    steps.filter(pk=other.pk).update(position=here.position)
    steps.filter(pk=here.pk).update(position=other.position)
    _touch(draft)


@transaction.atomic
def publish_draft(*, editor: Person, draft: TemplateVersion, version: int) -> TemplateVersion:
    """Publish the draft: journeys that begin from now on follow it; those that run keep what they have.

    Raises:
        PermissionDenied: the editor does not edit the template, or it is published already.
        NothingToPublish: no step of it is the newcomer's.
        EditedMeanwhile: somebody changed it since ``version``: look at it again.

    """
    draft = _locked(draft)
    allow(rules.can_edit_version(editor, draft))
    expect_version(draft, version)
    if not draft.steps.filter(actor=Actor.NEWCOMER).exists():
        raise NothingToPublish
    TemplateVersion.objects.filter(pk=draft.pk).update(state=VersionState.PUBLISHED, published_at=clock.now(), published_by=editor)
    publish(events.TemplatePublished(actor_id=editor.pk))
    return TemplateVersion.objects.get(pk=draft.pk)
