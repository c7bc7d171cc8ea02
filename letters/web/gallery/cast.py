"""Who plays in the gallery: an organization, its letter, its number, its signatories. None is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from letters import languages
from letters.demo.people import people
from letters.enums import Display, LetterStatus, Method, Phase, SignatureState, Visibility
from letters.models import Feature, Letter, LetterText, Organization, Signature, Tally, User
from letters.queries.letters import PublicLetter
from letters.queries.series import Point
from letters.queries.signatures import Page, Place
from letters.web.gallery import texts
from letters.web.gallery.texts import Words
from letters.web.speaking import follow

COUNT: Final = 12_408
WORDS: Final = (texts.ENGLISH, texts.FRENCH, texts.ARABIC)
PUBLIC_ID: Final = "7k2m4q6s2u3w5y7a2c4e6g3i5k"
ADA: Final = User(name="Ada Lindqvist", email="ada@nightrail.example")
AS_OF: Final = datetime(2026, 3, 14, 20, 40, 7, tzinfo=UTC)
# Names as real lists hold them: several scripts, one word, many words, titles.
NAMES: Final = (
    ("Ines Albrecht", "Novelist", "", "DE"),
    ("Prof. Tomasz Wilk", "Transport economist", "Gdańsk University", "PL"),
    ("ليلى حداد", "معلّمة", "مدرسة النور", "JO"),
    ("Νίκος Παπαδάκης", "Ιατρός", "", "GR"),
    ("李明远", "", "", "CN"),
    ("Marguerite Oyelaran-Featherstonehaugh", "Former rail commissioner", "", "BE"),
    ("Ольга Сергеевна Морозова", "Проводница", "", ""),
    ("דנה לוי", "", "האוניברסיטה העברית", "IL"),
    ("प्रिया शर्मा", "Librarian", "", "IN"),
    ("Sukarno", "", "", "ID"),
    ("María de los Ángeles Fernández-Villaverde y Rodríguez de la Cierva", "", "", "ES"),
    ("nguyễn thị minh khai", "Nurse", "Hospital of Saint Elisabeth and the Holy Trinity in Elmsbruck", "VN"),
)
REASONS: Final = (
    ("en", "My sister lives at the other end of one of these lines."),
    ("pl", "Bo pociąg nocny to jedyne połączenie, jakie zostało w moim mieście."),
    ("ar", "لأن السفر ليلًا يعني أن أستيقظ عند أهلي."),
)


def organization(**fields: Any) -> Organization:
    """Return who publishes the letter."""
    values = {
        "name": "Night Rail Alliance",
        "slug": "night-rail",
        "legal_name": "Night Rail Alliance e. V., Brussels",
        "contact": "press@nightrail.example",
        "web_domain": "nightrail.example",
    }
    return Organization(pk=1, approved_at=AS_OF, **{**values, **fields})


def letter(**fields: Any) -> Letter:
    """Return an open letter without an end, unless `fields` say otherwise."""
    values: dict[str, Any] = {
        "organization": organization(),
        "slug": "night-trains",
        "public_id": PUBLIC_ID,
        "origin": f"letters.example/ledger/{PUBLIC_ID}",
        "status": LetterStatus.PUBLISHED,
        "opens_at": AS_OF - timedelta(days=24),
        "time_zone": "Europe/Brussels",
        "place": "Brussels",
    }
    values |= fields
    times = {"created_at": values["opens_at"], "changed_at": AS_OF, "published_at": values["opens_at"]}
    return Letter(pk=1, **{**times, **values})


def text(letter: Letter, words: Words = texts.ENGLISH, **fields: Any) -> LetterText:
    """Return the words of the letter, published with it."""
    withholding = fields.pop("withholding", None)
    made = LetterText(
        letter=letter,
        language=words.language,
        title=words.title,
        addressees=words.addressees,
        body=words.body,
        published_at=letter.published_at,
        **{"number": 1, **fields},
    )
    made.h = made.compute_hash()
    if withholding:
        made.withholding = withholding
        made.leave_out()
    return made


def tally(letter: Letter, count: int = COUNT, **parts: int) -> Tally:
    """Return a number that adds up: mostly public, mostly verified by mail."""
    private, checked = count // 5, count // 100
    by = {"by_institution": count // 12, "by_orcid": count // 60, "by_checked": checked}
    values = {
        "size": count + 214,
        "signed": count + 161,
        "withdrawn": 143,
        "removed": 18,
        "count": count,
        "persons": count - count // 40,
        "organizations": count // 40,
        "public": count - private,
        "private": private,
        "by_email": count - sum(by.values()),
        **by,
    }
    return Tally(letter=letter, as_of=AS_OF, **{**values, **parts})


def found(
    phase: Phase = Phase.OPEN,
    *,
    count: int = COUNT,
    words: Sequence[Words] = WORDS,
    facts: Mapping[str, Any] | None = None,
    **fields: Any,
) -> PublicLetter:
    """Return a letter as readers are given it: in the language of the address, or else in its first.

    `facts` are those of its texts: version, kind, reason.
    """
    made = letter(**fields)
    tally(made, count).by_text = {"1": count - count // 25}
    known = [
        text(made, one, number=number, authoritative=number == 1, **(facts or {}))
        for number, one in enumerate(words, 1)
    ]
    made.published_texts = known  # type: ignore[attr-defined]  # as `queries.letters` names it
    read = next((one for one in known if one.language == languages.asked()), known[0])
    follow(read.language)
    return PublicLetter(made, read, phase)


def closing_in(hours: int, **fields: Any) -> dict[str, Any]:
    """Return the fields of a letter that closes so many hours from now; below zero it has closed."""
    return {"closes_at": timezone.now() + timedelta(hours=hours), **fields}


def signature(home: Letter | None = None, **fields: Any) -> Signature:
    """Return Noor's signature, which waits for her unless `fields` say otherwise."""
    home = home or letter()
    values: dict[str, Any] = {
        "uid": UUID("3f0c6a52-8f0e-4f6c-9c53-0d5c6f3f9a11"),
        "letter": home,
        "text": text(home),
        "name": "Noor van den Berg",
        "role": "Piano tuner",
        "country": "BE",
        "language": "en",
        "visibility": Visibility.PUBLIC,
        "display": Display.SHOWN,
        "state": SignatureState.PENDING,
        "created_at": AS_OF,
        "email_key": b"k" * 32,
        "email_sealed": b"sealed",
        # The database gives these; a row that is stored nowhere has none.
        **dict.fromkeys(("reason", "reason_display", "declined", "removal"), ""),
    }
    return Signature(pk=1, **{**values, **fields})


