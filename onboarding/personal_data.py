"""What each field of this room is about a person."""

from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, Employed, Span, write
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, personal

from .queries import journeys_over


def declare_fields():
    """Fill the registry for cohorts, journeys and their template."""
    over = After(
        model="onboarding.Journey",
        things=_("Journeys"),
        since="newcomer__trial_ends_on",
        event=_("the end of the trial period"),
        lasts=Span(months=12),
        rows=journeys_over,
    )
    duty, published = (
        personal(
            "who looks after a cohort or wrote the template",
            retention=Employed(
                model=f"onboarding.{model}",
                things=things,
                person=person,
                lasts=Span(days=30),
                does=write(f"onboarding.{model}", **{person: None}),
            ),
            erasure=Erasure.ANONYMISE,
        )
        for model, person, things in (
            ("Cohort", "host", _("Those who look after cohorts")),
            ("TemplateVersion", "published_by", _("Those who wrote the template")),
        )
    )
    declare(
        "onboarding.Cohort",
        public_id=NOT_PERSONAL,
        month=NOT_PERSONAL,
        site=NOT_PERSONAL,
        first_day=NOT_PERSONAL,
        state=NOT_PERSONAL,
        host=duty,
        community=NOT_PERSONAL,
        audience=NOT_PERSONAL,
        opened_at=NOT_PERSONAL,
    )
    declare("onboarding.JourneyTemplate", code=NOT_PERSONAL)
    declare(
        "onboarding.TemplateVersion",
        template=NOT_PERSONAL,
        number=NOT_PERSONAL,
        state=NOT_PERSONAL,
        version=NOT_PERSONAL,
        published_at=NOT_PERSONAL,
        published_by=published,
        created_at=NOT_PERSONAL,
    )
    step = dict.fromkeys(("of", "position", "kind", "actor", "day", "title_fr", "title_en", "text_fr", "text_en"), NOT_PERSONAL)
    declare(
        "onboarding.TemplateStep",
        public_id=NOT_PERSONAL,
        **step,
        page=NOT_PERSONAL,
        community=NOT_PERSONAL,
        is_private=NOT_PERSONAL,
        version=NOT_PERSONAL,
    )
    way = personal("to welcome somebody who arrives: what is due, what is done", retention=over)
    note = personal("what HR notes to follow a journey", retention=over)
    declare(
        "onboarding.Journey",
        public_id=NOT_PERSONAL,
        newcomer=way,
        buddy=way,
        buddy_seat=NOT_PERSONAL,
        cohort=way,
        template_version=NOT_PERSONAL,
        hired_on=way,
        starts_on=way,
        state=way,
        admitted_at=way,
        invited_at=way,
        paused_on=way,
        ended_at=way,
        ended_because=way,
        hr_note=note,
        note_version=NOT_PERSONAL,
        version=NOT_PERSONAL,
    )
    declare(
        "onboarding.JourneyStep",
        journey=way,
        template_step=NOT_PERSONAL,
        position=NOT_PERSONAL,
        actor=NOT_PERSONAL,
        due_on=way,
        done_at=way,
        done_by=way,
        words=personal("what the newcomer writes for themselves and HR", retention=over),
        reminded_at=way,
        version=NOT_PERSONAL,
    )
    asked = personal("who was asked to welcome whom, and what was said of it", retention=over)
    declare(
        "onboarding.BuddyRequest",
        public_id=NOT_PERSONAL,
        journey=asked,
        newcomer=asked,
        person=asked,
        asked_by=asked,
        message=asked,
        state=asked,
        asked_at=asked,
        expires_at=asked,
        answered_at=asked,
        thanks=asked,
        confirmation=asked,
    )
