from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from ...people.services.people import choose_language
from ..forms import LanguageForm
from ..own_pages import own_page


@require_safe
def home(request):
    """Render the home page; each block comes from the room that owns it."""
    return render(request, "core/home.html")


@login_not_required
@require_POST
def language_switch(request):
    """Switch the language: on the profile of a signed-in person, in a cookie of the browser otherwise."""
    form = LanguageForm(request.POST)
    target = own_page(request.POST.get("next", ""), "/")
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
