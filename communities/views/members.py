from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.days import date_format
from rse.core.models import Person
from rse.core.web.csv_export import csv_response
from rse.core.web.limits import count, limited
from rse.core.web.pagination import page_of
from rse.core.web.views.responses import is_swap

from .. import queries, rules, services
from ..enums import MemberRole
from ..forms import RoleForm
from .doorstep import community_or_404, for_readers, head_of


def _read_or_404(request, slug):
    """Its members are absent for who may not read it, even where the community is known."""
    community = community_or_404(request, slug)
    return get_object_or_404(queries.read_by(request.user), pk=community.pk) and community


@require_safe
@limited("members", per_minute=60)
def member_list(request, slug):
    """Render the members by name, with their roles."""
    community = _read_or_404(request, slug)
    page = page_of(queries.people_of(request.user, community), request, order=("sorts_as", "pk"), size=30)
    role = community.my_role
    lines = [
        {
            "person": person,
            "role": MemberRole(person.role_there),
            "joined_at": person.joined_there_at,
            "may_remove": person.pk != request.user.pk and rules.can_remove(request.user, community, person.role_there, role),
            "roles": [
                choice
                for choice in MemberRole.choices
                if choice[0] != person.role_there and rules.can_change_role(request.user, community, person, choice[0], role)
            ],
        }
        for person in page
    ]
    context = {"page": page, "lines": lines, "community": community}
    if is_swap(request):
        return render(request, "communities/_members.html", context)
    context |= head_of(request, community, "members") | {"may_export": rules.can_export(request.user, community, role)}
    return render(request, "communities/community_members.html", context)


@require_safe
@for_readers
def member_export(request, community):
    """Return names, roles and months as a table for the hosts: nothing by which anybody could be reached."""
    if not rules.can_export(request.user, community, community.my_role):
        raise PermissionDenied
    count("export", request.user.pk, per_day=3)
    rows = (
        [person.name, MemberRole(person.role_there).label, date_format(person.joined_there_at, "Y-m")]
        for person in queries.people_of(request.user, community).by_name()
    )
    return csv_response(community.slug, [_("Name"), _("Role"), _("Member since")], rows)


@require_POST
def member_role(request, slug, handle):
    """Set the role of a member: host, owner, or member again."""
    community = _read_or_404(request, slug)
    person = get_visible_or_404(Person, request.user, handle=handle)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise PermissionDenied
    try:
        services.change_role(actor=request.user, community=community, person=person, role=form.cleaned_data["role"])
    except services.NotAMember:
        messages.info(request, _("%(name)s is no member here any more.") % {"name": person.name})
    else:
        role = MemberRole(form.cleaned_data["role"]).label
        messages.success(request, pgettext("role", "%(name)s: %(role)s.") % {"name": person.name, "role": role})
    return redirect("communities:members", slug=slug)


@require_POST
def member_remove(request, slug, handle):
    """Remove somebody from a community."""
    community = _read_or_404(request, slug)
    person = get_visible_or_404(Person, request.user, handle=handle)
    services.remove_member(actor=request.user, community=community, person=person)
    messages.success(request, _("%(name)s is no member here any more.") % {"name": person.name})
    return redirect("communities:members", slug=slug)


@require_POST
def community_take_over(request, slug):
    """Take over a community that nobody owns any more."""
    services.take_over(person=request.user, community=community_or_404(request, slug))
    messages.success(request, _("It is yours to look after now."))
    return redirect("communities:detail", slug=slug)
