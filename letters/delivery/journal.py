"""The journal of erasures: outside the database, so that a restore does not bring anybody back.

It lies on the shelf of the ledgers, beside the folder that readers are served, and holds nothing but
uids and times: `erasures/<yyyy-mm-dd>/<uid>.json`.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

from letters.delivery import shelf
from letters.delivery.shelf import Shelf
from letters.models import Erasure
from letters.services import erasures

log = logging.getLogger(__name__)
FOLDER: Final = "erasures"
"""Never served to the public."""


class Unreadable(Exception):
    """A file of the journal does not say whom to forget."""


class Entry(NamedTuple):
    """One person who was forgotten."""

    uid: UUID
    at: datetime


def write(*, at: datetime) -> int:
    """Write the erasures that the journal does not hold yet; return how many.

    The file comes first and then the note that it is there: a crash in between writes it again.
    """
    there, done = shelf.default(), 0
    while waiting := erasures.unwritten():
        try:
            for one in waiting:
                there.write(_path(one), _content(one))
        except OSError as error:
            log.error("the journal of erasures cannot be written: %s", error)
            break
        erasures.written(uids=[one.pk for one in waiting], at=at)
        done += len(waiting)
    return done


def read(there: Shelf) -> Iterator[Entry]:
    """Yield every entry, the oldest day first. Raises Unreadable, OSError."""
    for day in there.folders(FOLDER):
        for name in there.names(f"{FOLDER}/{day}"):
            if not name.endswith(".json"):
                continue  # what a crash left of a file that was being written
            path = f"{FOLDER}/{day}/{name}"
            yield _entry(path, there.read(path) or b"")


def replay(*, there: Shelf, at: datetime) -> dict[str, int]:
    """Forget again everybody whom the journal names; return how many there were of each kind.

    Everything is read before anything is done. Raises Unreadable, OSError.
    """
    found: Counter[str] = Counter()
    for entry in list(read(there)):
        found[erasures.repeat(uid=entry.uid, since=entry.at, at=at)] += 1
    erasures.replayed(found=found, at=at)
    return found


def _path(one: Erasure) -> str:
    return f"{FOLDER}/{one.at.astimezone(UTC):%Y-%m-%d}/{one.pk}.json"


def _content(one: Erasure) -> bytes:
    content = {"at": one.at.astimezone(UTC).isoformat(), "uid": str(one.pk)}
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _entry(path: str, data: bytes) -> Entry:
    try:
        content = json.loads(data)
        entry = Entry(UUID(content["uid"]), datetime.fromisoformat(content["at"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{path} does not say whom to forget") from error
    if entry.at.tzinfo is None:
        raise Unreadable(f"{path} has a time without a zone")
    return entry
