"""The settings of the tests: those of the product, with a fast hasher, mail in memory and work done where it is asked for."""

import atexit
import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser of the journeys keeps a loop running beside the tests
os.environ.setdefault("ENV_FILE", os.devnull)  # a developer's .env is not part of what is tested
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 3)
os.environ.setdefault("NOTES_KEY", "only-for-notes-" + "fedcba9876543210" * 3)

from rse.settings import *  # noqa: F403
from rse.settings import CACHES, CHANNEL_LAYERS, DATABASES, IS_SQLITE, MIDDLEWARE, REDIS_URL

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ERASURES_JOURNAL = Path(tempfile.gettempdir()) / f"maillage-erasures-{os.getpid()}.jsonl"
atexit.register(ERASURES_JOURNAL.unlink, missing_ok=True)
MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith("whitenoise.")]
if IS_SQLITE:
    # In a file, which threads and browsers may write to at once: a database in memory tells the second one that it is locked.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/maillage-tests-{os.getpid()}.sqlite3"}

if REDIS_URL:
    # Each worker of the tests empties its cache after every test: it has a Redis database of its own.
    WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{2 + 2 * WORKER}"
    CHANNEL_LAYERS["default"]["CONFIG"]["hosts"] = [f"{REDIS_URL}/{3 + 2 * WORKER}"]
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"worker{WORKER}"
