"""Which of the organizer's own links led a reader here, put into a page that is kept for everybody.

The page is written once, without a code. What a reader's address says is filled in afterwards: into the
form, and into the links to the same letter, so that it is not lost with another language or between a
frame and the letter.
"""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

from letters import sources

FIELD: Final = b'<input type="hidden" name="source"'
"""As the form writes it while it is empty. What organizers write holds no bare `<`."""


def asked(request: HttpRequest) -> str:
    """Return the code in the address of a page, or nothing."""
    return sources.read(request.GET.get(sources.PARAMETER, ""))


def filled(body: bytes, *, slug: str, code: str) -> bytes:
    """Return a page of a letter for whoever came by the link with this code."""
    if not code:
        return body
    link = re.compile(rb'<a href="((?:/[a-z-]+)?/letters/' + slug.encode() + rb'/)(#[a-z]+)?"')
    body = link.sub(rf'<a href="\g<1>?{sources.PARAMETER}={code}\g<2>"'.encode(), body)
    return body.replace(FIELD, FIELD + f' value="{code}"'.encode(), 1)
