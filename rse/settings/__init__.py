"""What the product runs with. Everything that differs between two installations comes from the environment (see .env.example)."""

import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import environment as env

ROOT = Path(__file__).resolve().parent.parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

# Who we are, and where we answer
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", [])
# Wraps the keys of mentoring notes. A key of its own: whoever renews one of the two must not lose what the other protects.
NOTES_KEY = env.secret("NOTES_KEY")
NOTES_KEY_FALLBACKS = env.words("NOTES_KEY_FALLBACKS", [])
if NOTES_KEY == SECRET_KEY:
    raise ImproperlyConfigured("NOTES_KEY may not be the same as SECRET_KEY: give it random characters of its own.")
DEBUG = env.boolean("DEBUG", False)
SITE_URL = env.address("SITE_URL", "http://localhost:8000", "http", "https")
IS_SECURE = SITE_URL.startswith("https://")
SITE_HOST, SITE_ORIGIN = env.host_and_origin(SITE_URL)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [] if IS_SECURE else ["localhost", "127.0.0.1", "[::1]"])
if "*" in ALLOWED_HOSTS and not DEBUG:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not be *: name the hosts this site answers, separated by commas.")
ALLOWED_HOSTS = list(dict.fromkeys([SITE_HOST, *ALLOWED_HOSTS]))
CSRF_TRUSTED_ORIGINS = list(dict.fromkeys([SITE_ORIGIN, *env.origins("CSRF_TRUSTED_ORIGINS", [])]))
# Behind a proxy that is not counted everybody has its address, and is counted as one person.
PROXIES = "how many proxies of yours stand in front, 0 where there is none"
TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", env.REQUIRED if IS_SECURE else 0, expected=PROXIES)

# Where things are kept
DATA_DIR = env.folder("DATA_DIR", ROOT / "var")
MEDIA_ROOT = env.folder("MEDIA_ROOT", DATA_DIR / "media")
BACKUP_DIR = env.folder("BACKUP_DIR", DATA_DIR / "backups")
# What was erased since the oldest backup that is kept: whoever puts one back needs it, so it is lost with the database nowhere but here.
ERASURES_JOURNAL = env.file("ERASURES_JOURNAL", DATA_DIR / "erasures.jsonl")
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'maillage.sqlite3'}")}
# What work beside the views takes at most in one process: each lane (``rse.core.events.lanes``), and the five threads beside them.
# The views have the others of the pool to themselves.
BACKGROUND_CONNECTIONS = 17
REDIS_URL = env.address("REDIS_URL", "", "redis", "rediss")
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    Path(DATABASES["default"]["NAME"]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
    }
else:
    # Under an ASGI server and in threads a kept connection is never given back: the pool replaces it.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL_SIZE", 16, at_least=1) + BACKGROUND_CONNECTIONS, "timeout": 10},
            "options": "-c statement_timeout=10s -c lock_timeout=2s -c idle_in_transaction_session_timeout=30s",
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "rse.core.ops.caches.EnduringRedisCache", "LOCATION": f"{REDIS_URL}/0"}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
}
CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [f"{REDIS_URL}/1"]}}
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mail: to a folder until a server is named
globals().update(env.mail("EMAIL_URL", f"filemail://{DATA_DIR / 'mail'}"))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Maillage <maillage@localhost>")
EMAIL_TIMEOUT = 10  # seconds that a server of mail has for each answer

