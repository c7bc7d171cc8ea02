"""What is public of a letter's past: the versions of its text, and what its list gained and lost by day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters.enums import Phase, TextKind
from letters.models import Letter, LetterText, Update
from letters.models.update import NEWEST
from letters.queries.changes import Day, Page
from letters.queries.versions import Version
from letters.web import changes, updates, versions
from letters.web.gallery import cast, orders, texts
from letters.web.gallery.state import Show, State
from letters.web.gallery.texts import Words

CORRECTED: Final[dict[str, Any]] = {
    "version": 2,
    "kind": TextKind.CORRECTION,
    "reason": "Eleven lines, not twelve.",
    "checked": "The timetable of December has eleven: it was counted twice.",
}
AMENDED: Final[dict[str, Any]] = {
    "version": 3,
    "kind": TextKind.AMENDMENT,
    "reason": "The ministers agreed to the first demand, so it asks for the two that are left.",
    "asks_again": True,
}


def _versions(
    words: Words = texts.ENGLISH, *, most: int = 1, phase: Phase = Phase.OPEN, withheld: int = 0
) -> Show:
    """Return the history of a letter with so many versions, of which one may be withheld."""

    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(phase, words=[words])
        known: list[LetterText] = []
        for number, facts in enumerate([{}, CORRECTED, AMENDED][:most], 1):
            order = {"withholding": orders.withholding()} if number == withheld else {}
            text = cast.text(found.letter, older(words, most - number), number=number, **facts, **order)
            known.append(text)
        history = [_version(text, known[place - 1] if place else None) for place, text in enumerate(known)]
        return versions.show(request, found, history[::-1])

    return show


def _version(text: LetterText, before: LetterText | None) -> Version:
    french = cast.text(text.letter, texts.FRENCH, number=9, authoritative=False)
    return Version(text, [text, french], 9_000 // text.version, text, before)


def older(words: Words, steps: int) -> Words:
    """Return the words as they were some changes ago."""
    if not steps:
        return words
    first, *rest = words.body.split("\n\n")
    longer = [first, "Two years ago we wrote to you for the first time.", *rest[:-2], rest[-1]]
    body = "\n\n".join(longer if steps > 1 else [first, *rest]).replace("eleven", "twelve")
    return Words(words.language, words.title.replace("the ", "our "), words.addressees, body)


def _changes(most: int, *, more: bool = False, lost: int = 0, **page: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(count=cast.COUNT if most else 0)
        days = [_day(number, lost) for number in range(most)]
        before = days[-1].start.date() if more else None
        return changes.show(request, found, Page(days, before), **page)

    return show


def _day(number: int, lost: int) -> Day:
    day = Day(
        start=cast.AS_OF.replace(hour=0, minute=0, second=0) - timedelta(days=number),
        new=3 + number * 140,
        withdrawn=number % 4,
        total=cast.COUNT - number * 300,
        net_removed=0,
    )
    if number % 3 == 1:
        day.removed = {"flood": 1_204, "impersonation": 2, "duplicate": 1}
        day.restored, day.lost, day.net_removed = 12, lost, 1_194 + lost
    return day


def news(letter: Letter) -> list[Update]:
    """Return what was told of the letter, the newest first, each in its own language."""
    return [
        Update(
            letter=letter,
            number=number,
            language=words.language,
            title=words.title,
            body=words.body,
            published_at=cast.AS_OF - timedelta(days=9 - number),
        )
        for number, words in reversed(list(enumerate(texts.NEWS, 1)))
    ]


def tell(letter: Letter) -> None:
    """Give a letter its newest update, as `models.update` finds it."""
    for field in NEWEST:
        setattr(letter, f"update_{field}", getattr(news(letter)[0], field))


def _updates(most: int, *, phase: Phase = Phase.OPEN, words: Words = texts.ENGLISH) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        found = cast.found(phase, words=[words])
        return updates.show(request, found, news(found.letter)[:most])

    return show


STATES: Final = (
    State("updates", _updates(3)),
    State("updates-none", _updates(0)),
    State("updates-arabic", _updates(3, words=texts.ARABIC)),
    State("updates-scheduled", _updates(0, phase=Phase.SCHEDULED)),
    State("versions", _versions()),
    State("versions-corrected", _versions(most=2)),
    State("versions-amended", _versions(most=3)),
    State("versions-withheld", _versions(most=3, withheld=2)),
    State("versions-long-words", _versions(texts.LONG, most=3)),
    State("versions-arabic", _versions(texts.ARABIC, most=3)),
    State("versions-scheduled", _versions(phase=Phase.SCHEDULED)),
    State("changes", _changes(12, more=True)),
    State("changes-lost", _changes(4, lost=3)),
    State("changes-earlier", _changes(7, is_first=False)),
    State("changes-none-earlier", _changes(0, is_first=False)),
    State("changes-none-yet", _changes(0)),
)
