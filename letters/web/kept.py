"""Pages about a letter that are written once for everybody, until something on them changes.

What a reader sees of a letter moves one of its revisions, or the clock moves its phase. Both together
are the key under which a page is kept, and its entity tag: a page that is found is right. The revisions
are asked for at most once a second, in one statement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from letters import languages, limits, release
from letters.queries import letters, pointers
from letters.queries.pointers import Pointer
from letters.web import caching, sources
from letters.web.found import absent


def page(
    request: HttpRequest, *, slug: str, part: str, write: Callable[[], HttpResponse], source: str = ""
) -> HttpResponse:
    """Return one page about a letter, as it was kept or as `write` makes it, or 304 to who has it.

    `source` is the code in its address: it is filled in, and nothing is kept under it.

    Raises Http404 where no letter can be read, Gone for a withdrawn one.
    """
    now = timezone.now()
    pointer = _pointer(slug)
    letter = pointer.letter()
    key = _key(pointer, part, letter.phase(at=now))
    etag = f'"{key}-{source}"' if source else f'"{key}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(sources.filled(_whole(key, write), slug=slug, code=source))
    response["ETag"] = etag
    seconds = letter.lasts(at=now, most=limits.PAGE_SHARED_SECONDS)
    return caching.public(response, shared_seconds=seconds)


def _whole(key: str, write: Callable[[], HttpResponse]) -> bytes:
    body: bytes | None = cache.get(key)
    if body is None:
        body = write().content
        cache.set(key, body, limits.PAGE_KEPT_SECONDS)
    return body


def _pointer(slug: str) -> Pointer:
    known: Pointer | None = cache.get(f"letter:{slug}")
    if known is not None:
        return known
    pointer = pointers.find(slug=slug)
    if pointer is None:
        raise absent(letters.with_number(slug=slug), slug)
    cache.set(f"letter:{slug}", pointer, limits.POINTER_SECONDS)
    return pointer


def _key(pointer: Pointer, part: str, phase: str) -> str:
    facts = (release.digest(), part, pointer.public_id, pointer.revisions, str(phase), languages.asked())
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
