"""oEmbed 1.0 (oembed.com): what others show where the address of a letter is pasted."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters import cards, languages, limits, sources
from letters.embeds import SIZES, Size
from letters.queries import letters
from letters.queries.letters import PublicLetter
from letters.web import caching, embeds
from letters.web.sharing import address, card_of

KIND: Final = "application/json"
ENDLESS: Final = 10_000
"""Pixels: no frame is larger."""


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The frame of a letter, for whoever has its address; a code in that stays in the frame.

    Other parameters than those of the specification are passed over, as consumers add their own.
    """
    if request.GET.get("format", "json") != "json":
        return _refuse("This format is not offered. Ask for json.", 501)
    within = _within(request)
    if within is None:
        return _refuse("maxwidth and maxheight are whole numbers from 1, in pixels.", 400)
    try:
        found = _found(request.GET.get("url", ""))
    except Http404:
        return _refuse("This is not the address of a letter that can be read here.", 404)
    data = json.dumps(_answer(found, within, _source(request)), ensure_ascii=False).encode()
    return caching.content(request, data, KIND, shared_seconds=limits.LETTER_SHARED_SECONDS)


def _answer(found: PublicLetter, within: Size, source: str) -> dict[str, Any]:
    fits = [name for name, size in SIZES.items() if size.fits(within)]
    size = fits[-1] if fits else "s"
    frame = SIZES[size].at_most(within)
    organization = found.letter.organization
    said: dict[str, Any] = {
        "type": "rich",
        "version": "1.0",
        "title": found.text.title,
        "author_name": organization.name,
        "author_url": address("letters:organization", organization.slug),
        "provider_name": settings.SITE_NAME,
        "provider_url": address("letters:index"),
        "cache_age": limits.LETTER_SHARED_SECONDS,
        "html": embeds.frame(found, size=size, source=source, within=within),
        "width": frame.width,
        "height": frame.height,
    }
    card = card_of(found)
    if card and Size(cards.WIDTH, cards.HEIGHT).fits(within):
        said |= {
            "thumbnail_url": address("letters:card", found.letter.slug, card.digest),
            "thumbnail_width": cards.WIDTH,
            "thumbnail_height": cards.HEIGHT,
        }
    return said


def _within(request: HttpRequest) -> Size | None:
    """Return what a frame must fit into, or nothing where that cannot be read."""
    given = [request.GET.get(name, str(ENDLESS)) for name in ("maxwidth", "maxheight")]
    if not all(text.isascii() and text.isdecimal() and int(text[:9]) > 0 for text in given):
        return None
    wide, high = (min(int(text[:9]), ENDLESS) for text in given)
    return Size(wide, high)


def _source(request: HttpRequest) -> str:
    """Return the code in the address of the letter, or nothing."""
    asked = parse_qs(urlsplit(request.GET["url"]).query)
    return sources.read(asked.get(sources.PARAMETER, [""])[0])


def _found(url: str) -> PublicLetter:
    """Return the letter whose page has this address, in the language of the address, or raise Http404."""
    try:
        asked, site = urlsplit(url), urlsplit(settings.SITE_URL)
    except ValueError as error:
        raise Http404(url) from error
    if asked.scheme not in {"http", "https"} or asked.netloc.lower() != site.netloc.lower():
        raise Http404(url)
    code, path = languages.split(asked.path)
    try:
        match = resolve(path if path.endswith("/") else f"{path}/", urlconf=settings.ROOT_URLCONF)
    except Resolver404 as error:
        raise Http404(url) from error
    if match.view_name != "letters:letter":
        raise Http404(url)
    found = letters.find(slug=match.kwargs["slug"], language=code, at=timezone.now())
    if found is None:
        raise Http404(url)
    return found


def _refuse(detail: str, status: int) -> HttpResponse:
    response = JsonResponse({"error": detail}, status=status)
    response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response
