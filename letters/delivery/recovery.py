"""Reading back a ledger that is published further than the database holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from letters import signing
from letters.delivery import ledger, shelf
from letters.delivery.ledger import Refused
from letters.delivery.shelf import Shelf
from letters.ledger import histories, merkle, notes, tiles
from letters.ledger.forms import BadLeaf
from letters.ledger.notes import BadNote
from letters.ledger.tiles import WIDTH, Tile
from letters.models import Checkpoint, Letter
from letters.queries import leaves
from letters.services import recoveries
from letters.services.recoveries import Published


def recover(*, letter: Letter, there: Shelf, at: datetime) -> dict[str, int] | None:
    """Take over what a shelf holds beyond the database; None when it holds nothing more.

    Nothing is changed unless a known key signed what is there and it continues what the database has.
    Raises Refused, recoveries.CannotRecover, OSError.
    """
    raw = there.read(f"{ledger.folder(letter)}/checkpoint")
    newest = Checkpoint.objects.newest(letter_id=letter.pk)
    if raw is None:
        return None
    if newest is None:
        raise Refused("it was published after the backup, and this database has no ledger of it to continue")
    trusted = _trusted(letter, newest)
    published = _open(raw, letter, trusted)
    if published.size <= newest.size:
        ledger.demand_beginning(letter, there)
        return None
    _demand_newest(letter, published)
    data = list(_entries(letter, there, first=newest.size, end=published.size))
    if newest.tree.extend(map(merkle.leaf_hash, data)).root() != published.root:
        raise Refused(f"the {newest.size} leaves of the database are not the first of those published")
    note = raw.decode()
    vkeys = _signers(note, letter, [_announced(data, newest.size), *trusted])
    return recoveries.recover(letter_id=letter.pk, published=Published(newest.size, data, note, vkeys), at=at)


def _trusted(letter: Letter, newest: Checkpoint) -> list[str]:
    """Return the keys that may have signed what continues this database, the newest first."""
    last = leaves.published(letter_id=letter.pk)
    known = [*signing.vkeys(letter.origin), newest.key, *(last.vkeys if last else [])]
    found = list(dict.fromkeys(key for key in known if key))
    if not found:
        raise Refused("no key is known that could have signed it: set LEDGER_KEY")
    return found


def _open(raw: bytes, letter: Letter, trusted: Iterable[str]) -> notes.Checkpoint:
    try:
        return notes.open_checkpoint(text=raw.decode(), origin=letter.origin, vkeys=trusted)
    except (BadNote, UnicodeError) as error:
        raise Refused(f"the published checkpoint is not to be believed: {error}") from error


def _demand_newest(letter: Letter, published: notes.Checkpoint) -> None:
    """Refuse a copy that is older than what the workers published: the rest would be given up."""
    raw = shelf.default().read(f"{ledger.folder(letter)}/checkpoint")
    if raw is None:
        return
    try:
        there = notes.parse_checkpoint(raw.decode().rpartition("\n\n")[0] + "\n")
    except (BadNote, UnicodeError) as error:
        raise Refused(f"the checkpoint in LEDGER_PUBLISH cannot be read: {error}") from error
    if there.size > published.size:
        raise Refused(f"LEDGER_PUBLISH holds {there.size} leaves, this copy only {published.size}")


def _entries(letter: Letter, there: Shelf, *, first: int, end: int) -> Iterator[bytes]:
    """Yield the published leaves from `first` up to `end`. Raises Refused when one is missing."""
    home = ledger.folder(letter)
    for index in range(first // WIDTH, (end - 1) // WIDTH + 1):
        start = index * WIDTH
        width = min(WIDTH, end - start)
        whole, part = Tile(None, index), Tile(None, index, width)
        raw = there.read(f"{home}/{part.path}") or there.read(f"{home}/{whole.path}")
        if raw is None:
            raise Refused(f"{home}/{part.path} is missing")
        try:
            bundle = tiles.decode_entries(raw)
        except tiles.BadTile as error:
            raise Refused(f"{home}/{part.path}: {error}") from error
        if len(bundle) < width:
            raise Refused(f"{home}/{part.path} holds {len(bundle)} leaves instead of {width}")
        yield from bundle[max(0, first - start) : width]


def _announced(data: list[bytes], first: int) -> str:
    try:
        return histories.read(data=data, first=first).key
    except BadLeaf as error:
        raise Refused(f"the published leaves cannot be read: {error}") from error


def _signers(note: str, letter: Letter, known: Iterable[str]) -> list[str]:
    """Return the keys whose signatures a note carries, the newest first."""
    found = []
    for vkey in dict.fromkeys(key for key in known if key):
        try:
            notes.open_checkpoint(text=note, origin=letter.origin, vkeys=[vkey])
        except BadNote:
            continue
        found.append(vkey)
    return found
