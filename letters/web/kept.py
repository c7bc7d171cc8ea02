"""Pages about a letter that are written once for everybody, until something on them changes.

What a reader sees of a letter moves one of its revisions, or the clock moves its phase. Both together
are the key under which a page is kept, and its entity tag: a page that is found is right. The revisions
are asked for at most once a second, in one statement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import cache as once
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from letters import languages, limits
from letters.models import Letter
from letters.queries import letters
from letters.web import caching
from letters.web.found import absent

SOURCES: Final = ("templates", "static", "letters/web", "letters/locale", "letters/templatetags")


class Pointer(NamedTuple):
    """What says which version of its pages a letter has."""

    public_id: str
    status: str
    opens_at: datetime | None
    closes_at: datetime | None
    revisions: tuple[int, int, int]

    def letter(self) -> Letter:
        """Return a letter that knows its phase and nothing else."""
        return Letter(status=self.status, opens_at=self.opens_at, closes_at=self.closes_at)


def page(request: HttpRequest, *, slug: str, part: str, write: Callable[[], HttpResponse]) -> HttpResponse:
    """Return one page about a letter, as it was kept or as `write` makes it, or 304 to who has it.

    Raises Http404 where no letter can be read, Gone for a withdrawn one.
    """
    now = timezone.now()
    pointer = _pointer(slug)
    letter = pointer.letter()
    key = _key(pointer, part, letter.phase(at=now))
    etag = f'"{key}"'
    response = get_conditional_response(request, etag=etag) or _whole(key, write)
    response["ETag"] = etag
    seconds = letter.lasts(at=now, most=limits.PAGE_SHARED_SECONDS)
    return caching.public(response, shared_seconds=seconds)


def _whole(key: str, write: Callable[[], HttpResponse]) -> HttpResponse:
    body = cache.get(key)
    if body is None:
        body = write().content
        cache.set(key, body, limits.PAGE_KEPT_SECONDS)
    return HttpResponse(body)


def _pointer(slug: str) -> Pointer:
    known: Pointer | None = cache.get(f"letter:{slug}")
    if known is not None:
        return known
    letter = letters.with_number(slug=slug)
    if letter is None or letter.withdrawn_at is not None:
        raise absent(letter, slug)
    pointer = Pointer(
        letter.public_id,
        letter.status,
        letter.opens_at,
        letter.closes_at,
        (letter.revision, letter.tally.revision, letter.names_revision.value),
    )
    cache.set(f"letter:{slug}", pointer, limits.POINTER_SECONDS)
    return pointer


def _key(pointer: Pointer, part: str, phase: str) -> str:
    facts = (release(), part, pointer.public_id, pointer.revisions, str(phase), languages.asked())
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]


@once
def release() -> str:
    """Return what changes when the same facts are written otherwise: with a new release."""
    digest = hashlib.sha256()
    for folder in SOURCES:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
