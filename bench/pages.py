"""`python -m bench.pages [SIZE ...]`: what the letter's page costs, beside what it could cost at least.

The kept page beside a bare Django view that hands out the same bytes; the page written anew beside a
view that renders a page of 14 kB, and beside one that renders its own template; the page behind a
caching nginx beside nginx that serves those bytes as a file. All in turns, in one run, on the same
settings of gunicorn and nginx.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import django

from bench import stage


def main(words: Sequence[str]) -> int:
    """Measure, and print the tables."""
    wanted = _options(words)
    with stage.opened() as opened:
        django.setup()
        from bench import reading, rows  # noqa: PLC0415 - not before the settings are there

        options = reading.Options(sorted(wanted.sizes), wanted.clients, wanted.rounds, wanted.seconds)
        text, files = rows.publish(), opened.folder / "pages"
        files.mkdir()
        with reading.targets(opened, text.letter.slug, files) as targets:
            bench = reading.Bench(opened, targets, options)
            for size in options.sizes:
                rows.fill(text, size)
                page = reading.fetch(targets[reading.KEPT])
                (files / f"letter-{size}.html").write_bytes(page)
                bench.measure(size)
            template = reading.fetch(targets[reading.RENDERED])
    print(*reading.table(bench), "", *reading.figures(bench), "", sep="\n")
    print(f"The page has {len(page):,} bytes; the one of 14 kB has {len(template):,}.")
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5, help="of each kind, at each size")
    parser.add_argument("--seconds", type=float, default=2.0, help="of one round")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
