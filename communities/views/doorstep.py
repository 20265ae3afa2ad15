"""How every page of a community begins: what one may not know is absent, and what one knows without reading it shows its card."""

from functools import wraps

from django.shortcuts import get_object_or_404, render

from .. import queries, rules
from ..forms import AskForm
from ..services.invitations import ASKED_AGAIN_AFTER
from ..tabs import tabs_for
from ..visible_fields import fields_for


def community_or_404(request, slug):
    """Return the community, with the role of this person there as ``my_role``, or raise Http404, whether it is hidden or absent."""
    return get_object_or_404(queries.communities_for(request.user), slug=slug)


def for_readers(view):
    """Pass the view the community, for those who may read what is in it; the others get its card, with 403."""

    @wraps(view)
    def shown(request, slug, *args, **kwargs):
        community = community_or_404(request, slug)
        if not queries.reads(request.user, community):
            return card_page(request, community)
        return view(request, community, *args, **kwargs)

    return shown


def card_page(request, community, form=None):
    """Render the card of a community that one may not read, with the form by which one asks to join."""
    asked = queries.request_of(request.user, community)
    refused_at = asked.answered_at if asked is not None and not asked.is_accepted else None
    context = {
        "community": community,
        "fields": fields_for(request.user, community, is_read=False),
        "asked": asked if asked and asked.answered_at is None else None,
        "asks_again_on": refused_at + ASKED_AGAIN_AFTER if refused_at else None,
        "may_ask": rules.can_ask_to_join(request.user, community, community.my_role),
        "form": form or AskForm(),
    }
    return render(request, "communities/community_card.html", context, status=422 if form else 403)


def head_of(request, community, tab):
    """Return the context of the top of each page of a community: its fields, what this person may do, and the tabs."""
    person, role = request.user, community.my_role
    owners = queries.owners_of([community])[community.audience_id]
    return {
        "community": community,
        "fields": fields_for(person, community, is_read=True, owners=owners),
        "role": role,
        "tab": tab,
        "may_join": rules.can_join(person, community, role),
        "may_edit": rules.can_edit(person, community, role),
        "may_invite": rules.can_invite(person, community, role),
        "may_answer": rules.can_answer_requests(person, community, role),
        "may_leave": rules.can_leave(person, community, role),
        "may_take_over": rules.can_take_over(person, community, role, has_owner=bool(owners)),
        "tabs": tabs_for(person, community, tab),
    }
