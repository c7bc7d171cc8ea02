"""What the letter's page costs: seven kinds of answers in turns, and the figures to reach."""

from __future__ import annotations

import sys
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from bench import load, processor, report, stage
from bench.load import Round
from bench.plan import Results
from bench.stage import Stage
from tests import proxy

KEPT, BARE = "kept", "bare view"
WRITTEN, RENDERED, OWN = "written anew", "page of 14 kB", "its own template"
PROXIED, FILE = "behind nginx", "file of nginx"
PAIRS: Final = ((KEPT, BARE, 0.70), (WRITTEN, RENDERED, 0.60), (WRITTEN, OWN, 0.60), (PROXIED, FILE, 0.50))
"""What stands beside each, and the rate of it that is wanted."""
SAME: Final = 0.90
"""The largest size of the smallest, each beside its pair."""
REQUEST: Final = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\nConnection: keep-alive\r\n\r\n"
)
"""What a browser sends, but for `Accept-Encoding`: compressing costs both of a pair the same, and hides
the rest.
"""


class Target(NamedTuple):
    """Where one kind is asked for, and whose processor time it takes."""

    port: int
    path: str
    web: list[int]


@dataclass(frozen=True)
class Options:
    """How much of it."""

    sizes: Sequence[int]
    clients: int
    rounds: int
    seconds: float


def browsers(port: int, path: str) -> Iterator[bytes]:
    """Yield what browsers send, again and again."""
    return repeat(REQUEST.format(path=path, port=port).encode())


@dataclass(frozen=True)
class Bench:
    """One run."""

    stage: Stage
    targets: dict[str, Target]
    options: Options
    requests: Callable[[int, str], Iterator[bytes]] = browsers
    results: Results = field(default_factory=lambda: defaultdict(list))

    def measure(self, size: int) -> None:
        """Measure all kinds in turns."""
        kinds = list(self.targets)
        for kind in kinds:
            self._round(kind, size)  # warms threads, connections and caches
        for turn in range(self.options.rounds):
            print(f"{size:,} signatures, round {turn + 1}", file=sys.stderr, flush=True)
            first = turn % len(kinds)
            for kind in kinds[first:] + kinds[:first]:
                self.results[size, self.options.clients, kind].append(self._round(kind, size))

    def _round(self, kind: str, size: int) -> Round:
        port, path, processes = self.targets[kind]
        requests = self.requests(port, path.format(size=size))
        stores = [self.stage.database, self.stage.cache]
        web, database = processor.used(processes), processor.used(stores)
        done = load.run(
            port, requests, clients=self.options.clients, seconds=self.options.seconds, wanted=load.PAGES
        )
        web, database = processor.used(processes) - web, processor.used(stores) - database
        return replace(done, web=web, database=database)


@contextmanager
def targets(one: Stage, slug: str, files: Path) -> Iterator[dict[str, Target]]:
    """Start the site without a cache and the nginx, and say where each kind is found."""
    path, ports, started = f"/letters/{slug}/", stage.free_ports(2), []
    with ExitStack() as stack:
        for port, settings in zip(ports, ("bench.uncached", "bench.own"), strict=True):
            ours = {**one.surroundings, "DJANGO_SETTINGS_MODULE": settings}
            started.append(stack.enter_context(stage.gunicorn("advocacy.wsgi", port, ours, one.folder)))
        nginx = stack.enter_context(
            proxy.running(one.folder / "nginx", site=one.site, workers=2, files=files)
        )
        site, limit = one.web
        yield {
            KEPT: Target(one.site, path, [site]),
            BARE: Target(one.limit, "/page/letter-{size}/", [limit]),
            WRITTEN: Target(ports[0], path, started[:1]),
            RENDERED: Target(one.limit, "/rendered/", [limit]),
            OWN: Target(ports[1], f"/own/{slug}/", started[1:]),
            PROXIED: Target(nginx.port, path, [nginx.pid, site]),
            FILE: Target(nginx.port, "/files/letter-{size}.html", [nginx.pid]),
        }


def fetch(target: Target) -> bytes:
    """Return one page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{target.port}{target.path}") as response:
        return bytes(response.read())


def served(one: Round) -> float:
    """Return answers per second of processor time of the servers, whatever the client needs."""
    return len(one.latencies) / (one.web + one.database)


WAYS: Final = ((report.rate, "rate"), (served, "servers' processor time"))
"""How a kind is compared with what stands beside it."""


def table(bench: Bench) -> Iterator[str]:
    """Yield a Markdown table: medians of the rounds, microseconds of processor time per answer."""
    yield "| signatures | what | rate | p50 ms | p99 ms | web | stores | client |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|"
    for (size, _, kind), rounds in bench.results.items():
        spent = (
            median(getattr(one, part) / len(one.latencies) for one in rounds) * 1e6
            for part in ("web", "database", "client")
        )
        rate, p50, p99 = (median(map(what, rounds)) for what in (report.rate, report.p50, report.p99))
        parts = " | ".join(f"{part:.0f}" for part in spent)
        yield f"| {size:,} | {kind} | {rate:,.0f} | {p50 * 1e3:.2f} | {p99 * 1e3:.2f} | {parts} |"


def figures(bench: Bench, pairs: Sequence[tuple[str, str, float]] = PAIRS) -> Iterator[str]:
    """Yield a Markdown table of the figures to reach: of each kind, beside which, the rate that is wanted."""
    clients, sizes = bench.options.clients, sorted(bench.options.sizes)
    yield "| figure | signatures | wanted | measured | |"
    yield "|---|---:|---:|---:|---|"
    for what, name in WAYS:
        for kind, beside, wanted in pairs:
            at = {size: report.ratio(bench.results, size, clients, kind, beside, what) for size in sizes}
            for size, reached in at.items():
                yield report.line(f"{kind}, of {beside}, by {name} | {size:,} ", wanted, reached, low=True)
            if len(sizes) > 1:
                drift = at[sizes[-1]] / at[sizes[0]]
                yield report.line(f"the same, largest of smallest, by {name} | ", SAME, drift, low=True)