def counted(home: Letter | None = None, **fields: Any) -> Signature:
    """Return Noor's signature, confirmed and in the number."""
    values = {
        "state": SignatureState.CONFIRMED,
        "confirmed_at": AS_OF,
        "counted_at": AS_OF,
        "leaf": 9_731,
        "claim_leaf": 9_731,
        "salt_sealed": b"sealed",
    }
    return signature(home, **{**values, **fields})


def signatories(letter: Letter, most: int = len(NAMES)) -> list[Signature]:
    """Return `most` people whose names are shown, the same each time."""
    invented = ((one.name, one.role, one.affiliation, one.country) for one in people(most, seed="gallery"))
    rows = [*NAMES, *invented][:most]
    methods = [*Method]
    return [
        Signature(
            pk=number + 1,
            letter=letter,
            name=name,
            role=role,
            affiliation=affiliation,
            country=country,
            language="en",
            method=methods[number % len(methods)],
            counted_at=AS_OF - timedelta(minutes=number),
        )
        for number, (name, role, affiliation, country) in enumerate(rows)
    ]


def featured(letter: Letter, most: int) -> list[Signature]:
    """Return the first of them, checked by a person."""
    found = signatories(letter, most)
    for place, one in enumerate(found):
        Feature(
            letter=letter,
            signature=one,
            position=place,
            checked_by="Ada Lindqvist",
            checked_how="by telephone",
            checked_at=AS_OF.date(),
        )
    return found


def reasons(letter: Letter) -> list[Signature]:
    """Return people who said why they signed, each in their own language."""
    found = signatories(letter, 3)
    for one, (language, why) in zip(found, REASONS, strict=True):
        one.language, one.reason = language, why
    return found


def wall(letter: Letter, most: int, *, more: bool = False) -> Page:
    """Return a page of names, and that the list goes on after it if there are `more`."""
    names = signatories(letter, most)
    return Page(names, Place(AS_OF, most) if more else None)


def days(count: int = 24) -> list[Point]:
    """Return what each of the last days changed: a rush, then fewer."""
    midnight = AS_OF.replace(hour=0, minute=0, second=0)
    result, total = [], 0
    for number in range(count):
        new = 2_600 // (number + 1) + (0 if number % 5 else 90)
        total += new
        result.append(Point(midnight - timedelta(days=count - number), new, 0, 0, total, final=True))
    return result
