"""The number of a letter, as the API tells it and as the tables have it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tests.faults.outbox import OF
from tests.faults.stage import Stage

BETWEEN_READINGS: Final = 0.05
# All in one statement: it sees one state of the database, whatever else goes on.
STATE: Final = f"""
SELECT count, signed - withdrawn - removed - lost AS difference, signed,
  (SELECT count(*) FROM letters_signature AS s WHERE s.{OF}
    AND state = 'confirmed' AND counted_at IS NOT NULL) AS counted,
  (SELECT count(*) FROM letters_signature AS s JOIN letters_ledgerentry AS e ON e.signature_id = s.id
    WHERE s.{OF} AND state = 'withdrawn' AND e.kind <> 'sign') AS to_take,
  (SELECT count(*) FROM letters_signature AS s WHERE s.{OF} AND state = 'confirmed' AND counted_at IS NULL
    AND NOT EXISTS (SELECT FROM letters_ledgerentry AS e WHERE e.signature_id = s.id)) AS forgotten,
  (SELECT count(*) FROM letters_ledgerentry AS e WHERE e.{OF}) AS waiting,
  (SELECT coalesce(sum(new - withdrawn - removed), 0) FROM letters_tallypoint AS p
    WHERE p.{OF} AND interval = 'day') AS by_day,
  (SELECT coalesce(sum(new - withdrawn - removed), 0) FROM letters_tallypoint AS p
    WHERE p.{OF} AND interval = 'hour') AS by_hour,
  (SELECT coalesce((array_agg(total ORDER BY start DESC))[1], 0) FROM letters_tallypoint AS p
    WHERE p.{OF} AND interval = 'day') AS at_last,
  (SELECT count(*) FROM letters_message AS m WHERE m.{OF} AND kind = 'signed') AS receipts
FROM letters_tally AS t WHERE t.{OF}
"""  # only our own constant is put in


@dataclass(frozen=True)
class Reading:
    """What the API said: the number, and the moment at which it was true."""

    count: int
    as_of: datetime


class Reader:
    """A reader who asks the API again and again. Use it as a context manager."""

    def __init__(self, port: int, slug: str) -> None:
        self.port, self.path = port, f"/api/v1/letters/{slug}/count"
        self.readings: list[Reading] = []
        self.asked = 0
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._thread.join()

    def read(self) -> None:
        """Ask once. No answer is no reading; only a wrong one would be a fault."""
        # Each time from another network: one alone may not ask so often.
        network, place = divmod(self.asked, 250)
        self.asked += 1
        source = (f"127.{100 + network}.{1 + place}.1", 0)
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=source)
        try:
            asking.request("GET", self.path)
            response = asking.getresponse()
            answer = json.load(response) if response.status == 200 else None
        except (OSError, ValueError, http.client.HTTPException):
            answer = None
        finally:
            asking.close()
        if answer is not None:
            self.readings.append(Reading(answer["confirmed"], datetime.fromisoformat(answer["as_of"])))

    def _run(self) -> None:
        while not self._enough.is_set():
            self.read()
            time.sleep(BETWEEN_READINGS)


def wrong(stage: Stage, slug: str, readings: Sequence[Reading]) -> int:
    """Return how many readings differ from what was counted by then. For letters nobody withdrew from."""
    query = f"SELECT counted_at FROM letters_signature WHERE {OF} AND counted_at IS NOT NULL ORDER BY 1"
    moments = [row["counted_at"] for row in stage.ask(query, slug)]
    return sum(bisect_right(moments, reading.as_of) != reading.count for reading in readings)


def state(stage: Stage, slug: str) -> dict[str, Any]:
    """Return everything that must add up, as of one moment."""
    [row] = stage.ask(STATE, *[slug] * STATE.count("%s"))
    return row


def contradictions(state: dict[str, Any]) -> list[str]:
    """Return what does not add up."""
    count = state["count"]
    # A withdrawal leaves the table at once and the number when it is counted.
    truths = {
        "count = signed - withdrawn - removed - lost": count == state["difference"],
        "count = counted signatures": count == state["counted"] + state["to_take"],
        "count = sum of the days": count == state["by_day"],
        "count = sum of the hours": count == state["by_hour"],
        "count = total of the last day": count == state["at_last"],
        "each signature that is not counted waits to be": state["forgotten"] == 0,
        "each signature that was counted got its receipt": state["signed"] == state["receipts"],
    }
    return [what for what, holds in truths.items() if not holds]
