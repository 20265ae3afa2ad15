from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.web.views.responses import is_swap, swapped
from rse.notify.live import shown_version

from .. import rules
from ..card_rendering import accepted_for, cards_for, comments_for, reasons_for
from ..forms import CommentForm
from ..models import Comment
from ..queries import Cursor, thread_for
from .lookup import thing_or_404


@require_safe
def post_detail(request, public_id):
    """Render a post with a page of its comments: the first, the one after a cursor, or the one where the comment ``at`` stands.

    With ``about`` the field below writes a remark about that answer. A page that shows this version already is answered 204.
    """
    post = thing_or_404(request, "post", public_id)
    if is_swap(request) and request.GET.get("version") == shown_version("post", post.public_id, post.version):
        return HttpResponse(status=204)
    about = about_or_404(request, post, request.GET["about"]) if request.GET.get("about") else None
    if about and not rules.can_remark(request.user, about):
        raise PermissionDenied
    form = answer_form(post, about)
    if about and is_swap(request):
        return swapped(render(request, "feed/_answer.html", form), said="", focus=form["form"]["body"].id_for_label)
    after = Cursor.unsealed(request.GET.get("after"), request.user, post.public_id)
    thread = thread_for(request.user, post, after=after, at=request.GET.get("at"))
    context = thread_page(request, post, thread) | form
    return render(request, "feed/_thread.html" if is_swap(request) else "feed/post_detail.html", context)


def about_or_404(request, post, public_id):
    """Return the answer of ``post`` that a remark is about; where ``public_id`` names a remark, the answer which that one is about.

    Raises:
        Http404: this person may not read it, or it stands elsewhere.

    """
    comment = thing_or_404(request, "comment", public_id)
    if comment.is_remark:
        comment = get_visible_or_404(Comment, request.user, pk=comment.answer_id)
    if comment.post_id != post.pk:
        raise Http404
    return comment


def answer_form(post, about=None):
    """Return the context of an empty field that answers ``post``, or remarks on its answer ``about``."""
    return {
        "post": post,
        "form": CommentForm(initial={"about": about.public_id if about else ""}),
        "about": about,
        "pictures": [],
        "preview": None,
    }


def way_back(post, thread):
    """Return where ``post`` stands, for a reader who may open it; the home page, where every feed begins, for others."""
    audience = post.audience
    if audience.address and (audience.is_open or audience.pk in thread.overlay.roles):
        return [{"label": audience.title, "url": audience.address}]
    return [{"label": _("Home"), "url": reverse("home")}]


def thread_page(request, post, thread):
    """Return the context of the page of a thread."""
    is_own = post.author_id == request.user.pk
    reasons_for(request.user, [mark for marks in thread.reasons.values() for mark in marks])
    reasons = thread.reasons.get(("post", post.pk), [])
    variant = "full-plain" if is_own and not post.is_visible else "full"
    return {
        "post": post,
        "way_back": way_back(post, thread),
        "thread": thread,
        "start": thread.start and thread.start.sealed(request.user, post.public_id),
        "newer": thread.newer and thread.newer.sealed(request.user, post.public_id),
        "card": cards_for(request, [post], overlay=thread.overlay, variant=variant, reasons=reasons)[0],
        "lines": comments_for(request, thread),
        "accepted": accepted_for(request, thread),
        "decision": thread.decisions.get(("post", post.pk)),
        "is_own": is_own,
        "is_frozen": post.audience.is_frozen,
        "may_comment": rules.can_comment(request.user, post, thread.overlay.standing(post.audience)),
        **answer_form(post),
    }
