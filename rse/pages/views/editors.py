import contextlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import queries, rules, services
from ..forms import PersonForm, SectionEditorForm


@require_safe
def editor_list(request):
    """Render which section is edited by whom, and who else could be named."""
    if not rules.can_name_editors(request.user):
        raise PermissionDenied
    return _page(request)


@require_POST
def editor_name(request, slug):
    section = _section_or_404(request, slug)
    form = SectionEditorForm(request.POST, section=section, people=_nameable(section, list(queries.nameable(request.user))))
    if not form.is_valid():
        return _page(request, refused=(section.slug, form), status=422)
    person = form.cleaned_data["person"]
    with contextlib.suppress(services.NamedAlready):  # somebody else did it a moment ago: it is as it was asked to be
        services.name_section_editor(actor=request.user, section=section, person=person)
    messages.success(request, _("%(name)s edits this section from now on.") % {"name": person.name})
    return redirect("editors:list")


@require_POST
def editor_end(request, slug):
    section, form = _section_or_404(request, slug), PersonForm(request.POST)
    named = {one.person.handle: one.person for one in section.editors.select_related("person")}
    if not form.is_valid() or form.cleaned_data["person"] not in named:
        raise Http404
    person = named[form.cleaned_data["person"]]
    services.end_section_editor(actor=request.user, section=section, person=person)
    messages.success(request, _("%(name)s edits this section no more.") % {"name": person.name})
    return redirect("editors:list")


def _section_or_404(request, slug):
    if not rules.can_name_editors(request.user):
        raise PermissionDenied
    section = queries.section(slug)
    if section is None:
        raise Http404
    return section


def _nameable(section, people):
    named = {one.person_id for one in section.editors.all()}
    return [person for person in people if person.pk not in named]


def _page(request, refused=(None, None), status=200):
    people, rows = list(queries.nameable(request.user)), []
    for section in queries.all_sections():
        others = _nameable(section, people)
        form = refused[1] if refused[0] == section.slug else SectionEditorForm(section=section, people=others)
        rows.append({"section": section, "heading": section.heading(), "editors": list(section.editors.all()), "form": others and form})
    return render(request, "handbook/editor_list.html", {"rows": rows, "has_editors": bool(people)}, status=status)