# What it is made of
AUTH_USER_MODEL = "core.Person"
INSTALLED_APPS = [
    "daphne",
    "rse.core",
    "rse.governance",
    "rse.pages",
    "rse.notify",
    "rse.identity",
    "rse.hris",
    "talent",
    "talent.succession",
    "rse.feed",
    "mobility",
    "communities",
    "search",
    "mentoring",
    "onboarding",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "rse.pages.preferences.PreferencesOnly",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "rse.core.web.middleware.RequestLog",
    "rse.core.web.middleware.HealthOfAnyHost",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "rse.identity.middleware.SharedTerminals",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rse.identity.middleware.Sessions",
    "rse.identity.middleware.SignInFirst",
    "rse.core.web.middleware.PersonSettings",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rse.core.web.middleware.Refusals",
    "rse.core.web.middleware.FormerAddresses",
    "rse.core.web.middleware.PresentNames",
]
ROOT_URLCONF = "rse.urls"
ASGI_APPLICATION = "rse.asgi.application"
WSGI_APPLICATION = "rse.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "rse" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rse.core.web.context_processors.page",
            ],
            "builtins": ["rse.core.templatetags.house"],
        },
    }
]

# Language and time
LANGUAGE_CODE = env.one_of("LANGUAGE_CODE", "fr", "fr", "en")
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "rse" / "locale"]
TIME_ZONE = env.time_zone("TIME_ZONE", "Europe/Paris")
COUNTRY = env.text("COUNTRY", "FR", "two letters, as FR").upper()
USE_TZ = True
COMPANY_NAME = env.text("COMPANY_NAME", "Maillage")

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# The style sheet of Wagtail's screens names a picture of its image library, which is not installed here.
PICTURES_OF_WAGTAIL = Path(str(distribution("wagtail").locate_file("wagtail/images/static/wagtailimages/images")))
STATICFILES_DIRS = [ROOT / "rse" / "static", ("wagtailimages/images", PICTURES_OF_WAGTAIL)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Sign-in
# The first one signs in; the second only says who may open the screens of the handbook.
AUTHENTICATION_BACKENDS = ["rse.identity.backends.PersonBackend", "rse.pages.permissions.EditorBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
STEP_UP_URL = "mfa_reauthenticate"
PASSWORD_RESET_TIMEOUT = 15 * 60
ACCOUNT_ADAPTER = "rse.identity.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the session it was changed in stays, the others end
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "rse.identity.tokens.ResetTokens"  # noqa: S105 - the name of a class
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = False  # the library's own say no time: what is guessed at is counted in rse.identity.attempts, the rest by our views
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "rse.identity.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a device that does not ask who holds it proves nothing
MFA_RATE_LIMITS = False  # counted by our forms, which say how long to wait
MFA_ALLOW_UNVERIFIED_EMAIL = True  # e-mails come from the file of HR
MFA_TOTP_ISSUER = COMPANY_NAME
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; a code is accepted once all the same

# Sessions: eight hours idle and a week at most; those who read succession plans, a quarter of an hour and eight hours
SESSION_ENGINE = "rse.identity.models.sessions"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# On a browser that many people use one after the other, this many seconds without a touch
SHARED_TERMINAL_SECONDS = env.integer("SHARED_TERMINAL_SECONDS", 120, at_least=30)

# What a browser is told
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "rse.core.web.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [NONCE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# The screens of Wagtail need scripts and styles inside the page; nothing that members write is shown there.
POLICY_OF_CMS = {
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],  # the preview beside the form
}

# The handbook: Wagtail for its editors, nothing fetched from elsewhere, no mail and no work flow of its own
WAGTAIL_SITE_NAME = COMPANY_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 0  # it would have to know who sits before which page
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_MODERATION_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# Files of HR: how long everything stays theirs, in days, of people who may not come in because no file names them
IMPORT_DIR = env.folder("IMPORT_DIR", None)  # where files lie that nobody sends by hand; none: no folder is watched
UNLISTED_KEPT_DAYS = env.integer("UNLISTED_KEPT_DAYS", 15)

# Requests: the largest body that is read at all, uploads apart
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Larger files wait here for their view, and nowhere that other programs share: what a killed process left is swept.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

# Logs: one line each, no personal data
LOG_LEVEL = env.one_of("LOG_LEVEL", "INFO", "DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMAT = env.one_of("LOG_FORMAT", "json", "json", "console")
from .logs import logging_for  # noqa: E402

LOGGING = logging_for(level=LOG_LEVEL, shape=LOG_FORMAT)
