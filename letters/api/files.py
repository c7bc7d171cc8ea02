"""The files of a letter: its days, its public names, its words, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_countries import countries as known
from rest_framework.request import Request

from letters import limits
from letters.api import breakdowns, conditional, found, problems, representations, signatures, texts, values
from letters.api.conditional import Version
from letters.api.filing import AS_CSV, File, filing
from letters.api.parameters import Given
from letters.api.shapes import files as described
from letters.api.shapes import texts as shapes
from letters.api.values import Reader
from letters.cells import Cell
from letters.enums import Interval, Phase
from letters.models import Letter
from letters.queries import downloads, series, versions

DAILY: Final = ("date", "new", "withdrawn", "removed", "total", "final")
COUNTRIES: Final = ("code", "name", "confirmed")
NAMES: Final = (
    "name", "role", "affiliation", "country", "signed_on", "verified_by", "notable", "text_version",
)  # fmt: skip
IN_A_LANGUAGE: Final[dict[str, Reader]] = {"lang": values.language}
NONE: Final[dict[str, Reader]] = {}


@filing(described.DAILY, query=AS_CSV)
def daily(request: Request, asked: Given, slug: str) -> HttpResponseBase:
    """What each day changed, and the number at its end."""
    now = timezone.now()
    letter = found.number(slug=slug)
    seconds = limits.FILE_SHARED_SECONDS
    version = conditional.of_series(letter, "daily.csv", *asked.written, at=now, shared_seconds=seconds)
    file = File(request, version, lambda: _name(letter, "daily"))
    return file.table(DAILY, lambda: _days(letter, at=now), bom="bom" in asked.values)


@filing(described.COUNTRIES, query=AS_CSV)
def countries(request: Request, asked: Given, slug: str) -> HttpResponseBase:
    """From where people signed; two rows without a code make it add up to the number."""
    letter = found.number(slug=slug)
    one = breakdowns.of(letter)
    letter.tally.as_of = one.as_of  # the name of the file says of which moment it is
    with translation.override("en"):
        rows = [(code, known.name(code), number) for code, number in one.countries]
    rows += [("", "Other countries", one.countries_other), ("", "Not stated", one.countries_not_stated)]
    key = (letter.public_id, "countries.csv", one.as_of.isoformat(), *rows, *asked.written)
    version = Version(key, one.made_at, limits.RECORD_SHARED_SECONDS)
    file = File(request, version, lambda: _name(letter, "countries"))
    return file.table(COUNTRIES, lambda: rows, bom="bom" in asked.values)


@filing(described.NAMES, query=AS_CSV)
def names(request: Request, asked: Given, slug: str) -> HttpResponseBase:
    """The public names, where the organization lets them out."""
    letter = signatures.offered(slug)
    key = conditional.key(letter, at=timezone.now())
    # Hiding a name moves no time that readers know.
    version = Version((*key, "signatures", *asked.written), None, limits.NAMES_SHARED_SECONDS)
    file = File(request, version, lambda: _name(letter, "signatures"))
    response = file.table(NAMES, lambda: downloads.names(letter=letter), bom="bom" in asked.values)
    response["X-Robots-Tag"] = "noindex"
    return response


@filing(described.PLAIN, query=IN_A_LANGUAGE)
def plain(request: Request, asked: Given, slug: str) -> HttpResponseBase:
    """The words of the letter as they are read."""
    return _words(request, asked, slug, "txt")


@filing(described.MARKDOWN, query=IN_A_LANGUAGE)
def markdown(request: Request, asked: Given, slug: str) -> HttpResponseBase:
    """The words of the letter as they were written."""
    return _words(request, asked, slug, "md")


@filing(described.README, query=NONE)
def readme(request: Request, asked: Given, slug: str) -> HttpResponseBase:
    """What each file holds, and who may do what with it."""
    now = timezone.now()
    one = found.letter(slug=slug, at=now)
    version = conditional.of_letter(one.letter, at=now, shared_seconds=limits.FILE_SHARED_SECONDS)
    said = {
        "text": one.text,
        "organization": one.letter.organization,
        "named": one.letter.names_in_api,
        "cite": representations.cite(one.letter),
        "page": representations.address("letters:data", slug),
        "rule": representations.address("letters:how_we_count"),
    }
    return File(request, version, lambda: "README.txt").words(
        "text/plain", lambda: render_to_string("letters/data.txt", said)
    )


def _days(letter: Letter, *, at: datetime) -> Iterator[Sequence[Cell]]:
    """Return a row for each day. The letter's tally becomes that to which they add up."""
    days = series.points(letter=letter, interval=Interval.DAY, first=series.began(letter=letter), at=at)
    return ((day.start.date(), day.new, day.withdrawn, day.removed, day.total, day.final) for day in days)


def _words(request: Request, asked: Given, slug: str, form: str) -> HttpResponseBase:
    letter = found.number(slug=slug)
    if letter.phase(at=timezone.now()) == Phase.SCHEDULED:
        raise problems.Problem(problems.NOT_FOUND)
    one = texts.chosen(versions.texts(letter=letter), asked)
    version = Version((letter.public_id, one.h, "file", form), one.published_at, limits.RECORD_SHARED_SECONDS)
    name = f"{letter.slug}-letter-{one.language}-v{one.version}.{form}"
    return File(request, version, lambda: name).words(shapes.KINDS[form], lambda: texts.document(one, form))


def _name(letter: Letter, what: str) -> str:
    return f"{letter.slug}-{what}-{letter.tally.as_of.astimezone(UTC):%Y-%m-%dT%H%MZ}.csv"
