"""Medians, ratios, and whether the figures are reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median, quantiles

from bench.load import Round
from bench.plan import CONFIRM, KINDS, LIMIT, SEALED, SIGN, Options, Results


def p50(one: Round) -> float:
    """Return the median latency in seconds."""
    return median(one.latencies)


def p99(one: Round) -> float:
    """Return the latency in seconds that one of a hundred exceeds."""
    return quantiles(one.latencies, n=100, method="inclusive")[98]


def rate(one: Round) -> float:
    """Return answers a second."""
    return one.rate


def thrift(one: Round) -> float:
    """Return answers per second of processor time of servers and client: a rate that others leave alone."""
    return len(one.latencies) / (one.web + one.database + one.client)


def table(results: Results) -> Iterator[str]:
    """Yield a Markdown table: medians of the rounds; the ratio is that of neighbouring rounds.

    The last columns are microseconds of processor time per answer.
    """
    yield "| signatures | clients | what | rate | of L_sign | p50 ms | p99 ms | web | database | client |"
    yield "|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|"
    for (size, clients, kind), rounds in sorted(results.items(), key=_place):
        beside = ratio(results, size, clients, kind, LIMIT, rate)
        web, database, client = (
            median(getattr(one, part) / len(one.latencies) for one in rounds) * 1e6
            for part in ("web", "database", "client")
        )
        yield (
            f"| {size:,} | {clients} | {kind} | {median(map(rate, rounds)):,.0f} | {beside:.0%} "
            f"| {median(map(p50, rounds)) * 1e3:.2f} | {median(map(p99, rounds)) * 1e3:.2f} "
            f"| {web:.0f} | {database:.0f} | {client:.0f} |"
        )


def ratio(
    results: Results, size: int, clients: int, kind: str, other: str, what: Callable[[Round], float]
) -> float:
    """Return the median, over turns, of what `kind` has divided by what `other` has."""
    pairs = zip(results[size, clients, kind], results[size, clients, other], strict=True)
    return median(what(one) / what(beside) for one, beside in pairs)


def figures(results: Results, options: Options) -> Iterator[str]:
    """Yield a Markdown table of the figures to reach."""
    most, largest, least = max(options.clients), max(options.sizes), min(options.sizes)
    yield "| figure | signatures | wanted | measured | |"
    yield "|---|---:|---:|---:|---|"
    for size in sorted(options.sizes):
        of = f"| {size:,} "
        at = f"{most} clients"
        yield line(
            f"sign, rate of L_sign, {at} {of}", 0.60, ratio(results, size, most, SIGN, LIMIT, rate), low=True
        )
        yield line(f"sign, p99 of L_sign, {at} {of}", 2.0, ratio(results, size, most, SIGN, LIMIT, p99))
        if 1 in options.clients:
            yield line(f"sign, p50 of L_sign, 1 client {of}", 2.5, ratio(results, size, 1, SIGN, LIMIT, p50))
        confirm = ratio(results, size, most, CONFIRM, LIMIT, rate)
        yield line(f"confirm, rate of L_sign, {at} {of}", 0.50, confirm, low=True)
        for kind, wanted in ((SIGN, 0.60), (CONFIRM, 0.50)):
            spent = ratio(results, size, most, kind, LIMIT, thrift)
            yield line(f"{kind}, rate of L_sign by processor time, {at} {of}", wanted, spent, low=True)
        for kind, sealed in SEALED.items():
            kept = ratio(results, size, most, sealed, kind, rate)
            yield line(f"{kind}, rate while sealing, {at} {of}", 0.85, kept, low=True)
    for kind in (SIGN, CONFIRM) if largest > least else ():
        full, empty = (median(map(rate, results[size, most, kind])) for size in (largest, least))
        drift = _beside(results, largest, most) / _beside(results, least, most)
        name = f"{kind}, rate at {largest:,} of that at {least:,}, {most} clients"
        yield line(f"{name} | ", 0.90, full / empty, low=True)
        yield line(f"{name}, each beside its L_sign | ", 0.90, full / empty / drift, low=True)


def _beside(results: Results, size: int, clients: int) -> float:
    return median(map(rate, results[size, clients, LIMIT]))


def line(name: str, wanted: float, measured: float, *, low: bool = False) -> str:
    reached = measured >= wanted if low else measured <= wanted
    sign = "≥" if low else "≤"
    return f"| {name}| {sign} {wanted:.2f} | {measured:.2f} | {'reached' if reached else '**missed**'} |"


def _place(item: tuple[tuple[int, int, str], list[Round]]) -> tuple[int, int, int]:
    (size, clients, kind), _ = item
    order = [*KINDS, *SEALED.values()]
    return size, clients, order.index(kind)
