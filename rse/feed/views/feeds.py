from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.views.responses import is_swap, swapped

from ..composer import composer_for
from ..queries import Cursor, Mark, new_since, reader_count, writable_audiences
from ..services import move_pointer
from ..slot_blocks import feed_context, place_of, topics_of
from .lookup import audience_or_404, post_or_404


def _within(request):
    """The one audience that the address names, if this person may open it."""
    said = request.GET.get("in", "")
    return audience_or_404(request, said) if said else None


@require_safe
def feed_list(request):
    """Render the feed from a cursor on: the home feed, or one audience.

    A swap without a cursor is the whole feed, with one its next page.
    """
    audience = _within(request)
    after = Cursor.unsealed(request.GET.get("after"), request.user, place_of(audience))
    context = feed_context(request.user, audience, after)
    if audience is None:
        context["topics"] = topics_of(writable_audiences(request.user))
    if is_swap(request):
        answer, posts = render(request, "feed/_page.html" if after else "feed/_feed.html", context), context["page"].posts
        said = _("Older posts follow.") if after else _("The newest posts are shown.")
        return swapped(answer, said=said, focus=f"post-{posts[0].public_id}" if posts else "feed")
    return render(request, "feed/feed_list.html", context | {"after": after})


@require_safe
def feed_new(request):
    """Render how much is new since the feed was read."""
    audience, since = _within(request), request.GET.get("since", "")
    mark = Mark.unsealed(since, request.user, place_of(audience))
    context = {
        "count": new_since(request.user, mark, audience) if mark else 0,
        "mark": since if mark else "",
        "within": audience,
        "topics": topics_of([audience] if audience else writable_audiences(request.user)),
    }
    return render(request, "feed/_new.html", context)


@require_safe
def readers(request):
    """Render how many people will read what is posted to the audience chosen in the composer."""
    said = request.GET.get("audience", "")
    audience = audience_or_404(request, said)
    return render(request, "feed/_who_sees.html", {"audience": audience, "count": reader_count(audience)})


@require_POST
def seen(request):
    """Move one's reading place in an audience to ``post``."""
    audience = audience_or_404(request, request.POST.get("audience", ""))
    post = post_or_404(request, request.POST.get("post", ""))
    move_pointer(person=request.user, audience=audience, post_id=post.pk)
    return HttpResponse(status=204) if is_swap(request) else redirect(audience.address or "home")


@require_safe
def compose(request):
    """Render the composer alone, for a phone or where a page has none; with a question to ``ask`` that person."""
    handle = request.GET.get("ask", "")
    asked = get_visible_or_404(Person, request.user, handle=handle) if handle else None
    return render(request, "feed/compose.html", {"composer": composer_for(request.user, audience=_within(request), asked=asked)})
