"""Pictures of pages: served to whoever reads their page, asked again at each look, and taken from whoever writes it."""

from http import HTTPStatus

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.web.limits import TooOften, count
from rse.core.web.uploads import takes_pictures
from rse.core.web.views.pictures import picture_response

from .. import rules, services
from ..models import HandbookPage, PagePicture


@require_safe
def picture(request, public_id):
    """Serve the picture, if this person may read its page now."""
    found = get_visible_or_404(PagePicture, request.user, public_id=public_id)
    return picture_response(request, found.stored)


@takes_pictures
@require_POST
def picture_add(request, page_id):
    """Keep a picture of a page and answer where it is read, or why it was refused, to the script of the writer's form."""
    page = get_visible_or_404(HandbookPage, request.user, pk=page_id)
    if not rules.can_add_picture(request.user, page):
        raise Http404
    file = request.FILES.get("file")
    if file is None:
        return _refused(_("Choose a picture."))
    try:
        count("picture", request.user.pk, per_minute=30)
        added = services.add_picture(actor=request.user, page=page, file=file)
    except TooOften as refusal:
        return _refused(refusal.sentence(), HTTPStatus.TOO_MANY_REQUESTS)
    except (services.BadPicture, services.TooManyPictures) as refusal:
        return _refused(refusal.sentence)
    return JsonResponse({"url": added.get_absolute_url()}, status=HTTPStatus.CREATED)


def _refused(sentence, status=HTTPStatus.UNPROCESSABLE_ENTITY):
    return JsonResponse({"error": str(sentence)}, status=status)
