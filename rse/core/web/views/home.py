from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ...people.services.people import choose_language
from ..forms import LanguageForm
from ..own_pages import takes_get

LONGEST_ADDRESS = 500  # characters


@require_safe
def home(request):
    """What waits for this person, and what their company built: each block comes from the room that owns it."""
    return render(request, "core/home.html")


@login_not_required
@require_POST
def language_switch(request):
    """Speak the other language from here on: on the profile of who is signed in, in the browser of who is not."""
    form = LanguageForm(request.POST)
    target = _own_address(request, request.POST.get("next", ""))
    if not form.is_valid():
        return redirect(target)
    language = form.cleaned_data["language"]
    if request.user.is_authenticated:
        choose_language(person=request.user, language=language)
    translation.activate(language)
    response = HttpResponseRedirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.IS_SECURE, httponly=True
    )
    return response


def _own_address(request, said):
    """Return ``said`` where it is a page of ours whose address a header can hold, and the home page otherwise."""
    is_plain = len(said) <= LONGEST_ADDRESS and said.isascii() and said.isprintable() and said.startswith("/")
    is_ours = is_plain and url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return said if is_ours and takes_get(said) else "/"
