"""Posts and comments by their address: what may not be read is not there."""

from django.shortcuts import get_object_or_404

from ..models import Comment, Post


def thing_or_404(request, kind, thing_id):
    """The post or the comment with what its card shows; the same 404 whether it is hidden or absent."""
    if kind == "post":
        return get_object_or_404(Post.objects.visible_to(request.user).with_card(), pk=thing_id)
    return get_object_or_404(Comment.objects.visible_to(request.user).with_card().select_related("post__audience"), pk=thing_id)


def number(text):
    """The id that a form or an address says, or 0, which nothing has."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0
