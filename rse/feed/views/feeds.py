from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rse.core.models import Audience
from rse.core.readers import get_visible_or_404
from rse.core.views.responses import is_swap

from ..blocks import feed_context, topics_of
from ..composing import composer_for
from ..queries import Cursor, new_since, reader_count, writable_audiences
from ..services import move_pointer
from .lookup import number


def _within(request):
    """The one audience that the address names, if this person may open it."""
    said = request.GET.get("in", "")
    return get_visible_or_404(Audience, request.user, pk=number(said)) if said else None


@require_safe
def feed_list(request):
    """The feed from a place on: everything of mine, or one audience. A swap without a place is the whole feed, with one its next page."""
    audience, after = _within(request), Cursor.read(request.GET.get("after"))
    context = feed_context(request.user, audience, after)
    if audience is None:
        context["topics"] = topics_of(writable_audiences(request.user))
    if is_swap(request):
        return render(request, "feed/_page.html" if after else "feed/_feed.html", context)
    return render(request, "feed/feed_list.html", context | {"after": after})


@require_safe
def feed_new(request):
    """How much is new since the feed was read."""
    audience, mark = _within(request), request.GET.get("since", "")
    context = {
        "count": new_since(request.user, mark, audience),
        "mark": mark,
        "within": audience,
        "topics": topics_of([audience] if audience else writable_audiences(request.user)),
    }
    return render(request, "feed/_new.html", context)


@require_safe
def readers(request):
    """Who will read what is posted to the audience chosen in the composer."""
    said = request.GET.get("audience", "")
    audience = get_visible_or_404(Audience, request.user, pk=number(said))
    return render(request, "feed/_who_sees.html", {"audience": audience, "count": reader_count(audience)})


@require_POST
def seen(request):
    """One has come as far as ``post`` in an audience."""
    audience = get_visible_or_404(Audience, request.user, pk=number(request.POST.get("audience", "")))
    move_pointer(person=request.user, audience=audience, post_id=number(request.POST.get("post", "")))
    return HttpResponse(status=204) if is_swap(request) else redirect(audience.address or "home")


@require_safe
def compose(request):
    """The composer alone, for a phone or where a page has none."""
    return render(request, "feed/compose.html", {"composer": composer_for(request.user, audience=_within(request))})
