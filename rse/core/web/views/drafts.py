from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .. import drafts
from ..limits import limited


@require_safe
@limited("drafts", per_minute=120)
def drafts_lost(request):
    """Return as JSON the places of kept drafts that are lost to this person: the browser erases those drafts."""
    return JsonResponse({"lost": drafts.lost(request.user, request.GET.getlist("place"))})
