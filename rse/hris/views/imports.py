from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.pagination import page_of
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.responses import is_swap, led_to

from .. import rules
from ..files.columns import ColumnMapping
from ..files.kept import private_in
from ..files.problems import FileRefused, RowProblem
from ..files.survey import Survey
from ..forms import ColumnsForm, UploadForm
from ..models import ImportBatch, ImportMapping
from ..page_context import is_open, told_of
from ..services.background import NotTheLast, table_of, undo_import
from ..services.imports import NotNow, choose_columns, receive_file, throw_away, write_changes
from ..services.undoing import is_last, look

State = ImportBatch.State
PROFILES = 30
NAMED = 12  # people whom a preview of undoing names
YES = ("skips_bad_rows", "allows_older")
OLDER = ("older_file", "sent_before")
SURVEYED = 300  # records that a page looks at for three values of each column


def _only_importers(person):
    if not rules.can_import_people(person):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def import_list(request):
    """Receive a file of HR, and list earlier ones."""
    _only_importers(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = {"kind": form.cleaned_data["kind"], "layout": form.layout()}
            batch = receive_file(actor=request.user, upload=form.cleaned_data["file"], **said)
        except FileRefused as refused:
            form.add_error("file", refused.sentence())
        else:
            return led_to(request, "imports:detail", public_id=batch.public_id)
    batches = ImportBatch.objects.visible_to(request.user).select_related("uploaded_by")
    page = page_of(batches, request, order=("-uploaded_at", "-pk"), size=20)
    profiles = ImportMapping.objects.visible_to(request.user).order_by("-used_at", "-pk")[:PROFILES]
    context = {"form": form, "page": page, "profiles": profiles, "folder": settings.IMPORT_DIR}
    return render(request, "hris/list.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def import_detail(request, public_id):
    """Render one file and take the next step: what its columns mean, what it would change, what it changed."""
    _only_importers(request.user)
    batch = ImportBatch.objects.visible_to(request.user).filter(public_id=public_id).select_related("uploaded_by", "compared_by").first()
    if batch is None:
        raise Http404
    form, status = _columns_form(request, batch), 200
    if request.method == "POST":
        try:
            if _act(request, batch, form):
                return redirect("imports:detail", public_id=public_id)
            status = 422
        except NotNow:
            status = 409
        batch.refresh_from_db()
    context = {"batch": batch, "mapping_form": form, "is_unreadable": form is None and is_open(batch), **told_of(batch, request.user)}
    return render(request, "hris/_batch.html" if is_swap(request) else "hris/detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def import_undo(request, public_id):
    """Render what undoing the last import would do, and undo it."""
    if not rules.can_undo_import(request.user):
        raise PermissionDenied
    batch = get_visible_or_404(ImportBatch, request.user, public_id=public_id)
    if request.method == "POST":
        try:
            undo_import(actor=request.user, batch=batch)
        except NotTheLast:
            return render(request, "hris/undo.html", {"batch": batch, "undoing": None}, status=409)
        return redirect("imports:detail", public_id=public_id)
    undoing = look(batch) if is_last(batch) else None
    context = {"batch": batch, "undoing": undoing, "groups": _groups(undoing, request.user) if undoing else []}
    return render(request, "hris/undo.html", context)


def _groups(undoing, reader):
    """Return what undoing does to people: a sentence with its count, and the first names where this reader may see them."""
    several = (
        (undoing.go, _("came by this file and never came in: they leave again")),
        (undoing.stay, _("came by this file and have come in since: they stay")),
        (
            undoing.back,
            _("left by this file: they are here again, with their profile, place and password; what ended then does not come back"),
        ),
        ([pk for pk, _day in undoing.gone_again], _("came back by this file and have not come in since: they leave again")),
        ([pk for pk, _values in undoing.changed], _("become again what they were before this file")),
    )
    asked = [pk for people, _words in several for pk in people[:NAMED]]
    names = {one.pk: one.name for one in Person.objects.visible_to(reader).filter(pk__in=asked)}
    return [
        {"count": len(people), "words": words, "names": [names[pk] for pk in people[:NAMED] if pk in names], "more": len(people) > NAMED}
        for people, words in several
        if people
    ]


def _columns_form(request, batch):
    if not is_open(batch):
        return None
    try:
        survey = Survey.of(table_of(batch), most=SURVEYED)
    except FileRefused:
        return None
    private = private_in(Path(batch.stored_path))
    bound = request.POST if request.method == "POST" and request.POST.get("do") == "compare" else None
    return ColumnsForm(
        bound,
        columns=[seen for header, seen in survey.columns.items() if header not in private],
        mapping=ColumnMapping.from_json(batch.mapping),
        namesakes=_namesakes(batch),
        known=_known(batch, request.user),
        corrected=_corrected(batch),
        initial={name: getattr(batch, name) for name in YES},
        is_older=batch.refusal in OLDER or batch.allows_older,
    )


def _namesakes(batch):
    """Return what the comparison found that only a person can say: each cell once that names several people, with these."""
    shared = [RowProblem.from_json(one).params for one in batch.problems if one[2] == "manager_shared_name"]
    return {params["value"]: [tuple(one) for one in params["people"]] for params in shared}.items()


def _corrected(batch):
    """Return those of the file of whom HR corrected something that it does not know, each once: the number, and what the file says."""
    asked: dict[str, list[str]] = {}
    for one in (RowProblem.from_json(one) for one in batch.problems if one[2] == "corrected_by_hand"):
        asked.setdefault(one.params["number"], []).append(one.params["value"] or "–")
    words = _("Number %(number)s: HR corrected something by hand, and the file says %(values)s.")
    return [(number, words % {"number": number, "values": ", ".join(values)}) for number, values in asked.items()]


def _known(batch, reader):
    """Return those of the file who may be known here under another number; who that is, is named where this reader may see them."""
    asked = [RowProblem.from_json(one) for one in batch.problems if one[2] == "same_person"]
    people = Person.objects.visible_to(reader).filter(pk__in=[one.params["person"] for one in asked])
    names = {person.pk: person.name for person in people}
    words = _("Line %(line)s, number %(number)s: the same person as %(name)s, who is known here?")
    for one in asked:
        name = names.get(one.params["person"]) or _("somebody whom you may not see")
        yield one.params["number"], one.params["person"], words % {"line": one.line, "number": one.params["number"], "name": name}


def _act(request, batch, form):
    """Do what the button said, and return whether it was done: where it was not, ``form`` says why.

    Raises:
        NotNow: another window was faster, or the file opens no more.

    """
    action = request.POST.get("do")
    if action == "discard":
        throw_away(actor=request.user, batch=batch)
    elif action == "apply":
        allows_departures = bool(request.POST.get("allows_departures"))
        holders = request.POST.getlist("holder")
        write_changes(actor=request.user, batch=batch, allows_departures=allows_departures, allowed_holders=holders)
    elif form is None:
        raise NotNow
    else:
        return form.is_valid() and _chosen(request.user, batch, form)
    return True


def _chosen(actor, batch, form):
    """Store the columns of a valid form, and return whether they were taken."""
    try:
        choose_columns(actor=actor, batch=batch, said=form.said(), **{name: form.cleaned_data[name] for name in YES})
    except FileRefused as refused:
        form.add_error(None, refused.sentence())
        return False
    return True
