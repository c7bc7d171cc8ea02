"""`python -m bench.lag [--minutes 3]`: how long a confirmed signature waits for the signed ledger.

Real servers, beat and ledger worker, and people who confirm now and then. Once with the settings of
production, once with those of `quickstart`; the baseline is how long the settings let a batch wait.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from statistics import median, quantiles
from typing import Final

from tests.faults.crowd import until
from tests.faults.stage import Stage, standing

SETTINGS: Final = {
    "production": {"LEDGER_BATCH_MIN": "8", "LEDGER_BATCH_SECONDS": "60", "LEDGER_SEAL_SECONDS": "5"},
    "quickstart": {"LEDGER_BATCH_MIN": "1", "LEDGER_BATCH_SECONDS": "0", "LEDGER_SEAL_SECONDS": "2"},
}
WANTED: Final = {"production": 120.0, "quickstart": 5.0}
PAUSE_MOST: Final = 16.0  # seconds between two who confirm: some batches fill up, some grow old
SLUG: Final = "lag"
# From the confirmation to the first signed checkpoint that holds its leaf.
WAITS: Final = """
SELECT extract(epoch FROM min(note.signed_at) - signature.confirmed_at)::float AS seconds
FROM letters_signature AS signature
JOIN letters_checkpoint AS checkpoint
ON checkpoint.letter_id = signature.letter_id AND checkpoint.size > signature.leaf
JOIN letters_checkpointsignature AS note ON note.checkpoint_id = checkpoint.id
GROUP BY signature.id
"""


def measure(settings: dict[str, str], seconds: float) -> list[float]:
    """Return how long each signature waited."""
    with standing() as stage:
        stage.environment |= settings
        stage.letter(SLUG)
        stage.need("beat", "ledger")
        people = stage.start("people", ["bench.lag", "--confirm", str(seconds)])
        people.wait(timeout=seconds + 60)
        del stage.processes["people"]
        until(lambda: waiting(stage) == 0, within=150)
        return [row["seconds"] for row in stage.ask(WAITS)]


def waiting(stage: Stage) -> int:
    """Return how many wait to be counted or signed."""
    signed = len(stage.ask(WAITS))
    return stage.number("SELECT count(*) FROM letters_signature") - signed


def confirm(seconds: float) -> None:
    """Let people confirm, one after a random pause after the other."""
    import django  # noqa: PLC0415 - only this process has the settings

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from letters.models import Letter  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415

    letter, end = Letter.objects.get(slug=SLUG), time.monotonic() + seconds
    for number in itertools.count():
        builders.confirmed(letter, at=timezone.now(), email=f"lag-{number}@example.org")
        time.sleep(random.uniform(0, PAUSE_MOST * random.choice([0.05, 1])))
        if time.monotonic() > end:
            return


def main() -> int:
    """Measure, print a table; 1 when a figure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--confirm", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.confirm:
        confirm(options.confirm)
        return 0
    missed = 0
    print("| settings | signatures | p50 s | p99 s | longest s | of what a batch may wait | wanted |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, settings in SETTINGS.items():
        waits = measure(settings, options.minutes * 60)
        p99 = quantiles(waits, n=100, method="inclusive")[98]
        may = int(settings["LEDGER_BATCH_SECONDS"]) + int(settings["LEDGER_SEAL_SECONDS"])
        missed += p99 > WANTED[name]
        figures = f"{len(waits)} | {median(waits):.1f} | {p99:.1f} | {max(waits):.1f} | {p99 / may:.2f}"
        print(f"| {name} | {figures} | ≤ {WANTED[name]:.0f} |", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
