"""What a session must be to go on: not too old, not asleep, and with a second factor where the person's roles ask for one."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from rse.core import clock
from rse.core.enums import Role
from rse.core.web import stepup
from rse.core.web.own_pages import page_asked, page_left
from rse.core.web.typed_text import texts_of

from . import second_factor, shared_terminals

BEGAN, ACTIVE = "began_at", "active_at"
HOUR = 3600
IDLE, LONGEST = 8 * HOUR, 7 * 24 * HOUR
IDLE_FOR_SUCCESSION, LONGEST_FOR_SUCCESSION = HOUR // 4, 8 * HOUR
NOTED_EVERY = 60  # seconds between two writes of the idle clock

# A page that asks by itself says so, and keeps nobody signed in.
BY_ITSELF = "X-Background"

# What somebody may open who still has to set up, or to show, their second factor.
OPEN_WITHOUT = frozenset(
    {
        *("account_logout", "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn"),
        *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "language", "healthz", "readyz"),
    }
)


def begin(sender, request, user, **kwargs):
    """Start the two clocks of a session when it begins; a receiver of Django's signal."""
    request.session[BEGAN] = request.session[ACTIVE] = _now()
    request.session.set_expiry(None)  # that of whoever was not known yet is shorter


class SharedTerminals:
    """Says whether a request comes from a shared terminal, which keeps nothing of what it is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_shared_terminal = shared_terminals.read(request)
        response = self.get_response(request)
        if not request.is_shared_terminal:
            return response
        match = request.resolver_match
        if match and match.view_name == settings.LOGIN_URL and shared_terminals.COOKIE not in response.cookies:
            shared_terminals.mark(request, response)
        shared_terminals.keep_nothing(response)
        return response


class Sessions:
    """Ends sessions that are over, and leads those without the second factor they need to where it is set up or shown."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if SESSION_KEY in request.session and request.user.is_authenticated and _is_over(request):
            logout(request)
        gone = shared_terminals.forget_who_was_here(request) if shared_terminals.is_shared(request) and _is_left(request) else []
        response = self.get_response(request)
        for name in set(gone) - set(response.cookies):
            response.delete_cookie(name, samesite="Lax")
        if shared_terminals.is_shared(request):
            shared_terminals.shorten(request.session)
        return response

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or request.resolver_match.view_name in OPEN_WITHOUT:
            return None
        if not stepup.lacks_second_factor(request, request.user):
            return None
        if request.method == "POST" and texts_of(request):
            return stepup.ask(request)
        where = "mfa_reauthenticate" if second_factor.is_set_up(request.user) else "mfa_activate_totp"
        target = redirect(where).url
        if request.method in {"GET", "HEAD"}:
            target = f"{target}?{urlencode({'next': page_asked(request)})}"
        return HttpResponseClientRedirect(target) if request.headers.get("HX-Request") else redirect(target)


class SignInFirst(LoginRequiredMiddleware):
    """Leads whoever is not signed in to the page that signs them in, and from there back to a page: never to where a form was sent."""

    def handle_no_permission(self, request, view_func):
        if shared_terminals.is_shared(request):  # where somebody was is nothing for whoever comes next
            return redirect(settings.LOGIN_URL)
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(page_asked(request), resolve_url(settings.LOGIN_URL))
        asked = {"next": page_left(request)} | ({"unsent": "1"} if texts_of(request) else {})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(asked)}")


def _is_left(request):
    """Whether somebody's session ended in this browser and they did not sign out."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and not request.user.is_authenticated


def _is_over(request):
    now, session = _now(), request.session
    if request.user.holds(Role.HR_SUCCESSION):
        idle, longest = IDLE_FOR_SUCCESSION, LONGEST_FOR_SUCCESSION
    else:
        idle, longest = IDLE, LONGEST
    noted_every = NOTED_EVERY
    if shared_terminals.is_shared(request):
        idle, noted_every = min(idle, settings.SHARED_TERMINAL_SECONDS), 0
    if now - session.setdefault(BEGAN, now) >= longest or now - session.setdefault(ACTIVE, now) >= idle:
        return True
    if now - session[ACTIVE] > noted_every and BY_ITSELF not in request.headers:
        session[ACTIVE] = now
    return False


def _now():
    return int(clock.now().timestamp())
