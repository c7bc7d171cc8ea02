"""The settings of the product after `collectstatic`, into a folder of this run alone."""

from advocacy.settings import *  # noqa: F403
from advocacy.settings import DATA_DIR

STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = False
