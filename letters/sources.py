"""Codes of an organizer's own links: `?s=newsletter` at the end of a letter's address.

A code says which link led somebody to the letter. It is of the organizer's making and stands in the
address for all to see; nothing is ever learned from referrers, cookies or the browser.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

PARAMETER: Final = "s"
CODE_MAX: Final = 40
PATTERN: Final = rf"[a-z0-9-]{{1,{CODE_MAX}}}"
CODE: Final = re.compile(PATTERN)


def read(given: str) -> str:
    """Return a code as it is stored, or nothing for what is none."""
    return given if CODE.fullmatch(given) else ""


def marked(url: str, *, code: str) -> str:
    """Return an address without a query with this code behind it; without a code as it is."""
    return f"{url}?{urlencode({PARAMETER: code})}" if code else url
