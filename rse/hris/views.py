import datetime
from collections import Counter
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rse.core.access.rules import can_ask_roles
from rse.core.days import date_format
from rse.core.enums import Role
from rse.core.models import Person
from rse.core.web.pagination import page_of
from rse.core.web.sealing import seal, unseal
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.responses import is_swap, led_to
from rse.core.web.views.roles import in_words

from . import rules
from .files.columns import COLUMNS, ColumnMapping
from .files.comparison import KINDS, LABELS
from .files.kept import private_in
from .files.problems import FileRefused, RowProblem, refusal_sentence
from .files.report import shown
from .files.role_lines import UnknownColumns, sentence_of
from .files.survey import Survey
from .files.understanding import Fact
from .forms import ColumnsForm, RoleFileForm, UploadForm
from .models import ImportBatch
from .role_files import MADE, MOST_BY_ONE_YES, REFUSED, STANDS, FileGone, PlanMoved, name_by_file, plan_of, preview_roles
from .services import NotNow, choose_columns, receive_file, table_of, throw_away, write_changes

State = ImportBatch.State
SHOWN = 100
SHOWN_ROLES = 300
PLACE = "file of roles"
SURVEYED = 300  # records that a page looks at for three values of each column
OF_PEOPLE = frozenset({*KINDS, "unchanged", "rows", "leaving", "active", "unidentified", "errors", "warnings", "holders", "understood"})


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
    return render(request, "hris/list.html", {"form": form, "page": page}, status=422 if form.is_bound else 200)


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
    context = {"batch": batch, "mapping_form": form, "is_unreadable": form is None and _is_open(batch), **_told(batch, request.user)}
    return render(request, "hris/_batch.html" if is_swap(request) else "hris/detail.html", context, status=status)


def _columns_form(request, batch):
    if not _is_open(batch):
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
        initial={"skips_bad_rows": batch.skips_bad_rows},
    )


def _namesakes(batch):
    """What the comparison found that only a person can say: each cell once that names several people, with these."""
    shared = [RowProblem.from_json(one).params for one in batch.problems if one[2] == "manager_shared_name"]
    return {params["value"]: [tuple(one) for one in params["people"]] for params in shared}.items()


def _known(batch, reader):
    """Those of the file who may be known here under another number; who that is, is named where this reader may see them."""
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
        choose_columns(actor=actor, batch=batch, said=form.said(), skips_bad_rows=form.cleaned_data["skips_bad_rows"])
    except FileRefused as refused:
        form.add_error(None, refused.sentence())
        return False
    return True


def _is_open(batch):
    """Whether the file waits for what somebody says."""
    return batch.state in {State.UPLOADED, State.PREVIEWED} and not batch.is_moving


def _told(batch, reader):
    """What the page says of the file."""
    counts = batch.counts
    has_outcome = batch.state in {State.PREVIEWED, State.APPLIED} and bool(counts)
    changed = sum(counts.get(name, 0) for name in KINDS) if has_outcome else 0
    problems = [_problem(RowProblem.from_json(one)) for one in batch.problems]
    organisation = sum(value for name, value in counts.items() if name not in OF_PEOPLE) if has_outcome else 0
    return {
        "understood": [Fact.from_json(one).sentence() for one in counts.get("understood", ())] if has_outcome else [],
        "private": private_in(Path(batch.stored_path)) if _is_open(batch) else (),
        "refusal": refusal_sentence(batch.refusal, batch.refusal_params) if batch.refusal else "",
        "figures": [(counts.get(name, 0), label) for name, label in KINDS.items()] if has_outcome else [],
        "has_changes": bool(changed or organisation),
        "needs_departures": _departures(counts) if has_outcome else "",
        "holders": counts.get("holders", []) if has_outcome else [],
        "may_name_holders": rules.can_name_holders(reader, batch),
        "problems": problems[:SHOWN],
        "problem_places": Counter(one["column"] or _("The whole line") for one in problems).most_common(),
        "changes": _changes(batch.examples[:SHOWN], reader) if has_outcome else [],
        "more_changes": changed > SHOWN,
    }


def _departures(counts):
    """The question to answer first when more than one person in ten would leave."""
    leaving, active = counts.get("leaving", 0), counts.get("active", 0)
    if not active or leaving * 10 <= active:
        return ""
    return _("%(leaving)s of %(active)s people would leave, more than one in ten. Is this the whole file?") % {
        "leaving": leaving,
        "active": active,
    }


