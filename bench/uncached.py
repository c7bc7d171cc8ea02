"""The settings of the product without its cache: every page is written anew."""

from advocacy.settings import *  # noqa: F403

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
