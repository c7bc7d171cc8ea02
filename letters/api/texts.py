"""The words of a letter: as they are, as they were, and how many stand on each version."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from rest_framework.request import Request

from letters import languages, limits, prose
from letters.api import conditional, found, lists, moments, parameters, problems, representations, values
from letters.api.conditional import Version
from letters.api.door import JSON, reading
from letters.api.lists import Listed
from letters.api.parameters import Given
from letters.api.shapes import texts as shapes
from letters.api.values import Reader
from letters.enums import Phase
from letters.models import LetterText
from letters.queries import versions
from letters.queries.versions import Version as TextVersion

VERSIONS_MOST: Final = 32_767  # as many as the column holds
WANTED: Final[dict[str, Reader]] = {
    "version": values.between(1, VERSIONS_MOST),
    "lang": values.language,
    "format": values.one_of([JSON, *shapes.KINDS]),
}
HTML: Final = '<article lang="{}" dir="{}">\n<h1>{}</h1>\n<p>{}</p>\n{}</article>\n'


@reading(shapes.ASKED, query=WANTED)
def text(request: Request, asked: Given, slug: str) -> HttpResponse:
    """The words of one version in one language: the newest and the binding ones, unless others are asked for.

    A version that is named in the address never changes.
    """
    letter = found.number(slug=slug)
    if letter.phase(at=timezone.now()) == Phase.SCHEDULED:
        raise problems.Problem(problems.NOT_FOUND)
    one = chosen(versions.texts(letter=letter), asked)
    form = asked.get("format", JSON)
    version = Version((letter.public_id, one.h, form), one.published_at, limits.RECORD_SHARED_SECONDS)
    response = conditional.answer(request, version, lambda: _written(one, form))
    return conditional.for_good(response) if "version" in asked.values else response


@reading(shapes.HISTORY)
def history(request: Request, slug: str) -> HttpResponse:
    """Every version, the newest first, with how many of the count stand on it."""
    now = timezone.now()
    letter = found.number(slug=slug)

    def listed() -> Listed:
        rows = [_row(version) for version in versions.history(letter=letter, language="")]
        return Listed(rows, len(rows), letter.tally.as_of)

    version = conditional.of_letter(letter, at=now, shared_seconds=limits.RECORD_SHARED_SECONDS)
    return lists.answer(request, version, listed, own=representations.address("api:versions", letter.slug))


def chosen(known: list[LetterText], asked: Given) -> LetterText:
    """Return the text that is asked for among those of a letter, the newest first. Raises a problem."""
    number, language = asked.get("version"), asked.get("lang")
    of_version = [one for one in known if one.version == (number or known[0].version)]
    if not of_version:
        numbers = sorted({one.version for one in known})
        raise parameters.problem("version", "There is no such version.", [str(one) for one in numbers])
    found = [one for one in of_version if language in (None, one.language)]
    if not found:
        allowed = [one.language for one in of_version]
        raise parameters.problem("lang", "This version is not published in that language.", allowed)
    if order := found[0].withholding:
        blocked_by = {"Link": f'<{settings.SITE_URL}>; rel="blocked-by"'}
        raise problems.Problem(problems.WITHHELD, headers=blocked_by, withheld=order.said())
    return found[0]


def _written(one: LetterText, form: str) -> dict[str, Any] | HttpResponse:
    if form == JSON:
        return {
            "version": one.version,
            "language": one.language,
            "authoritative": one.authoritative,
            "title": one.title,
            "addressees": [one.addressees],
            "body_markdown": one.body,
            "sha256": one.h,
        }
    return HttpResponse(document(one, form), content_type=f"{shapes.KINDS[form]}; charset=utf-8")


def document(one: LetterText, form: str) -> str:
    """Return a text as a whole to read or keep: `txt`, `md` or `html`."""
    if form == "html":
        direction = languages.direction(one.language)
        return format_html(HTML, one.language, direction, one.title, one.addressees, prose.html(one.body))
    if form == "md":
        return prose.document(title=one.title, addressees=one.addressees, body=one.body, heading="# ")
    return prose.document(title=one.title, addressees=one.addressees, body=prose.plain(one.body))


def _row(version: TextVersion) -> dict[str, object]:
    one = version.binding
    return {
        "version": one.version,
        "published_at": moments.iso_or_null(one.published_at),
        "kind": one.kind,
        "reason": one.reason or None,
        "checked": one.checked or None,
        "asks_again": one.asks_again,
        "sha256": one.h,
        "confirmed_on_version": version.signatures,
        "languages": [text.language for text in version.texts],
    }
