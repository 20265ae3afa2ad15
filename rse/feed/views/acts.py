"""What readers do with what others wrote: keep an answer, say that it was useful, hide it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rse.core.web.limits import count
from rse.core.web.views.responses import is_swap, swapped
from rse.governance.charter import charter_required
from rse.governance.services.moderation import AlreadyHidden

from .. import rules, services
from ..card_rendering import reasons_for, useful_piece
from ..forms import HideForm, UsefulForm
from ..mentions import as_edited
from ..queries import marks_on, thread_for
from .lookup import thing_or_404
from .threads import thread_page


@require_http_methods(["GET", "HEAD", "POST"])
@charter_required
def useful(request, kind, public_id):
    """Render who found a text useful and why; a POST sets one's own mark, its reason, or removes the mark."""
    thing = thing_or_404(request, kind, public_id)
    if request.method != "POST":
        form = UsefulForm(initial={"reason": _own_reason(request, thing)})
        return _asked_in_place(request, kind, thing, form) if is_swap(request) else _marks_page(request, kind, thing, form)
    if not rules.can_mark(request.user, thing):
        raise PermissionDenied
    form = UsefulForm(request.POST)
    if not form.is_valid():
        return _marked_badly(request, kind, thing, form)
    count("mark", request.user.pk, per_minute=60)
    if form.cleaned_data["on"]:
        try:
            services.mark_useful(person=request.user, thing=thing, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", error)
            return _marked_badly(request, kind, thing, form)
    else:
        services.unmark_useful(person=request.user, thing=thing)
    if not is_swap(request):
        return redirect(thing)
    thing, is_on = thing_or_404(request, kind, public_id), form.cleaned_data["on"]
    if is_on and not _own_reason(request, thing):
        # The button keeps the focus: on a phone, a keyboard would cover what is read.
        said = _("You found it useful. You may say what it helped you to do.")
        return _asked_in_place(request, kind, thing, UsefulForm(), said=said, focus=f"mark-{kind}-{public_id}")
    return _piece(
        request, kind, thing, said=_("You found it useful.") if is_on else _("Your mark is gone."), focus=f"mark-{kind}-{public_id}"
    )


def _piece(request, kind, thing, *, said, focus, form=None, status=200):
    answer = render(request, "feed/_piece.html", {"piece": useful_piece(request, kind, thing, form=form)}, status=status)
    return swapped(answer, said=said, focus=focus)


def _asked_in_place(request, kind, thing, form, *, said="", focus="", status=200):
    """Return the button with the form that asks how it helped, for who may mark."""
    if not rules.can_mark(request.user, thing):
        raise PermissionDenied
    form.auto_id = f"id_%s_{kind}_{thing.public_id}"  # a page holds many
    return _piece(request, kind, thing, said=said, focus=focus or form["reason"].id_for_label, form=form, status=status)


def _marked_badly(request, kind, thing, form):
    if is_swap(request):
        return _asked_in_place(request, kind, thing, form, status=422)
    return _marks_page(request, kind, thing, form, status=422)


def _own_reason(request, thing):
    own = marks_on(request.user, thing).filter(person=request.user).first()
    return as_edited(own, own.reason) if own else ""


def _marks_page(request, kind, thing, form, *, status=200):
    context = {
        "kind": kind,
        "thing": thing,
        "about": thing if kind == "post" else thing.post,
        "marks": reasons_for(request.user, list(marks_on(request.user, thing)[:200])),
        "form": form if rules.can_mark(request.user, thing) else None,
    }
    return render(request, "feed/useful.html", context, status=status)


@require_POST
@charter_required
def accept(request, public_id):
    """Accept an answer for the question, or undo that."""
    comment = thing_or_404(request, "comment", public_id)
    if request.POST.get("on"):
        services.accept_answer(actor=request.user, comment=comment)
    else:
        services.unaccept_answer(actor=request.user, comment=comment)
    if is_swap(request):
        post = thing_or_404(request, "post", comment.post.public_id)
        answer = render(request, "feed/_thread.html", thread_page(request, post, thread_for(request.user, post, at=comment.public_id)))
        said = _("The answer is accepted.") if request.POST.get("on") else _("The answer is accepted no more.")
        return swapped(answer, said=said, focus=f"comment-{comment.public_id}")
    return redirect(comment)


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request, kind, public_id):
    """Hide something as a host, with an article of the charter and a reason, which its author reads."""
    thing = thing_or_404(request, kind, public_id)
    if not rules.can_hide(request.user, thing):
        raise PermissionDenied
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if kind == "post":
                services.hide_post(actor=request.user, post=thing, article=said["article"], reason=said["reason"])
            else:
                services.hide_comment(actor=request.user, comment=thing, article=said["article"], reason=said["reason"])
        except AlreadyHidden:
            messages.info(request, _("It is hidden already."))
        else:
            messages.success(request, _("Hidden. Its author has been told why, and may contest it."))
        return redirect(thing)
    return render(request, "feed/hide.html", {"kind": kind, "thing": thing, "form": form}, status=422 if form.is_bound else 200)
