"""Letters as readers see them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Final

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet

from letters.enums import PUBLIC_PHASES, LetterStatus, Phase
from letters.models import Letter, LetterText, NamesRevision, Organization, Tally, Update, joined, update
from letters.models.letter import LetterQuerySet


@dataclass(frozen=True)
class PublicLetter:
    """One letter with everything that its page and its API answer show around the names."""

    letter: Letter
    text: LetterText
    phase: Phase

    @property
    def tally(self) -> Tally:
        """The number, with its parts."""
        return self.letter.tally

    @property
    def update(self) -> Update | None:
        """The newest update without its text, where `find` found one."""
        return update.newest_of(self.letter)

    @property
    def texts(self) -> list[LetterText]:
        """The texts of this version in all its languages, the authoritative one first."""
        texts: list[LetterText] = getattr(self.letter, "published_texts", [self.text])
        current = [text for text in texts if text.version == self.text.version]
        return sorted(current, key=lambda text: (not text.authoritative, text.language))

    @property
    def languages(self) -> list[str]:
        """The languages in which this version can be read, the authoritative one first."""
        return [text.language for text in self.texts]


class Order(StrEnum):
    """How a list of letters is sorted. The values are the API's words."""

    NEWEST = "-published_at"
    MOST_SIGNED = "-signatures"


SORTED_BY: Final = {Order.NEWEST: "published_at", Order.MOST_SIGNED: "tally__count"}

# Signing is the busiest thing that people do, and the ORM needs longer to write this statement than
# PostgreSQL to answer it. The columns stand in the order of the models.
LETTER_TO_SIGN: Final = (
    "id", "recipients", "kept_until", "slug", "status", "closed_at", "opens_at", "closes_at", "role_field",
    "affiliation_field", "country_field", "form_labels", "names_after_review", "address_rules",
)  # fmt: skip
TEXT_TO_SIGN: Final = ("id", "number", "language", "withholding_id")
TO_SIGN: Final = f"""
SELECT letter.{", letter.".join(LETTER_TO_SIGN)}, text.{", text.".join(TEXT_TO_SIGN)}
FROM letters_letter AS letter
JOIN letters_lettertext AS text ON text.letter_id = letter.id AND text.published_at IS NOT NULL
WHERE letter.slug = %s AND letter.status NOT IN ('draft', 'withdrawn')
ORDER BY text.version DESC, text.language = %s DESC, text.authoritative DESC LIMIT 1
"""  # noqa: S608 - built from the constants above

NUMBERED: Final = (Letter, Organization, Tally, NamesRevision)
"""What `with_number` reads, in the order of its columns."""


class UnknownOrganization(LookupError):
    """No organization with a letter that may be read has this address."""


@dataclass(frozen=True)
class Wanted:
    """Which letters of the list. `state` is open (closing soon or not), paused or closed."""

    state: Phase | None = None
    organization: str | None = None
    words: str = ""
    """Each stands somewhere in a title or in the organization's name, whatever its case and accents."""
    written_in: str = ""
    updated_since: datetime | None = None
    """Those of which readers see something that changed then or later."""


EVERYTHING: Final = Wanted()


@dataclass(frozen=True)
class Place:
    """Where a page begins: after the row with this time or number (by the order) and this id."""

    value: datetime | int
    pk: int


@dataclass(frozen=True)
class Page:
    """Some letters, how many there are in all, and where the list goes on."""

    letters: list[PublicLetter]
    total: int
    after: Place | None


def find(*, slug: str, at: datetime, language: str = "") -> PublicLetter | None:
    """Return the letter at this address, or None for a draft, a withdrawn one and nothing at all.

    Its text is the newest version in `language`, or else the authoritative one.
    """
    letters = _with_texts(Letter.objects.public()).annotate(newest_update=update.newest())
    letter = letters.filter(slug=slug).first()
    return _public(letter, at=at, language=language) if letter else None


