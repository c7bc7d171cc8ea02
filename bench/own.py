"""The settings of a site that only renders the letter's template, of facts that it looked up once."""

from advocacy.settings import *  # noqa: F403

ROOT_URLCONF = "bench.own_pages"
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # allauth does not start without it
