"""`python -m bench.desk [SIZE]`: what each page of the desk costs, beside a bare view for who is logged in.

One letter has SIZE signatures, with the events and the mails that so many leave; beside it stand 200
letters of 20 organizations, and rows of every kind. The pages are those of tests/admin/crowd.py, read from
the desk itself. All are asked for by one operator, one request at a time, in turns with the bare view.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import repeat
from statistics import median, quantiles
from typing import Final, NamedTuple

import django

from bench import load, processor, stage
from bench.load import Round

BARE: Final = "bare view"
WANTED: Final = 0.300
"""Seconds in which 95 of 100 answers are complete."""
REQUEST: Final = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html\r\n"
    "Cookie: sessionid={session}\r\nConnection: keep-alive\r\n\r\n"
)
Results = dict[str, list[Round]]


class Target(NamedTuple):
    """Where a page is asked for, and whose processor time it takes."""

    port: int
    path: str
    web: list[int]


def main(words: Sequence[str]) -> int:
    """Measure, and print the table."""
    wanted = _options(words)
    os.environ["DESK_SECOND_FACTOR"] = "false"  # it costs one look into the session
    with stage.opened() as opened:
        django.setup()
        from bench import desk_rows  # noqa: PLC0415 - not before the settings are there

        print(f"making a desk with {wanted.size:,} signatures", file=sys.stderr, flush=True)
        desk = desk_rows.make(wanted.size)
        [port] = stage.free_ports(1)
        ours = {**opened.surroundings, "DJANGO_SETTINGS_MODULE": "bench.bare"}
        with stage.gunicorn("advocacy.wsgi", port, ours, opened.folder) as bare:
            site = opened.web[0]
            targets = {BARE: Target(port, f"/bare/{desk.letter}/", [bare])}
            targets |= {name: Target(opened.site, path, [site]) for name, path in desk.pages.items()}
            stores = [opened.database, opened.cache]
            results = _measure(targets, desk.session, stores, wanted.rounds, wanted.requests)
    print(*table(results), "", verdict(results), sep="\n")
    return 0


def _measure(
    targets: dict[str, Target], session: str, stores: list[int], rounds: int, requests: int
) -> Results:
    results: Results = defaultdict(list)
    for turn in range(rounds + 1):
        print(f"round {turn} of {rounds}", file=sys.stderr, flush=True)
        for name, target in targets.items():
            if not turn:
                for _ in range(4):  # so that some connection leads to each process, and it knows the page
                    _ask(target, session, clients=8, requests=8)
                continue
            web, database = processor.used(target.web), processor.used(stores)
            done = _ask(target, session, clients=1, requests=requests)
            web, database = processor.used(target.web) - web, processor.used(stores) - database
            results[name].append(replace(done, web=web, database=database))
    return results


def _ask(target: Target, session: str, *, clients: int, requests: int) -> Round:
    said = REQUEST.format(path=target.path, port=target.port, session=session).encode()
    try:
        return load.run(
            target.port, repeat(said, requests), clients=clients, seconds=load.PATIENCE, wanted=load.PAGES
        )
    except load.Wrong as wrong:
        raise load.Wrong(f"{target.path}: {wrong}") from wrong


def table(results: Results) -> Iterator[str]:
    """Yield a Markdown table, the slowest first: milliseconds by the clock, and of processor time an answer.

    The ratios are those of an answer beside one of the bare view.
    """
    yield "| page | p50 ms | p95 ms | web ms | stores ms | of the bare view, p50 | by processor time |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    clock, spent = median(_latencies(results[BARE])), sum(_spent(results[BARE]))
    for name in sorted(results, key=lambda name: -p95(results[name])):
        p50, (web, stores) = median(_latencies(results[name])), _spent(results[name])
        yield (
            f"| {name} | {p50 * 1e3:.0f} | {p95(results[name]) * 1e3:.0f} | {web * 1e3:.1f} "
            f"| {stores * 1e3:.1f} | {p50 / clock:.1f} | {(web + stores) / spent:.1f} |"
        )


def verdict(results: Results) -> str:
    """Return which pages miss the goal."""
    pages = [name for name in results if name != BARE]
    late = [name for name in pages if p95(results[name]) > WANTED]
    said = f"{len(pages) - len(late)} of {len(pages)} pages: p95 within {WANTED * 1e3:.0f} ms."
    return f"{said} **Missed** by {', '.join(late)}." if late else said


def p95(rounds: list[Round]) -> float:
    """Return the latency in seconds that five of a hundred exceed."""
    return quantiles(_latencies(rounds), n=20, method="inclusive")[18]


def _latencies(rounds: list[Round]) -> list[float]:
    return [latency for one in rounds for latency in one.latencies]


def _spent(rounds: list[Round]) -> tuple[float, float]:
    web, stores = (
        median(getattr(one, part) / len(one.latencies) for one in rounds) for part in ("web", "database")
    )
    return web, stores


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=100_000)
    parser.add_argument("--rounds", type=int, default=5, help="of each page")
    parser.add_argument("--requests", type=int, default=10, help="of one round")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