def to_sign(*, slug: str, language: str = "") -> LetterText | None:
    """Return the text that `find` finds, with as much of its letter as signing needs.

    What was left out is read from the database when it is asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute(TO_SIGN, [slug, language])
        row = cursor.fetchone()
    if row is None:
        return None
    text = LetterText.from_db(connection.alias, TEXT_TO_SIGN, row[len(LETTER_TO_SIGN) :])
    text.letter = Letter.from_db(connection.alias, LETTER_TO_SIGN, row[: len(LETTER_TO_SIGN)])
    text.letter.form_labels = json.loads(text.letter.form_labels)
    return text


def page(
    *,
    at: datetime,
    size: int,
    order: Order,
    wanted: Wanted = EVERYTHING,
    after: Place | None = None,
    language: str = "",
) -> Page:
    """Return `size` letters that have opened, by keyset. Raises UnknownOrganization.

    Texts are chosen as by `find`.
    """
    letters = _filtered(Letter.objects.public().filter(opens_at__lte=at), wanted, at)
    field = SORTED_BY[order]
    listed = _with_texts(letters).order_by(f"-{field}", "-pk")
    if after is not None:
        tied = Q(**{field: after.value, "pk__lt": after.pk})
        listed = listed.filter(Q(**{f"{field}__lt": after.value}) | tied)
    rows = list(listed[: size + 1])
    place = _place(rows[size - 1], order) if len(rows) > size else None
    shown = [public for letter in rows[:size] if (public := _public(letter, at=at, language=language))]
    return Page(shown, letters.count(), place)


def languages(*, at: datetime) -> list[str]:
    """Return the languages of the texts of all letters that have opened."""
    texts = LetterText.objects.exclude(published_at=None).filter(letter__in=Letter.objects.public())
    codes = texts.filter(letter__opens_at__lte=at).order_by("language").values_list("language", flat=True)
    return list(codes.distinct())


def with_number(*, slug: str) -> Letter | None:
    """Return a letter with its number, in one statement; a withdrawn one too, never a draft."""
    with connection.cursor() as cursor:
        cursor.execute(_with_number(), [LetterStatus.DRAFT, slug])
        row = cursor.fetchone()
    if row is None:
        return None
    letter, letter.organization, tally, letter.names_revision = joined.split(row, models=NUMBERED)
    tally.by_text = json.loads(tally.by_text)
    letter.tally = tally
    found: Letter = letter
    return found


def draft(*, pk: int, at: datetime, language: str = "") -> PublicLetter | None:
    """Return any letter as its page would look, for its organizer's preview; in `language` if it can."""
    letter = _with_texts(Letter.objects.all()).filter(pk=pk).first()
    read = ExpressionWrapper(Q(language=language), BooleanField())
    texts = list(letter.texts.order_by("-version", read.desc(), "-authoritative")) if letter else []
    if letter is None or not texts:
        return None
    if not hasattr(letter, "tally"):
        letter.tally = Tally(letter=letter, as_of=at)
        letter.published_texts = texts  # type: ignore[attr-defined]  # as they will be
    return PublicLetter(letter, texts[0], letter.phase(at=at))


@cache
def _with_number() -> str:
    """Return a statement that nearly every answer of the API begins with, so that the ORM writes it once."""
    letters = Letter.objects.exclude(status="?").filter(slug="?")
    letters = letters.select_related("organization", "tally", "names_revision")
    return letters.order_by().query.sql_with_params()[0]


def _filtered(letters: LetterQuerySet, wanted: Wanted, at: datetime) -> LetterQuerySet:
    if wanted.organization is not None:
        letters = letters.filter(organization__slug=wanted.organization)
        if not letters.exists():
            raise UnknownOrganization(wanted.organization)
    if wanted.state is not None:
        letters = letters.in_state(wanted.state, at=at)
    if wanted.updated_since is not None:
        letters = letters.changed_since(wanted.updated_since, at=at)
    texts = LetterText.objects.filter(letter=OuterRef("pk")).exclude(published_at=None)
    if wanted.written_in:
        letters = letters.filter(Exists(texts.filter(language=wanted.written_in)))
    for word in wanted.words.split():
        # Letters are thousands, not millions: they are read through.
        titled = Exists(texts.filter(title__unaccent__icontains=word, withholding=None))
        letters = letters.filter(titled | Q(organization__name__unaccent__icontains=word))
    return letters


def _with_texts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    texts = LetterText.objects.exclude(published_at=None).select_related("card", "withholding")
    published = texts.order_by("-version", "-authoritative")
    return letters.select_related("organization", "tally", "names_revision").prefetch_related(
        Prefetch("texts", queryset=published, to_attr="published_texts")
    )


def _place(letter: Letter, order: Order) -> Place:
    if order == Order.MOST_SIGNED or letter.published_at is None:
        return Place(letter.tally.count, letter.pk)
    return Place(letter.published_at, letter.pk)


def _public(letter: Letter, *, at: datetime, language: str = "") -> PublicLetter | None:
    phase = letter.phase(at=at)
    texts: list[LetterText] = getattr(letter, "published_texts", [])
    if phase not in PUBLIC_PHASES or not texts:
        return None
    current = [text for text in texts if text.version == texts[0].version]
    text = next((text for text in current if text.language == language), current[0])
    text.letter = letter
    return PublicLetter(letter, text, phase)
