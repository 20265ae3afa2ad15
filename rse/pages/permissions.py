"""What Wagtail asks before it shows or changes a page, answered from our roles at the moment it asks.

Wagtail keeps rights in groups. Ours are not kept a second time: a right that ends, or runs out, has ended everywhere in that instant.
"""

from dataclasses import dataclass

from django.contrib.auth.backends import BaseBackend
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from rse.core.access.readers import AnyOf
from rse.core.models import Person
from rse.governance.rules import can_publish_charter

from . import rules
from .models import CharterPage
from .reader_parts import EditsSection

ACCESS = "wagtailadmin.access_admin"
ACTIONS = ("add", "change", "publish", "lock", "unlock")


@dataclass(frozen=True)
class Named:
    codename: str


@dataclass(frozen=True)
class Right:
    """One action on one branch of the tree, in the shape in which Wagtail reads it."""

    page: Page
    permission: Named

    @property
    def page_id(self):
        return self.page.pk


class EditorialPolicy(PagePermissionPolicy):
    """Rights in the tree of pages: over branches, from our roles, and with no exception for superusers."""

    permission_cache_name = "_handbook_rights"
    _explorable_root_instance_cache_name = "_handbook_root"

    def get_all_permissions_for_user(self, user):
        if not rules.can_open_cms(user):
            return []
        branches = Page.objects.filter(path__in=rules.branches_of(user)).order_by("path")
        return [Right(page, Named(f"{action}_page")) for page in branches for action in ACTIONS if self._gives(user, page, action)]

    def _gives(self, user, page, action):
        """Publishing the charter asks a second rule; the branch of the whole handbook holds it too."""
        if action != "publish" or can_publish_charter(user):
            return True
        return not CharterPage.objects.filter(path__startswith=page.path).exists()

    def _base_user_has_permission(self, user):
        return None if rules.can_open_cms(user) else False

    def _base_queryset_for_user(self, user):
        return None if rules.can_open_cms(user) else self.model._default_manager.none()

    def instances_with_direct_explore_permission(self, user):
        return list({right.page.pk: right.page for right in self.get_cached_permissions_for_user(user)}.values())

    def users_with_any_permission(self, actions, include_superusers=True):  # noqa: FBT002 - Wagtail's signature
        """Return nobody: notices about pages are ours, and Wagtail sends none."""
        return Person.objects.none()

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):  # noqa: FBT002 - Wagtail's signature
        return Person.objects.filter(pk__in=AnyOf((EditsSection(),)).people(instance).values("pk"))


class EditorBackend(BaseBackend):
    """Gives the one permission that Wagtail's own door asks for, to those who have something to edit."""

    def has_perm(self, user_obj, perm, obj=None):
        return perm == ACCESS and obj is None and rules.can_open_cms(user_obj)
