"""`make contract`: thousands of questions to a running site, each answer held against the OpenAPI document.

Schemathesis makes the questions of the document: examples, edge cases, chance, and what links to what.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests import site

HERE: Final = Path(__file__).parent
QUESTIONS_LEAST: Final = 2_000
EACH: Final = 100
"""Questions by chance to one address."""
PREPARE: Final = """
from datetime import timedelta
from django.utils import timezone
from letters.models import Letter
from letters.services import snapshots
Letter.objects.update(names_in_api=True)
now = timezone.now()
day = now.date() - timedelta(days=2)
snapshots.freeze(letter_id=Letter.objects.get().pk, day=day, at=now)
print(day.isoformat())
"""
"""Names are offered, and a day has its record: which one is printed."""


def main() -> int:
    """Start a site, ask it, and return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        with site.running(Path(folder, "site"), TRUSTED_PROXIES="1") as live:
            day = site.done(site.shell(live, PREPARE))
            failed = ask(live.url, day, report)
        asked = int(json.loads(report.read_text("utf-8"))["test_cases"]["generated"])
    print(f"{asked:,} questions asked")
    if asked < QUESTIONS_LEAST:
        print(f"At least {QUESTIONS_LEAST:,} are wanted.", file=sys.stderr)
    return failed or int(asked < QUESTIONS_LEAST)


def ask(url: str, day: str, report: Path) -> int:
    """Let Schemathesis ask, and return its exit code."""
    words = ["--config-file", HERE / "schemathesis.toml", "run", f"{url}/api/v1/openapi.json"]
    words += ["--max-examples", str(EACH), "--workers", "2"]
    words += ["--report", "json", "--report-json-path", report, *sys.argv[1:]]
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "tests.openapi.hooks",
        "PYTHONPATH": str(site.ROOT),
        "DAY": day,
    }
    return subprocess.run(
        [Path(sys.executable).with_name("schemathesis"), *map(str, words)],
        check=False,
        cwd=report.parent,
        env=environment,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
