from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from rse.core.web.pagination import page_of
from rse.core.web.views.responses import is_swap
from rse.feed.composer import composer_for
from rse.feed.queries import unread_for
from rse.feed.slot_blocks import feed_context

from .. import queries, rules
from ..enums import CommunityKind, MemberRole
from ..visible_fields import cards_for, fields_for
from .doorstep import for_readers, head_of

SHOWN = {
    "mine": pgettext_lazy("communities", "Mine"),
    "open": pgettext_lazy("communities", "Open"),
    "closed": pgettext_lazy("communities", "On request"),
}
MOST_LETTERS = 80
MOST_HOSTS = 50


@require_safe
def community_list(request):
    """Render the communities that this person belongs to, or may join, or may ask to join, by name."""
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "mine"
    words = request.GET.get("q", "")[:MOST_LETTERS].replace("\x00", "").strip()
    found = queries.communities_for(request.user)
    found = found.of(request.user) if shown == "mine" else found.not_of(request.user).filter(kind=shown, is_archived=False)
    if words:
        found = found.named(words)
    page = page_of(found, request, order=("sorts_as", "pk"), size=20)
    news = unread_for(request.user) if shown == "mine" and page.rows else {}
    cards = cards_for(request.user, page.rows)
    for card in cards:
        card["new"] = news.get(card["community"].audience_id, 0)
    context = {
        "page": page,
        "cards": cards,
        "shown": shown,
        "words": words,
        "tabs": [{"label": label, "url": f"?show={name}", "is_current": name == shown} for name, label in SHOWN.items()],
        "may_create": rules.can_create(request.user),
    }
    if is_swap(request):
        return render(request, "communities/_communities.html", context)
    context |= {
        "invitations": queries.invitations_for(request.user),
        "asked_creation": queries.own_creation(request.user),
        "deleted": queries.deleted_by(request.user),
    }
    return render(request, "communities/community_list.html", context)


@require_safe
@for_readers
def community_detail(request, community):
    """Render what is said in a community, newest first, and the composer for those who may write."""
    context = head_of(request, community, "detail") | feed_context(request.user, community.audience)
    composer = composer_for(request.user, audience=community.audience) if community.my_role and not community.is_archived else None
    return render(request, "communities/community_detail.html", context | {"composer": composer})


@require_safe
@for_readers
def community_head(request, community):
    """Render the top of the pages of a community, as it stands now."""
    tab = request.GET.get("at", "")
    return render(request, "communities/_head.html", head_of(request, community, tab))


@require_safe
@for_readers
def community_unanswered(request, community):
    """Render the questions that wait for an accepted answer, oldest first."""
    page = page_of(queries.unanswered_in(request.user, community), request, order=("published_at", "pk"), size=20)
    context = {"page": page, "community": community}
    if is_swap(request):
        return render(request, "communities/_questions.html", context)
    return render(request, "communities/community_unanswered.html", context | head_of(request, community, "unanswered"))


@require_safe
@for_readers
def community_about(request, community):
    """Render what the community is for, who looks after it, who reads it, and what its owners may change."""
    person, role = request.user, community.my_role
    context = head_of(request, community, "about") | {
        "hosts": queries.people_of(person, community).filter(role_there=MemberRole.HOST).by_name()[:MOST_HOSTS],
        "creator_request": queries.own_creation(person) if role == "owner" else None,
        "kinds": [choice for choice in CommunityKind.choices if rules.can_change_kind(person, community, choice[0], role)],
        "may_archive": rules.can_archive(person, community, role),
        "may_delete": rules.can_delete(person, community, role),
        "may_export": rules.can_export(person, community, role),
        "may_cancel": bool(community.next_kind) and rules.can_change_kind(person, community, community.next_kind, role),
    }
    return render(request, "communities/community_about.html", context)


@require_safe
def secret_list(request):
    """Render, for administrators, that secret communities exist, how large and whose.

    Neither name nor members, and nothing of a protected one.
    """
    if not rules.can_see_secret_sizes(request.user):
        raise PermissionDenied
    page = page_of(queries.secret_communities(), request, order=("created_at", "pk"), size=30)
    lines = [line for line in (fields_for(request.user, community) for community in page) if "size_class" in line]
    return render(request, "communities/secret_list.html", {"page": page, "lines": lines})
