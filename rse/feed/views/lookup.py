"""Posts and comments by their address: what may not be read is not there."""

from django.shortcuts import get_object_or_404

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Audience
from rse.core.public_ids import is_public_id

from ..models import Comment, Post


def thing_or_404(request, kind, public_id):
    """Return the post or the comment with what its card shows.

    Raises:
        Http404: the row is hidden or absent; both give one answer.

    """
    if kind == "post":
        return get_object_or_404(Post.objects.visible_to(request.user).with_card(), public_id=public_id)
    return get_object_or_404(Comment.objects.visible_to(request.user).with_card().select_related("post__audience"), public_id=public_id)


def post_or_404(request, public_id):
    """Return the post that a form names, if this person may open it; the same 404 for anything else."""
    return thing_or_404(request, "post", public_id if is_public_id(public_id) else "")


def audience_or_404(request, public_id):
    """Return the audience that a form or an address names, if this person may open it; the same 404 for anything else."""
    return get_visible_or_404(Audience, request.user, public_id=public_id if is_public_id(public_id) else "")
