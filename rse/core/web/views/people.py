from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ...access import rules
from ...access.readers import get_visible_or_404
from ...models import Person
from ...people import visible_fields
from ...people.services.addresses import forget_former_name, former_addresses
from ...people.services.people import EDITABLE, edit_profile
from ...phones import dialled
from ...versions import EditedMeanwhile
from .. import conflicts
from ..directory import DirectoryForm, people_to_find
from ..forms import SPOKEN, ProfileForm
from ..limits import limited
from ..listing import listing_of
from ..person_picker import suggested
from .responses import is_swap

SPOKEN_NAMES = dict(SPOKEN)


@require_safe
@limited("directory", per_minute=60)
def people_list(request):
    """Render the directory, by name: only those whose card this person may open."""
    form = DirectoryForm(request.GET)
    listing = listing_of(request, people_to_find(request.user, **form.asked()), form=form, size=30)
    return render(request, "core/_people.html" if is_swap(request) else "core/people_list.html", {"listing": listing})


@require_safe
@limited("people_suggested", per_minute=120)
def people_suggested(request):
    """Render those whom a field of a form may name for what is typed in it; nobody for a field that was shown to somebody else."""
    name, people = suggested(request.user, request.GET.get("for", ""), request.GET)
    return render(request, "core/_people_suggested.html", {"name": name, "people": people})


@require_safe
def person_detail(request, handle):
    """Render the profile of a person, cut for this reader; for oneself, also as a kind of reader would see it."""
    subject = get_visible_or_404(Person, request.user, handle=handle)
    seen_as = request.GET.get("as", "") if request.user.pk == subject.pk else ""
    label, levels = visible_fields.SYNTHETIC.get(seen_as) or (None, visible_fields.levels_for(request.user, subject))
    reader = request.user if label is None else visible_fields.synthetic_reader(seen_as, subject)
    shown = visible_fields.fields_for(levels, subject)
    context = {
        "subject": subject,
        "shown": shown,
        "reach": visible_fields.reach_for(reader, subject),
        "dialled": dialled(shown.get("work_phone", "")),
        "languages": [SPOKEN_NAMES.get(code, code) for code in subject.languages],
        "is_oneself": request.user.pk == subject.pk,
        "seen_as": label,
        "reader": reader,
        "kinds_of_reader": [(key, one) for key, (one, _levels) in visible_fields.SYNTHETIC.items()],
        "may_edit": rules.can_edit_profile(request.user, subject) and label is None,
    }
    return render(request, "core/person_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request):
    """Edit one's own words and who they are shown to; when another window saved meanwhile, show both versions."""
    subject = Person.objects.visible_to(request.user).get(pk=request.user.pk)
    if not rules.can_edit_profile(request.user, subject):
        raise PermissionDenied
    form = ProfileForm(request.POST or None, instance=subject, initial={"version": subject.version})
    if request.method == "POST" and form.is_valid():
        values = {field: form.cleaned_data[field] for field in EDITABLE}
        try:
            edit_profile(editor=request.user, subject=request.user, version=form.cleaned_data["version"], **values)
        except EditedMeanwhile as meanwhile:
            now = {name: getattr(meanwhile.current, name) for name in (*EDITABLE, "version")}
            return conflicts.answer(request, "core/person_edit.html", {}, form=form, theirs=now)
        return redirect("people:detail", handle=subject.handle)
    return render(request, "core/person_edit.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def forget_name(request):
    """Let one's former addresses lead nowhere any more, after having read what that means."""
    if not rules.can_edit_profile(request.user, request.user):
        raise PermissionDenied
    if request.method == "POST":
        forget_former_name(person=request.user)
        messages.success(request, _("Done: no address with a former name leads to you any more."))
        return redirect("people:edit")
    return render(request, "core/forget_name.html", {"has_former": former_addresses(request.user).exists()})
