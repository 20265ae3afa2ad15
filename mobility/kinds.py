"""What of this room can be linked to."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core.access.kinds import Document, Kind, register
from rse.core.web.markdown import excerpt

from .enums import LONGEST_DESCRIPTION
from .models import Application, Opening
from .services import openings


def document_of_opening(opening):
    """Return the search document of a published opening; None of what is a draft, closed or hidden."""
    if not opening.is_published or opening.is_hidden:
        return None
    skills = " ".join(f"{one.label_fr} {one.label_en}" for one in [*opening.needed, *opening.to_learn])
    body = f"{opening.summary} {excerpt(opening.description, LONGEST_DESCRIPTION)} {skills}".strip()
    return Document(title=opening.title, body=body, language=opening.language, at=opening.published_at)


def register_all():
    """Register the kinds of this room."""
    register(
        Kind(
            name="opening",
            model=Opening,
            label=_("Opening"),
            plural=pgettext_lazy("search", "Openings"),
            icon="briefcase",
            card="mobility/_reference.html",
            address=lambda opening: opening.get_absolute_url(),
            title=lambda opening: opening.title,
            with_card=lambda openings: openings.with_card(),
            document=document_of_opening,
            hide=openings.hide_opening_row,
            show=openings.show_opening_row,
        )
    )
    register(
        Kind(
            name="application",
            model=Application,
            label=_("Application"),
            icon="send",
            is_confidential=True,
            address=lambda application: application.get_absolute_url(),
            title=lambda application: _("An application"),
            about=lambda application: application.applicant_id,
        )
    )
