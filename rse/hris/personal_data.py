"""What each field of files of HR is about a person."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core.ops.periods import After, Employed, Span, Until, write
from rse.core.ops.personal_fields import NOT_PERSONAL, Erasure, declare, not_personal, personal

from .services.background import NOTHING_SHOWN, refuse_old


def declare_fields():
    """Fill the registry for imports."""
    not_personal("hris.ImportMapping")
    batch: dict[str, Any] = {"model": "hris.ImportBatch", "since": "uploaded_at", "event": _("the upload")}
    row = After(**batch, things=_("Imports"), lasts=Span(months=36))
    report = After(
        **batch,
        things=_("Reports of imports"),
        lasts=Span(months=12),
        among=~Q(**NOTHING_SHOWN),
        does=write("hris.ImportBatch", **NOTHING_SHOWN),
    )
    file = After(**batch, things=_("Files of imports"), lasts=Span(days=7), among=~Q(stored_path=""), does=refuse_old)
    written = Until(_("the file is written"), "rse.hris.services.background.erase_files")
    sender = personal("who imported which file of HR, and when", retention=row, erasure=Erasure.KEEP)
    shown = personal("what a file of HR changed, as its report shows it", retention=report, is_exported=False)
    before = After(
        model="hris.BeforeImport",
        things=_("What stood before an import"),
        since="batch__applied_at",
        event=_("the import"),
        lasts=Span(days=7),
    )
    undone = personal("to undo an import", retention=before, is_exported=False)
    declare("hris.BeforeImport", batch=undone, what=NOT_PERSONAL, rows=undone)
    settings = (
        "public_id",
        "kind",
        "state",
        "refusal",
        "refusal_params",
        "skips_bad_rows",
        "allows_departures",
        "allows_older",
        "digest",
        "dated_on",
        "profile",
        "is_from_folder",
        "is_by_hand",
    )
    progress = ("problem_count", "progress_done", "progress_total", "attempts", "leased_until")
    declare(
        "hris.ImportBatch",
        file_name=sender,
        uploaded_by=sender,
        compared_by=sender,
        uploaded_at=sender,
        applied_at=sender,
        undone_at=sender,
        undone_by=sender,
        stored_path=personal("to write what a file of HR says", retention=(written, file), is_exported=False),
        examples=shown,
        problems=shown,
        counts=shown,
        mapping=shown,  # with whom the answers mean
        allowed_holders=shown,
        **dict.fromkeys((*settings, *progress), NOT_PERSONAL),
    )
    by_hand_of: dict[str, Any] = {"model": "hris.Correction", "things": _("Corrections by hand")}
    corrected = personal(
        "what HR corrected by hand of somebody, by whom and why: the next file asks before it writes something else",
        retention=(
            After(**by_hand_of, since="corrected_at", event=_("the correction"), lasts=Span(months=36)),
            Employed(**by_hand_of, lasts=Span(days=30)),
        ),
    )
    by_hand = ("person", "corrected_by", "corrected_at", "reason", "values", "closed_at")
    declare("hris.Correction", batch=NOT_PERSONAL, **dict.fromkeys(by_hand, corrected))
    absent = personal(
        "to ask HR about somebody whom a file does not name, and to know later why an access ended",
        retention=After(
            model="hris.UnlistedPerson",
            things=_("Questions about people whom no file names"),
            since="closed_at",
            event=_("the answer"),
            lasts=Span(months=36),
        ),
        erasure=Erasure.KEEP,
    )
    said = ("person", "noticed_at", "due_on", "answer", "answered_by", "answered_at", "shut_out_on", "closed_at", "closed_as")
    declare("hris.UnlistedPerson", batch=NOT_PERSONAL, **dict.fromkeys(said, absent))
