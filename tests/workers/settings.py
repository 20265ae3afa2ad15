"""The settings of the product, with the subscribers that the tests of workers watch."""

import os

os.environ.setdefault("ENV_FILE", os.devnull)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 3)
os.environ.setdefault("NOTES_KEY", "only-for-notes-" + "fedcba9876543210" * 3)

from rse.settings import *  # noqa: F403
from rse.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.workers.apps.WatchedConfig"]
