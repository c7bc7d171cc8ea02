"""The settings of a site with one view for who is logged in: one row by its key."""

from advocacy.settings import *  # noqa: F403

ROOT_URLCONF = "bench.bare_pages"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # allauth does not start without it
]
