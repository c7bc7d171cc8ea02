"""`python -m bench.api [SIZE ...]`: what the answers of the API cost, beside a Django view of one row.

Count, letter, days and names, each as a crowd gets it and made anew; all in turns, in one run, on the same
settings of gunicorn. Each question comes from another network than the one before and is counted against
its budget, as on a real site.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

import django

from bench import stage


def main(words: Sequence[str]) -> int:
    """Measure, and print the tables."""
    wanted = _options(words)
    os.environ["TRUSTED_PROXIES"] = "1"  # the client says from which network it asks
    with stage.opened() as opened:
        django.setup()
        from bench import answers, reading, rows  # noqa: PLC0415 - not before the settings are there

        options = reading.Options(sorted(wanted.sizes), wanted.clients, wanted.rounds, wanted.seconds)
        text = rows.publish()
        answers.prepare(text)
        with answers.targets(opened, text.letter.slug) as found:
            bench = reading.Bench(opened, found, options, answers.networks)
            for size in options.sizes:
                rows.fill(text, size)
                for kept in ("", answers.ANEW):
                    first = found[answers.NAMES + kept]
                    found[answers.DEEP + kept] = answers.deep(text.letter, first)
                bench.measure(size)
    print(*reading.table(bench), "", *answers.figures(bench), sep="\n")
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5, help="of each kind, at each size")
    parser.add_argument("--seconds", type=float, default=2.0, help="of one round")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
