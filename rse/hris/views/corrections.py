"""The page on which HR of a unit corrects the facts of one person by hand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.stepup import needs_step_up

from .. import rules
from ..files.columns import COLUMNS
from ..files.problems import FileRefused
from ..forms import CorrectionForm
from ..services.corrections import NothingNew, NotWritten, correct, facts_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def correct_person(request, handle):
    """Render the facts of somebody, and write what HR corrects of them."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    if not rules.can_correct(request.user, person):
        raise PermissionDenied
    form = CorrectionForm(request.POST or None, reader=request.user, person=person, facts=facts_of(person))
    if request.method == "POST" and form.is_valid() and _written(request, person, form):
        now = Person.objects.visible_to(request.user).filter(pk=person.pk).first()  # another name is another address
        return redirect(now or "imports:unlisted")
    return render(request, "hris/correct.html", {"subject": person, "form": form}, status=422 if form.is_bound else 200)


def _written(request, person, form):
    """Write what the form says, and return whether it was: where it was not, the form says why."""
    said = {"reason": form.cleaned_data["reason"], "said": form.said(), "superior": form.cleaned_data["superior"]}
    try:
        correct(actor=request.user, person=person, **said)
    except NothingNew:
        form.add_error(None, _("This is what stands already: nothing was written."))
    except NotWritten as refused:
        for problem in refused.problems:
            column = "superior" if problem.column in ("manager_number", "manager_position") else problem.column
            label = "" if column in form.fields else f"{COLUMNS[problem.column].label}: " if problem.column in COLUMNS else ""
            form.add_error(column if column in form.fields else None, label + problem.sentence())
        if refused.takes_two:
            form.add_error(None, _("The rights of this person take two people: they end on the page of roles first."))
    except FileRefused as refused:
        form.add_error(None, refused.sentence())
    else:
        messages.success(request, _("The correction is written, and %(name)s is told.") % {"name": person.name})
        return True
    return False
