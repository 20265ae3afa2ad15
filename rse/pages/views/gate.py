"""The door of Wagtail's screens: who comes in, which of its pages exist here, and the policy that a browser is given for them.

Wagtail has some three hundred addresses. What stands in ``OPEN`` is what editors of a handbook need; every other address, and every
address for everybody else, answers 404 as if there were nothing. A page outside the sections of an editor is absent as well, whatever
Wagtail's own view would have said of it.
"""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.shortcuts import resolve_url
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .. import rules

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = frozenset(
    {
        *("wagtailadmin_home", "wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_account", "wagtailadmin_dismissibles"),
        *("handbook_preview", "handbook_preview_of_new", "handbook_picture_add"),
        *("wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtail_bulk_action"),
        *("wagtailadmin_explore_root", "wagtailadmin_explore", "wagtailadmin_explore_results"),
        *("wagtailadmin_choose_page", "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_search"),
        *("wagtailadmin_api:pages:listing", "wagtailadmin_api:pages:detail"),
        *(
            f"wagtailadmin_pages:{name}"
            for name in (
                *("add", "add_subpage", "edit", "delete", "unpublish", "move", "move_confirm", "set_page_position", "lock", "unlock"),
                *("history", "history_results", "revisions_index", "revisions_compare", "revisions_revert", "search", "search_results"),
            )
        ),
    }
)
# Drawing a picture takes seconds, in which no transaction waits: its service has one of its own.
BY_THEMSELVES = frozenset({"handbook_picture_add"})
# Where an address names a page; the values are ids, whatever Wagtail calls them.
NAMES_OF_PAGES = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk"})


def for_editors(view):
    """Let editors pass to ``view``, in a transaction where it may write; nothing is here for anybody else."""

    def gated(request, *args, **kwargs):
        person = request.user
        if not person.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
        if request.resolver_match.view_name not in OPEN or not rules.can_open_cms(person) or not _may_name(request, kwargs):
            raise Http404
        if request.method in SAFE or request.resolver_match.view_name in BY_THEMSELVES:
            response = view(request, *args, **kwargs)
        else:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
        if not hasattr(response, "_csp_replace"):  # the page of the site that a preview shows has the policy of the site
            response._csp_replace = settings.POLICY_OF_CMS  # noqa: SLF001 - where the library looks for the policy of one response
        return response

    return gated


def _may_name(request, kwargs):
    """Whether every page that the address names stands where the person edits, or above it; "all" names nobody knows which."""
    named = [value for name, value in kwargs.items() if name in NAMES_OF_PAGES] + request.GET.getlist("id")
    try:
        ids = {int(value) for value in named}
    except ValueError:
        return False
    if not ids:
        return True
    return policy_registry.get_by_type(Page).explorable_instances(request.user).filter(pk__in=ids).count() == len(ids)
