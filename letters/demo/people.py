"""Inventing signatories: any number of them, the same for the same seed, on every machine."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import Final, NamedTuple, Protocol, TypeVar

from letters.demo import places
from letters.demo.names import CULTURES, Culture

DAYS: Final = 25
MINUTES: Final = DAYS * 24 * 60
METHODS: Final = ("email",) * 88 + ("institution",) * 7 + ("openid",) * 2 + ("orcid",) * 2 + ("checked",)
TITLES: Final = ("Dr. {}", "Prof. {}", "Prof. Dr. {}", "{}, PhD")
ONE_IN_REPEATED: Final = 60  # names stand twice in every real list, by accident and by a second try
SECOND_GIVEN: Final = 0.45
ORGANIZATIONS: Final = 0.025
T = TypeVar("T")


class Pick(Protocol):
    """Chooses one of several, by the seed."""

    def __call__(self, choices: Sequence[T], /) -> T: ...


class Person(NamedTuple):
    """One signatory. `minute` counts from the opening of the letter to the moment they are counted."""

    kind: str
    name: str
    role: str
    affiliation: str
    country: str
    language: str
    visibility: str
    method: str
    minute: int


def people(count: int, *, seed: str) -> Iterator[Person]:
    """Yield `count` invented signatories in the order in which they signed."""
    chance = Random(seed).random  # noqa: S311  # invents, guards nothing
    cultures, spelled = _weighted_cultures(), _spelled_affiliations()

    def pick(choices: Sequence[T], /) -> T:
        return choices[int(chance() * len(choices))]

    last = ""
    for minute in _minutes(count):
        culture = pick(cultures)
        if chance() < ORGANIZATIONS:
            name, country = _organization(pick), pick(_countries(culture))
            yield Person("organization", name, "", "", country, "en", "public", "email", minute)
            continue
        if not last or chance() * ONE_IN_REPEATED >= 1:
            last = _name(pick, chance(), chance(), culture)
        yield Person(
            "person",
            last,
            pick(places.ROLES) if chance() < 0.82 else "",
            pick(pick(spelled)) if chance() < 0.93 else "",
            pick(_countries(culture)) if chance() < 0.9 else "",
            culture.language,
            "public" if chance() < 0.8 else "private",
            pick(METHODS),
            minute,
        )


def _name(pick: Pick, second: float, mood: float, culture: Culture) -> str:
    given, family, other = pick(culture.given), pick(culture.family), pick(culture.family)
    if second < SECOND_GIVEN and culture.pattern.startswith("{g} "):
        given = f"{given} {pick(culture.given)}"
    name = culture.pattern.format(g=given, f=family, h=other).replace("_", " ")
    if mood < 0.03:
        return name.lower()
    if mood < 0.045:
        return name.upper()
    if mood < 0.10:
        return pick(TITLES).format(name)
    return name


def _organization(pick: Pick) -> str:
    pattern = pick(places.ORGANIZATIONS)
    return pattern.format(town=pick(places.TOWNS), field=pick(places.FIELDS), firm=pick(places.FIRMS))


@cache
def _countries(culture: Culture) -> tuple[str, ...]:
    return tuple(culture.countries.split())


@cache
def _weighted_cultures() -> tuple[Culture, ...]:
    return tuple(culture for culture in CULTURES for _ in range(culture.weight))


@cache
def _spelled_affiliations() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(unicodedata.normalize("NFC", one) for one in of) for of in places.affiliations())


def _minutes(count: int) -> Iterator[int]:
    """Yield the minute of each signature: a rush, a long decay, a second wave, quiet nights."""
    hours = list(accumulate(_busy(hour) for hour in range(DAYS * 24)))
    for number in range(count):
        place = (number + 0.5) / count * hours[-1]
        hour = bisect_right(hours, place)
        before = hours[hour - 1] if hour else 0.0
        yield min(int((hour + (place - before) / (hours[hour] - before)) * 60), MINUTES - 1)


def _busy(hour: int) -> float:
    day, of_day = divmod(hour, 24)
    rush = 30.0 * 0.62**day
    wave = 6.0 * 0.55 ** abs(day - 19)
    night = 0.15 if of_day < 6 else 1.0
    return (rush + wave + 1.2) * night
