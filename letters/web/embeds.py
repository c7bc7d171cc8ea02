"""A letter on pages of others: a frame without script, and the markup that puts it there.

No other page of the site may be framed.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from letters.queries.letters import PublicLetter
from letters.web import headers, kept
from letters.web.found import base_context, find
from letters.web.sharing import address


class Size(NamedTuple):
    """How wide and high the frame is, in CSS pixels. It has no script that could ask for more."""

    width: int
    height: int

    def fits(self, within: Size) -> bool:
        """Whether it is not larger than another one on either side."""
        return self.width <= within.width and self.height <= within.height

    def at_most(self, within: Size) -> Size:
        """Return it, cut to what there is room for."""
        return Size(min(self.width, within.width), min(self.height, within.height))


SIZES: Final = {"s": Size(320, 240), "m": Size(560, 260)}
"""Small and middle."""
THEMES: Final = ("light", "dark")
"""Without one, the frame follows the reader's system."""


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The letter's title, its number, and the way to it."""
    size, theme = request.GET.get("size", ""), request.GET.get("theme", "")
    size, theme = size if size in SIZES else "m", theme if theme in THEMES else ""
    response = kept.page(
        request,
        slug=slug,
        part=f"embed-{size}-{theme}",
        write=lambda: show(request, find(slug), size=size, theme=theme),
    )
    headers.replace_policy(response, {"frame-ancestors": ["*"]})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def show(request: HttpRequest, found: PublicLetter, *, size: str, theme: str) -> HttpResponse:
    """Return the frame in one of the sizes and themes."""
    return render(request, "letters/embed.html", base_context(found) | {"size": size, "theme": theme})


def frame(found: PublicLetter, *, size: str, within: Size | None = None) -> SafeString:
    """Return the markup of a frame, not larger than `within`."""
    wide, high = SIZES[size].at_most(within) if within else SIZES[size]
    url = address("letters:embed", found.letter.slug, code=found.text.stands_under) + f"?size={size}"
    markup = (
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>'
    )
    return format_html(markup, url, wide, high, found.text.title)


def plain(found: PublicLetter) -> SafeString:
    """Return the markup of a link and a badge, for pages that take no frames."""
    letter, text = found.letter, found.text
    return format_html(
        '<p><a href="{url}">{title}</a>, {by} <a href="{url}"><img src="{badge}" alt=""></a></p>',
        url=address("letters:letter", letter.slug, code=text.stands_under),
        title=text.title,
        by=letter.organization.name,
        badge=address("letters:badge", letter.slug),
    )
