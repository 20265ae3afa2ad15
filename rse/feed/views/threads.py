from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rse.core.public_ids import is_public_id
from rse.core.web.views.responses import is_swap
from rse.notify.live import shown_version

from .. import rules
from ..card_rendering import cards_for, comments_for, reasons_for
from ..forms import CommentForm
from ..models import Comment
from ..queries import Cursor, thread_for
from .lookup import thing_or_404


@require_safe
def post_detail(request, public_id):
    """Render a post with a page of its comments: the first, or the one after a cursor, or the one that has ``answer``.

    A page that shows this version already is answered 204.
    """
    post = thing_or_404(request, "post", public_id)
    if is_swap(request) and request.GET.get("version") == shown_version("post", post.public_id, post.version):
        return HttpResponse(status=204)
    after = Cursor.unsealed(request.GET.get("after"), request.user, post.public_id)
    thread = thread_for(request.user, post, after, holding=_answer_asked_for(request, post))
    template = "feed/_thread.html" if is_swap(request) else "feed/post_detail.html"
    return render(request, template, thread_page(request, post, thread))


def _answer_asked_for(request, post):
    asked = request.GET.get("answer", "")
    return Comment.objects.visible_to(request.user).filter(public_id=asked, post=post).first() if is_public_id(asked) else None


def thread_page(request, post, thread):
    """Return the context of the page of a thread."""
    is_own = post.author_id == request.user.pk
    reasons_for(request.user, [mark for marks in thread.reasons.values() for mark in marks])
    reasons = thread.reasons.get(("post", post.pk), [])
    variant = "full-plain" if is_own and not post.is_visible else "full"
    return {
        "post": post,
        "thread": thread,
        "after": thread.after and thread.after.sealed(request.user, post.public_id),
        "newer": thread.newer and thread.newer.sealed(request.user, post.public_id),
        "card": cards_for(request, [post], overlay=thread.overlay, variant=variant, reasons=reasons)[0],
        "lines": comments_for(request, thread),
        "decision": thread.decisions.get(("post", post.pk)),
        "is_own": is_own,
        "is_frozen": post.audience.is_frozen,
        "may_comment": rules.can_comment(request.user, post, thread.overlay.standing(post.audience)),
        "form": CommentForm(),
        "pictures": [],
    }
