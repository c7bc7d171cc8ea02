"""Settings of the deployment, all from the environment; `.env.example` lists the variables.

Without DATABASE_URL the files that `manage.py quickstart` writes into DATA_DIR are read
first, so that a second terminal finds the running servers and their keys.
"""

from __future__ import annotations

import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from advocacy import env, login, policy

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(
    env.text("DATA_DIR", str(BASE_DIR / "var"), hint="Name a folder that this process may write to.")
).resolve()
if not os.environ.get("DATABASE_URL"):
    env.read_file(DATA_DIR / "secrets.env")
    env.read_file(DATA_DIR / "servers.env")

# -- the site -----------------------------------------------------------------
DEBUG = env.flag("DEBUG", False, hint="Write true on your own machine, leave it out everywhere else.")
SITE_NAME = env.text("SITE_NAME", "Undersigned", hint="Name the site in a word or two.")
SITE_URL = env.origin(
    "SITE_URL", hint="Write the address people use, like https://letters.example.org, or run `make run`."
)
SECRET_KEY = env.secret(
    "SECRET_KEY", least=50, hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
KEY_HINT = (
    "Make one: python -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())'"
)
ADDRESS_PEPPER = env.key("ADDRESS_PEPPER", hint=KEY_HINT)
DATA_KEY = env.key("DATA_KEY", hint=KEY_HINT)
# Only the ledger worker needs them; the old one signs beside the new one for a while after a change.
LEDGER_KEY = env.key_or_none("LEDGER_KEY", hint=KEY_HINT)
LEDGER_KEY_OLD = env.key_or_none("LEDGER_KEY_OLD", hint=KEY_HINT)

_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = [
    _site.hostname or "",
    *env.words("ALLOWED_HOSTS", [], hint="List more host names, like www.example.org,example.org"),
]
if DEBUG:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "advocacy.urls"
WSGI_APPLICATION = "advocacy.wsgi.application"
AUTH_USER_MODEL = "letters.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "letters.apps.LettersConfig",
    "letters.apps.LettersAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_countries",
    "pgtrigger",
    "rest_framework",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "letters.web.bodies.NoBody",
    "letters.web.echoes.Echo",
    "letters.web.headers.PrivacyHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "letters.web.speaking.PageLanguage",
    "letters.web.bodies.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "letters.web.second_factors.Gate",
    "letters.web.errors.Outage",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "letters.web.context.site",
            ]
        },
    }
]
CSRF_FAILURE_VIEW = "letters.web.errors.form_timed_out"

# -- PostgreSQL, Redis or Valkey ----------------------------------------------
DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        hint="Write postgresql://user:password@host/name, or run `make run` for your own servers.",
    )
}
DATABASES["default"]["ENGINE"] = "advocacy.postgres"
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
REDIS_URL = env.redis("REDIS_URL", hint="Write redis://host:6379/0, or run `make run` for your own servers.")
CACHES = {
    "default": {
        "BACKEND": "advocacy.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "undersigned",
    }
}

# -- counting -------------------------------------------------------------------
# The pages promise two minutes: the longest waits together stay below.
_hint = "Seconds between two looks at what waits to be counted."
LEDGER_SEAL_SECONDS = env.number("LEDGER_SEAL_SECONDS", 5, least=1, most=20, hint=_hint)
_hint = "So many signatures are counted together, to hide the order."
LEDGER_BATCH_MIN = env.number("LEDGER_BATCH_MIN", 8, least=1, most=1000, hint=_hint)
_hint = "After so many seconds a smaller batch is counted too."
LEDGER_BATCH_SECONDS = env.number("LEDGER_BATCH_SECONDS", 60, least=0, most=80, hint=_hint)
# Where the ledgers are published for a CDN, and remembered when the database is lost.
_default = str(DATA_DIR / "published") if DEBUG else None
_hint = "Name a folder that survives the database, like /srv/ledger on another disk, or s3://bucket/prefix."
LEDGER_STORAGE = env.storage("LEDGER_PUBLISH", _default, bucket="advocacy.bucket.LedgerBucket", hint=_hint)
# Marks of organizations and share cards: every web process and worker reads them.
_default = str(DATA_DIR / "pictures") if DEBUG else None
_hint = "Name a folder that all processes share, like /srv/pictures, or s3://bucket/prefix."
PICTURE_STORAGE = env.storage("PICTURES", _default, bucket="advocacy.bucket.PictureBucket", hint=_hint)

# -- mail -----------------------------------------------------------------------
MAIL_FOLDER = DATA_DIR / "mail"
if env.text("EMAIL_URL", "" if DEBUG else None, hint="Write smtp+tls://user:password@host:587"):
    vars().update(env.email("EMAIL_URL", hint="Write smtp+tls://user:password@host:587"))
else:
    EMAIL_BACKEND = "letters.delivery.folder.FolderBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text(
    "MAIL_FROM", f"{SITE_NAME} <letters@{_site.hostname}>", hint="Write Name <address@your-domain>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_hint = "Write an address whose mail is piped to `manage.py take_bounce`, like bounces@letters.example.org."
BOUNCES_TO = env.mailbox("BOUNCES_TO", local_most=20, hint=_hint)
_hint = "Write the address that people who need help may write to; it stands on every page."
SITE_CONTACT = env.text("SITE_CONTACT", parseaddr(DEFAULT_FROM_EMAIL)[1], hint=_hint)

# -- login: organizers only, by mail address --------------------------------------
vars().update(login.SETTINGS)
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = login.CODE_SECONDS  # mails say it, too
DESK_SECOND_FACTOR = env.flag("DESK_SECOND_FACTOR", not DEBUG, hint="Write false only to try a site out.")

# -- language and time --------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("ar", "العربية")]
FORMAT_MODULE_PATH = ["letters.formats"]
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "letters" / "locale"]

# -- static files ---------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "advocacy.static.SiteStylesheet",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STYLESHEET_FOLDER = DATA_DIR / "stylesheet"
# Before `collectstatic` has run (development, tests) files are served where they lie.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": PICTURE_STORAGE,
    "ledger": LEDGER_STORAGE,
    "staticfiles": {"BACKEND": "advocacy.static.HashedWhenCollected"},
}

# -- logs: Django's own, without tokens ---------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_tokens": {"()": "letters.web.logs.NoTokens"}},
    "loggers": {
        "django.request": {"filters": ["no_tokens"]},
        "django.security.csrf": {"filters": ["no_tokens"]},
    },
}

# -- security ---------------------------------------------------------------------------
_https = _site.scheme == "https"
SECURE_SSL_REDIRECT = _https and not DEBUG
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env.flag("BEHIND_PROXY", False, hint="Write true when a proxy ends TLS and sets X-Forwarded-Proto.")
    else None
)
_hint = "Say how many proxies of yours stand in front, each adding to X-Forwarded-For whom it heard."
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0, least=0, most=9, hint=_hint)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 12 * 60 * 60  # after it was used last
CSRF_COOKIE_AGE = 24 * 60 * 60  # a form that outlives its session is answered with the words in it
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = policy.CONTENT_SECURITY_POLICY
# A form of ours is a few kilobytes, a letter's text in the admin some hundred.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "letters.api.problems.answer",
}
