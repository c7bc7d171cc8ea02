"""`python -m bench.sign`: how fast people sign and confirm, beside the limit of this machine."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

import django

from bench import stage


def main(words: Sequence[str]) -> int:
    """Measure, and print the tables."""
    options = _options(words)
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", file=sys.stderr, flush=True)

    with stage.opened() as opened:
        django.setup()
        from bench import plan, report, rows  # noqa: PLC0415 - not before the settings are there
        from bench.sealing import Sealer  # noqa: PLC0415 - the same

        wanted = plan.Options(options.sizes, options.clients, options.rounds, options.seconds)
        text = rows.publish()
        sealer = Sealer(text.letter_id)
        try:
            results = plan.Bench(opened, wanted, text, sealer).run(say=say)
        finally:
            sealer.stop()
    print(*report.table(results), "", *report.figures(results, wanted), sep="\n")
    return 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.sign", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument(
        "--rounds", type=int, default=5, help="of each kind, at each size and number of clients"
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="of one round")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
