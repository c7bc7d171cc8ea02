"""How the pages of an organization with a colour of its own look: the site's stylesheet, then its tokens.

Both are one file, so that a reader fetches no more than on other pages. Its name follows from its
content, so that it may be kept for ever.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

from django.contrib.staticfiles.storage import staticfiles_storage

from letters import colors

SITE: Final = "css/site.css"
ADDRESS: Final = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


class Sheet(NamedTuple):
    """A whole stylesheet, and what names this very text."""

    css: str
    digest: str


def sheet(*, accent: str) -> Sheet:
    """Return the site's stylesheet in the shades of an accent."""
    storage: Any = staticfiles_storage  # its class is named in the settings
    file = storage.file(SITE)
    return _sheet(accent, storage.url(SITE), file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _sheet(accent: str, address: str, file: Path, changed: int) -> Sheet:
    """`changed` is there to be part of the key."""
    # Its addresses are relative to where the site's own lies; ours lies elsewhere.
    site = ADDRESS.sub(lambda found: f'url("{urljoin(address, found[1])}")', file.read_text("utf-8"))
    css = site + colors.tokens(accent)
    return Sheet(css, hashlib.sha256(css.encode()).hexdigest()[:16])
