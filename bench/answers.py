"""What the answers of the API cost: all kinds in turns, and the figures to reach."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Final

from django.db import connection

from bench import reading, report, stage
from bench.reading import Bench, Target
from bench.stage import Stage
from letters import cursors
from letters.api import signatures
from letters.models import Letter, LetterText, Signature

BARE = "one row by its key"
COUNT, LETTER, SERIES, NAMES = "count", "letter", "timeseries", "names"
DEEP = "names at 90 %"
ANEW = ", made anew"
"""Asked of a site that keeps nothing."""
GOALS: Final = (
    (COUNT, BARE, 0.70),
    (NAMES, BARE, 0.30),
    (DEEP, NAMES, 0.90),
    (DEEP + ANEW, NAMES + ANEW, 0.90),
)
"""What stands beside each, and the rate of it that is wanted."""
SHOWN: Final = (LETTER, SERIES, COUNT + ANEW, LETTER + ANEW, SERIES + ANEW, NAMES + ANEW)
"""Beside the bare view, without a goal."""
ROW: Final = """
INSERT INTO limit_signature
(id, letter_id, name, email, role, affiliation, country, visibility, updates, created_at)
VALUES (1, 1, 'Ben Okafor', 'ben@example.org', 'Nurse', '', 'DE', 'public', false, now())
"""
NETWORKS: Final = 8_192
REQUEST: Final = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: curl/8.14.1\r\nAccept: */*\r\n"
    "X-Forwarded-For: 10.{high}.{low}.1\r\nConnection: keep-alive\r\n\r\n"
)


def networks(port: int, path: str) -> Iterator[bytes]:
    """Yield the same question of many networks in turn."""
    return cycle(
        [
            REQUEST.format(path=path, port=port, high=number // 256, low=number % 256).encode()
            for number in range(NETWORKS)
        ]
    )


@contextmanager
def targets(one: Stage, slug: str) -> Iterator[dict[str, Target]]:
    """Start the site that keeps nothing, and say where each kind is found."""
    path, [port] = f"/api/v1/letters/{slug}", stage.free_ports(1)
    ours = {**one.surroundings, "DJANGO_SETTINGS_MODULE": "bench.uncached"}
    site, limit = one.web
    paths = {
        COUNT: f"{path}/count",
        LETTER: path,
        SERIES: f"{path}/timeseries",
        NAMES: f"{path}/signatures",
    }
    with stage.gunicorn("advocacy.wsgi", port, ours, one.folder) as anew:
        yield {
            BARE: Target(one.limit, "/row/1/", [limit]),
            **{kind: Target(one.site, asked, [site]) for kind, asked in paths.items()},
            **{kind + ANEW: Target(port, asked, [anew]) for kind, asked in paths.items()},
        }


def deep(letter: Letter, first: Target) -> Target:
    """Return the page of names that nine tenths of them stand before, as `links.next` would say."""
    wall = Signature.objects.filter(letter=letter).on_the_wall().order_by("counted_at", "pk")
    row = wall[max(wall.count() // 10, 50)]
    of = signatures.list_of(letter, signatures.EVERYONE, signatures.Order.NEWEST)
    cursor = cursors.make(of=of, value=row.counted_at, pk=row.pk)
    return Target(first.port, f"{first.path}?cursor={cursor}", first.web)


def prepare(text: LetterText) -> None:
    """Let the names out, and give the bare view its row."""
    Letter.objects.filter(pk=text.letter_id).update(names_in_api=True)
    with connection.cursor() as cursor:
        cursor.execute(ROW)


def figures(bench: Bench) -> Iterator[str]:
    """Yield a Markdown table of the figures to reach, and of what is only shown."""
    yield from reading.figures(bench, GOALS)
    for what, name in reading.WAYS:
        for kind in SHOWN:
            for size in sorted(bench.options.sizes):
                shown = report.ratio(bench.results, size, bench.options.clients, kind, BARE, what)
                yield f"| {kind}, of {BARE}, by {name} | {size:,} | | {shown:.2f} | |"
