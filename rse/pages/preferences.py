"""Wagtail's application of accounts, reduced to the table in which its screens keep what an editor prefers."""

import sys

from wagtail.users.apps import WagtailUsersAppConfig


class PreferencesOnly(WagtailUsersAppConfig):
    """The screens for accounts, groups and their rights are not there at all: people and roles have theirs."""

    def ready(self):
        # Wagtail looks for this module in every application; None says that it cannot be imported.
        sys.modules[f"{self.name}.wagtail_hooks"] = None  # type: ignore[assignment]  # the stubs know modules only
