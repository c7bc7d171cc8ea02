"""The badge of a letter: its number as a small picture, for pages of others."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from letters.enums import Phase
from letters.queries.letters import PublicLetter
from letters.web import headers, kept, sharing
from letters.web.found import find

KIND: Final = "image/svg+xml"
HEIGHT: Final = 24
SPACE: Final = 8
"""Beside the words of each half, in pixels."""
DIGIT, MARK, SIGN = 7.7, 4.4, 6.9
"""How wide a digit, a mark between digits and a letter of a word are in Verdana at 12 pixels, at most."""
STYLE: Final = (
    "text{font:12px Verdana,'DejaVu Sans',sans-serif;text-anchor:middle;fill:#191b22}"
    ".l{fill:#e6e4de}.n{fill:#21409a}text.n{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#eae8e3}.l{fill:#33363f}.n{fill:#a9bcff}text.n{fill:#101522}}"
)
ALLOWED: Final = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"


@require_safe
def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """The number as it stands. Every page may show it."""
    response = kept.page(request, slug=slug, part="badge", write=lambda: HttpResponse(draw(find(slug))))
    if response.status_code == 200:
        response["Content-Type"] = KIND
    headers.replace_policy(response, {"style-src": [ALLOWED]})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def draw(found: PublicLetter) -> str:
    """Return the picture (SVG 1.1) in the language that is spoken: the number, then what it counts."""
    return render_to_string("letters/badge.svg", _context(found)).strip()


def _context(found: PublicLetter) -> dict[str, Any]:
    count = found.tally.count
    if found.phase == Phase.SCHEDULED:
        number, label, title = "", _("opens soon"), _("This letter opens soon.")
    else:
        number, label = intcomma(count), ngettext("signature", "signatures", count)
        title = sharing.number(found.letter, found.tally)
    first, second = _wide(number), _wide(label)
    whole, first_x, second_x = first + second, 0, first
    if get_language_bidi():
        first_x, second_x = second, 0
    return {
        "style": mark_safe(STYLE),  # noqa: S308 - a constant of this file
        "language": get_language(),
        "title": title,
        "number": number,
        "label": label,
        "whole": whole,
        "height": HEIGHT,
        "first": first,
        "first_x": first_x,
        "first_middle": first_x + first / 2,
        "second_middle": second_x + second / 2,
    }


def _wide(words: str) -> int:
    """Return the width of a half with these words, in whole pixels; none without words."""
    signs = [sign for sign in words if unicodedata.category(sign) != "Mn"]
    width = sum(_width(sign) for sign in signs)
    return round(width) + 2 * SPACE if signs else 0


def _width(sign: str) -> float:
    if sign.isdecimal():
        return DIGIT
    return SIGN if sign.isalpha() else MARK
