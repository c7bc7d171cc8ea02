"""The markup that shows a letter on pages of others: a frame, or a link with a badge."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from letters import sources


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


def frame(*, url: str, title: str, size: str, code: str = "", within: Size | None = None) -> SafeString:
    """Return the markup of a frame, not larger than `within`.

    `url` is that of the page to be framed, `code` one of the organizer's own: the letter is opened with it.
    """
    wide, high = SIZES[size].at_most(within) if within else SIZES[size]
    markup = (
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"'
        ' style="border:0;max-width:100%"></iframe>'
    )
    query = {"size": size} | ({sources.PARAMETER: code} if code else {})
    return format_html(markup, f"{url}?{urlencode(query)}", wide, high, title)


def plain(*, url: str, title: str, by: str, badge: str) -> SafeString:
    """Return the markup of a link and a badge, for pages that take no frames."""
    markup = '<p><a href="{url}">{title}</a>, {by} <a href="{url}"><img src="{badge}" alt=""></a></p>'
    return format_html(markup, url=url, title=title, by=by, badge=badge)
