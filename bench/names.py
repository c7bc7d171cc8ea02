"""`python -m bench.names [SIZE ...]`: what a page of names costs, deep down, filtered and searched.

Each figure stands beside the first page of the same size, measured in turns with it: once the whole
page as a reader gets it when it was not kept, once what asks PostgreSQL alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import django

from bench import stage

SIZES: Final = (1_000, 100_000)
ROUNDS: Final = 15
WITHIN: Final = 1.2
"""Pages and filters, of the first page."""
SEARCHED: Final = 0.2
"""Seconds for a search, at any size."""
OLDEST: Final = "zorblax"
"""A word that only the oldest fiftieth of the names hold: what is newest first finds it last."""
WORDS: Final = {"common word": "maria", "rare word": "alice hannah okafor", "two letters": "an",
                "two rare letters": "qx", "one sign": "王", "word of the oldest": OLDEST}  # fmt: skip


class Case(NamedTuple):
    """One kind of page: what is asked of the query, and of the site."""

    name: str
    search: bool
    arguments: dict[str, Any]
    path: str


def seconds(work: Callable[[], Any]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cases(letter: Any) -> list[Case]:
    """Return what is measured, the first page first."""
    from letters import limits  # noqa: PLC0415 - not before the settings are there
    from letters.models import Signature  # noqa: PLC0415 - the same
    from letters.queries.signatures import Place, Wanted  # noqa: PLC0415 - the same
    from letters.web import names  # noqa: PLC0415 - the same

    path = f"/letters/{letter.slug}/signatures/?"
    wall = Signature.objects.filter(letter=letter).on_the_wall().order_by("counted_at", "pk")
    row = wall[max(wall.count() // 10, 2 * limits.NAMES_PER_PAGE)]
    place = Place(row.counted_at, row.pk)
    of = names.cursors.make(of=names.list_of(letter, Wanted()), value=place.counted_at, pk=place.pk)
    found = [Case("first page", False, {}, path), Case("deep", False, {"after": place}, f"{path}cursor={of}")]
    for name, given in {"of a country": {"country": "DE"}, "by a method": {"method": "orcid"}}.items():
        found.append(Case(name, False, {"wanted": Wanted(**given)}, path + urlencode(given)))
    for name, words in WORDS.items():
        found.append(Case(name, True, {"wanted": Wanted(words)}, path + urlencode({"q": words})))
    return found


def prepare(letter: Any) -> None:
    """Give the oldest names a word of their own."""
    from django.db import connection  # noqa: PLC0415 - not before the settings are there

    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE letters_signature SET search_name = search_name || ' {OLDEST}' WHERE id IN (SELECT id"
            " FROM letters_signature WHERE letter_id = %s AND counted_at IS NOT NULL AND search_name NOT LIKE"
            f" '%% {OLDEST}%%' ORDER BY counted_at, id LIMIT (SELECT count(*) / 50 FROM letters_signature))",
            [letter.pk],
        )
        cursor.execute("VACUUM (ANALYZE) letters_signature")


def measure(letter: Any) -> list[str]:
    """Return the lines of the table for one size."""
    from django.core.cache import cache  # noqa: PLC0415 - not before the settings are there
    from django.test import Client  # noqa: PLC0415 - the same

    from letters import limits  # noqa: PLC0415 - the same
    from letters.queries import signatures  # noqa: PLC0415 - the same

    limits.ECHO_SECONDS = 0  # each answer is asked for in truth
    client = Client(headers={"host": django.conf.settings.ALLOWED_HOSTS[0]})
    every = cases(letter)
    times: dict[str, list[tuple[float, float]]] = {case.name: [] for case in every}
    for turn in range(ROUNDS + 1):
        start = turn % len(every)
        for case in every[start:] + every[:start]:
            cache.clear()
            page = seconds(lambda path=case.path: client.get(path))
            asked = seconds(
                lambda given=case.arguments: signatures.wall(
                    letter=letter, size=limits.NAMES_PER_PAGE, **given
                )
            )
            if turn:  # the first warms
                times[case.name].append((page, asked))
    first = [median(part) for part in zip(*times["first page"], strict=True)]
    return [line(letter, case, times[case.name], first) for case in every]


def line(letter: Any, case: Case, took: Sequence[tuple[float, float]], first: Sequence[float]) -> str:
    """Return one line of the table: medians, their ratios to the first page, the goal."""
    page, asked = (median(part) for part in zip(*took, strict=True))
    goal = ""
    if case.search:
        goal = f"< {SEARCHED * 1e3:.0f} ms: {'reached' if page < SEARCHED else '**missed**'}"
    elif case.arguments:
        goal = f"≤ {WITHIN}: {'reached' if page / first[0] <= WITHIN else '**missed**'}"
    return (
        f"| {letter.tally.count:,} | {case.name} | {page * 1e3:.1f} | {page / first[0]:.2f} "
        f"| {asked * 1e3:.1f} | {asked / first[1]:.2f} | {goal} |"
    )


def main(words: Sequence[str]) -> int:
    """Measure every size, from the smallest, and print."""
    sizes = sorted(int(word) for word in words) or SIZES
    with stage.opened():
        django.setup()
        from bench import rows  # noqa: PLC0415 - not before the settings are there
        from letters.queries import letters  # noqa: PLC0415 - the same

        text = rows.publish()
        print("| signatures | what | page ms | of the first | query ms | of the first | goal |")
        print("|---:|---|---:|---:|---:|---:|---|")
        for size in sizes:
            rows.fill(text, size)
            prepare(text.letter)
            letter = letters.with_number(slug=text.letter.slug)
            print(*measure(letter), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
