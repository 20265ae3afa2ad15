from django.http import JsonResponse
from django.views.decorators.http import require_safe

from .. import drafts
from ..limits import limited


@require_safe
@limited("drafts", per_minute=120)
def drafts_lost(request):
    """Which of the places that a browser keeps drafts for are lost to this person: it erases those drafts."""
    return JsonResponse({"lost": drafts.lost(request.user, request.GET.getlist("place"))})
