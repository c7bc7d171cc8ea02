"""The settings of the product when it keeps nothing: every page is written anew."""

from advocacy.settings import *  # noqa: F403
from advocacy.settings import MIDDLEWARE as KEEPING

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
MIDDLEWARE = [name for name in KEEPING if name != "letters.web.echoes.Echo"]
