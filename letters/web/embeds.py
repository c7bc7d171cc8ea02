"""A letter on pages of others: a frame without script, and the markup that puts it there.

No other page of the site may be framed.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from letters import embeds as markup
from letters.embeds import SIZES, Size
from letters.queries.letters import PublicLetter
from letters.web import headers, kept, sources
from letters.web.found import base_context, find
from letters.web.sharing import address

THEMES: Final = ("light", "dark")
"""Without one, the frame follows the reader's system."""


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The letter's title, its number, and the way to it, with the code of the organizer's in its address."""
    size, theme = request.GET.get("size", ""), request.GET.get("theme", "")
    size, theme = size if size in SIZES else "m", theme if theme in THEMES else ""
    response = kept.page(
        request,
        slug=slug,
        part=f"embed-{size}-{theme}",
        source=sources.asked(request),
        write=lambda: show(request, find(slug), size=size, theme=theme),
    )
    headers.replace_policy(response, {"frame-ancestors": ["*"]})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def show(request: HttpRequest, found: PublicLetter, *, size: str, theme: str) -> HttpResponse:
    """Return the frame in one of the sizes and themes."""
    return render(request, "letters/embed.html", base_context(found) | {"size": size, "theme": theme})


def frame(found: PublicLetter, *, size: str, source: str = "", within: Size | None = None) -> SafeString:
    """Return the markup of a frame, not larger than `within`."""
    url = address("letters:embed", found.letter.slug, code=found.text.stands_under)
    return markup.frame(url=url, title=found.text.title, size=size, code=source, within=within)


def plain(found: PublicLetter) -> SafeString:
    """Return the markup of a link and a badge, for pages that take no frames."""
    letter, text = found.letter, found.text
    return markup.plain(
        url=address("letters:letter", letter.slug, code=text.stands_under),
        title=text.title,
        by=letter.organization.name,
        badge=address("letters:badge", letter.slug),
    )
