from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import count
from rse.governance.charter import charter_required

from .. import queries, rules, services
from ..enums import CommunityKind
from ..forms import CommunityEditForm, CommunityForm, KindForm
from .doorstep import community_or_404

FORM = ["GET", "HEAD", "POST"]
EDIT = "communities/community_edit.html"


@require_http_methods(FORM)
@charter_required
def community_create(request):
    """Create a community: there at once, or asked of HR when it is to be secret. Before one's first day this answers 404."""
    if not rules.can_create(request.user):
        raise Http404
    form = CommunityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count("communities", request.user.pk, per_minute=5, per_hour=20)
        try:
            return _created(request, form.cleaned_data)
        except ValidationError as wrong:
            form.refuse(wrong)
        except services.AlreadyAsked:
            form.add_error("kind", _("You have already asked HR for a secret community: wait for their answer, or take it back first."))
    return render(request, "communities/community_create.html", {"form": form}, status=422 if form.is_bound else 200)


def _created(request, said):
    words = {name: said[name] for name in ("name", "purpose", "is_protected")} | {"is_meant": said.get("is_meant", False)}
    if said["kind"] == CommunityKind.SECRET:
        services.create_secret(owner=request.user, **words)
        messages.success(
            request, _("HR has been asked. They read what it is for and that it is yours; the community is there when they agree.")
        )
        return redirect("communities:list")
    community = services.create_community(owner=request.user, kind=said["kind"], key=said["key"], **words)
    return redirect("communities:detail", slug=community.slug)


@require_http_methods(FORM)
@charter_required
def community_edit(request, slug):
    """Edit the name and the purpose; when somebody saved meanwhile, show both versions."""
    community = community_or_404(request, slug)
    if not rules.can_edit(request.user, community, community.my_role):
        raise PermissionDenied
    may_protect = rules.can_protect(request.user, community, community.my_role) and not community.audience.is_protected
    form = CommunityEditForm(request.POST or None, initial=_said_of(community), may_protect=may_protect)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.edit_community(editor=request.user, community=community, **form.cleaned_data)
        except ValidationError as wrong:
            form.refuse(wrong)
        except EditedMeanwhile as meanwhile:
            context = {"community": community}
            return conflicts.answer(request, EDIT, context, form=form, theirs=_said_of(meanwhile.current))
        else:
            return redirect("communities:about", slug=saved.slug)
    return render(request, EDIT, {"community": community, "form": form}, status=422 if form.is_bound else 200)


def _said_of(community):
    return {name: getattr(community, name) for name in ("name", "purpose", "version")}


@require_POST
def community_kind(request, slug):
    """Let fewer people into a community now, or more in a week, or ask HR to make it secret."""
    community = community_or_404(request, slug)
    form = KindForm(request.POST)
    if not form.is_valid():
        raise PermissionDenied
    try:
        changed = services.change_kind(actor=request.user, community=community, **form.cleaned_data)
    except services.WaitsForHR:
        _ask_hr(request, community)
    except ValidationError as alike:
        context = {"community": community, "kind": form.cleaned_data["kind"], "question": " ".join(alike.messages)}
        return render(request, "communities/community_kind.html", context, status=422)
    else:
        slug = changed.slug
        if changed.next_kind:
            messages.success(request, _("The members are told now. It changes in seven days, and you may cancel until then."))
        else:
            messages.success(request, _("Done: this holds from now on."))
    return redirect("communities:about", slug=slug)


def _ask_hr(request, community):
    try:
        services.ask_to_hide(owner=request.user, community=community)
    except services.AlreadyAsked:
        messages.info(request, _("HR has already been asked by you for a secret community: wait for their answer."))
    else:
        messages.success(request, _("HR has been asked. They read what it is for and that it is yours."))


@require_POST
def kind_cancel(request, slug):
    """Cancel the widening that was announced."""
    services.cancel_widening(actor=request.user, community=community_or_404(request, slug))
    messages.success(request, _("It stays as it is."))
    return redirect("communities:about", slug=slug)


@require_POST
def community_archive(request, slug):
    """Archive the community: nothing more is written there."""
    services.archive(actor=request.user, community=community_or_404(request, slug))
    messages.success(request, _("It is archived: its members read it as before, and nothing more is written there."))
    return redirect("communities:about", slug=slug)


@require_POST
def community_reopen(request, slug):
    """Reopen the community: members write there again."""
    services.reopen(actor=request.user, community=community_or_404(request, slug))
    messages.success(request, _("Its members may write there again."))
    return redirect("communities:about", slug=slug)


@require_http_methods(FORM)
def community_delete(request, slug):
    """Delete a community, after a page that says what that means."""
    community = community_or_404(request, slug)
    if not rules.can_delete(request.user, community, community.my_role):
        raise PermissionDenied
    if request.method == "POST":
        services.delete_community(actor=request.user, community=community)
        messages.success(request, _("It is deleted. You may bring it back for thirty days, from this page."))
        return redirect("communities:list")
    return render(request, "communities/community_delete.html", {"community": community})


@require_POST
def community_restore(request, slug):
    """Restore a community that one deleted."""
    community = get_object_or_404(queries.deleted_by(request.user), slug=slug)
    try:
        services.restore_community(actor=request.user, community=community)
    except PermissionDenied as over:
        raise Http404 from over
    messages.success(request, _("It is back, with its members."))
    return redirect("communities:detail", slug=slug)