def _problem(problem):
    column = COLUMNS.get(problem.column)
    return {
        "line": problem.line,
        "column": column.label if column else "",
        "message": problem.sentence(),
        "is_warning": not problem.is_error,
    }


def _changes(examples, reader):
    """Return the changes to show: values of the file, and the names of who is not in it where this reader may see them."""
    absent = [one["person"] for one in examples if "person" in one]
    names = {person.pk: person.name for person in Person.objects.visible_to(reader).filter(pk__in=absent)} if absent else {}
    return [_change(one, names) for one in examples]


def _change(one, names):
    name = one["name"] if "name" in one else names.get(one["person"]) or _("somebody who is not in the file")
    parts = [{"label": LABELS.get(field, field), "after": shown(field, after)} for field, after in one.get("fields", ())]
    return {"kind": KINDS[one["kind"]], "name": name, "number": one.get("number", ""), "parts": parts}


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def role_file(request):
    """Render what a file of roles would do, line by line; and do it after a yes to what was shown."""
    if not can_ask_roles(request.user):
        raise PermissionDenied
    if request.method == "POST" and "plan" in request.POST:
        return _say_yes_to_roles(request)
    form = RoleFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            name, plan = preview_roles(actor=request.user, upload=form.cleaned_data["file"])
        except FileRefused as refused:
            form.add_error("file", sentence_of(refused))
        except UnknownColumns:
            form.add_error("file", _("No column says which role, or for whom. Name one “Employee number” or “E-mail”, and one “Role”."))
        else:
            return render(request, "hris/roles.html", {"form": RoleFileForm(), **_planned(request, name, plan)})
    return render(request, "hris/roles.html", {"form": form, "plan": None}, status=422 if request.method == "POST" else 200)


def _say_yes_to_roles(request):
    name, seen = unseal(request.POST["plan"], reader=request.user, place=PLACE) or ("", "")
    try:
        number, left = name_by_file(actor=request.user, name=name or "nothing", seen=seen)
    except PlanMoved:
        plan = plan_of(actor=request.user, name=name)
        return render(request, "hris/roles.html", {"form": RoleFileForm(), "moved": True, **_planned(request, name, plan)}, status=409)
    except FileGone:
        form = RoleFileForm()
        return render(request, "hris/roles.html", {"form": form, "plan": None, "gone": True}, status=409)
    said = ngettext(
        "%(count)d role was asked for: the list says where it stands.",
        "%(count)d roles were asked for: the list says where they stand.",
        number,
    )
    messages.success(request, said % {"count": number})
    if left:
        plan = plan_of(actor=request.user, name=name)
        return render(request, "hris/roles.html", {"form": RoleFileForm(), **_planned(request, name, plan)})
    return redirect("roles:list")


def _planned(request, name, plan):
    lines = [_role_line(one) for one in sorted(plan.lines, key=lambda one: not one.is_refused)[:SHOWN_ROLES]]
    return {
        "plan": plan,
        "by_this_yes": min(plan.counts["made"], MOST_BY_ONE_YES),
        "counts": plan.counts,
        "refused": [line for line in lines if line["is_refused"]],
        "others": [line for line in lines if not line["is_refused"]],
        "more": max(0, len(plan.lines) - SHOWN_ROLES),
        "sealed": seal([name, plan.fingerprint], reader=request.user, place=PLACE),
    }


def _role_line(one):
    params = dict(one.params)
    if one.code == "later":
        params["day"] = date_format(one.starts_on)
    elif one.code == "past":
        params["day"] = date_format(datetime.date.fromisoformat(params["day"]))
    elif one.code == "waits":
        params["roles"] = ", ".join(in_words(roles) for roles in params["roles"])
    sentence = (MADE | STANDS | REFUSED)[one.code]
    said = [one.line.cells.get(column, "") for column in ("number", "email", "name")]
    return {
        "number": one.line.number,
        "who": one.person.name if one.person else ", ".join(text for text in said if text),
        "role": Role(one.line.role).label if one.line.role else one.line.cells.get("role", ""),
        "unit": one.unit or one.line.cells.get("unit", ""),
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "sentence": sentence % params if params else sentence,
        "is_refused": one.is_refused,
        "is_made": one.is_made,
    }
