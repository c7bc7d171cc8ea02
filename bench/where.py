"""`python -m bench.where`: where the time of one request goes, in this process, without HTTP.

Prints for signing and confirming: the statements with their round trips' times, processor time
per request beside the whole time, and what the profiler sees.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import os
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from typing import Any

import django

from bench import stage

Application = Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]


def call(application: Application, request: bytes, port: int) -> None:
    """Hand one request to the WSGI application as gunicorn does."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    surroundings: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(port), "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    for header, value in (line.split(": ", 1) for line in lines):
        name = header.upper().replace("-", "_")
        surroundings[name if name.startswith("CONTENT_") else f"HTTP_{name}"] = value
    statuses: list[str] = []
    answer = application(surroundings, lambda status, *_: statuses.append(status))
    list(answer)
    answer.close()  # type: ignore[attr-defined]
    assert statuses[0].startswith("30"), statuses


@contextmanager
def timed_statements() -> Iterator[dict[str, list[float]]]:
    """Note the seconds of every statement that goes through Django."""
    from django.db import connection  # noqa: PLC0415 - not before the settings are there

    seen: dict[str, list[float]] = defaultdict(list)

    def note(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, *more)
        finally:
            seen[sql].append(time.perf_counter() - began)

    with connection.execute_wrapper(note):
        yield seen


def show(name: str, application: Application, requests: list[bytes], port: int, lines: int) -> None:
    """Print where the time of some requests goes."""
    few = len(requests) // 3
    for request in requests[:few]:
        call(application, request, port)
    used, began = time.process_time(), time.perf_counter()
    for request in requests[few : 2 * few]:
        call(application, request, port)
    used, took = time.process_time() - used, time.perf_counter() - began
    print(f"\n== {name}: {took / few * 1e6:.0f} µs, of them processor {used / few * 1e6:.0f} µs")
    profiler = cProfile.Profile(time.process_time)  # other programs on this machine do not count
    with timed_statements() as seen:
        profiler.enable()
        for request in requests[2 * few : 3 * few]:
            call(application, request, port)
        profiler.disable()
    for sql, times in seen.items():
        print(f"{sum(times) / few * 1e6:6.0f} µs  {len(times) / few:.0f} x  {' '.join(sql.split())[:140]}")
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(lines)


def ours(port: int, many: int) -> dict[str, tuple[Application, list[bytes]]]:
    """Return the product and requests to sign and to confirm."""
    from django.utils import timezone  # noqa: PLC0415 - not before the settings are there

    from advocacy.wsgi import application  # noqa: PLC0415 - the same
    from bench import posts, rows  # noqa: PLC0415 - the same

    text, numbers, now = rows.publish(), count(), timezone.now()
    rows.fill(text, 1000)
    signing = posts.sign(f"/letters/{text.letter.slug}/sign/", port=port, numbers=numbers)
    waiting = rows.pending(text, numbers=count(many), many=many, at=now)
    return {
        "sign": (application, list(islice(signing, many))),
        "confirm": (application, list(rows.confirmations(waiting, port=port, at=now))),
    }


def limit(port: int, many: int) -> dict[str, tuple[Application, list[bytes]]]:
    """Return the smallest site and requests to it."""
    from bench import posts  # noqa: PLC0415 - not before the settings are there
    from bench.limit.wsgi import application  # noqa: PLC0415 - the same

    requests = posts.limit("/sign/", port=port, numbers=count())
    return {"L_sign": (application, list(islice(requests, many)))}


def main(words: Sequence[str]) -> None:
    """Measure in this process."""
    parser = argparse.ArgumentParser(prog="python -m bench.where", description=__doc__)
    parser.add_argument("--requests", type=int, default=900)
    parser.add_argument("--lines", type=int, default=45, help="of the profiler")
    parser.add_argument("--limit", action="store_true", help="the smallest Django site instead of ours")
    options = parser.parse_args(words)
    with stage.opened() as opened:
        if options.limit:
            os.environ["DJANGO_SETTINGS_MODULE"] = "bench.limit.settings"
        django.setup()
        of = limit(opened.limit, options.requests) if options.limit else ours(opened.site, options.requests)
        for name, (application, requests) in of.items():
            show(name, application, requests, opened.site, options.lines)


if __name__ == "__main__":
    main(sys.argv[1:])
