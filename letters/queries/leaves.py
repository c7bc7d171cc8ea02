"""A letter's ledger as others read it: its leaves, tiles, hashes and checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from letters.enums import COUNTED, Tallied
from letters.ledger import batches, merkle, receipts, tiles
from letters.ledger.receipts import BadReceipt, Proven, Receipt
from letters.ledger.tiles import WIDTH, Tile
from letters.models import Checkpoint, CheckpointSignature, LedgerNode, LetterText, Signature, claim

TILES_KEPT: Final = 64  # while one proof is made; each has 8 kB

BETWEEN: Final = """
SELECT data FROM letters_leaf WHERE letter_id = %s AND index >= %s AND index < %s ORDER BY index
"""


class Absent(LookupError):
    """The ledger does not hold so much."""


def published(*, letter_id: int) -> CheckpointSignature | None:
    """Return the last signed state: what readers are given."""
    return _signed(letter_id).order_by("-checkpoint__size").first()


def covering(*, letter_id: int, size: int) -> CheckpointSignature | None:
    """Return the first signed state of at least `size` leaves."""
    return _signed(letter_id).filter(checkpoint__size__gte=size).order_by("checkpoint__size").first()


def at_size(*, letter_id: int, size: int) -> Checkpoint | None:
    """Return the state that ends with the tally of exactly `size` leaves."""
    return Checkpoint.objects.filter(letter_id=letter_id, size=size).first()


def data(*, letter_id: int, first: int, end: int) -> list[bytes]:
    """Return the leaves from `first` up to `end`. Raises Absent when one is missing."""
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN, [letter_id, first, end])
        rows = [bytes(row[0]) for row in cursor.fetchall()]
    if len(rows) != end - first:
        raise Absent(f"leaves {first} to {end}")
    return rows


def leaf(*, letter_id: int, index: int) -> bytes:
    """Return one leaf. Raises Absent."""
    return data(letter_id=letter_id, first=index, end=index + 1)[0]


def tile(*, letter_id: int, tile: Tile) -> bytes:
    """Return the bytes of a tile. Raises Absent when it is wider than the ledger."""
    first, end = tile.index * WIDTH, tile.index * WIDTH + tile.width
    if not tile.level:
        entries = data(letter_id=letter_id, first=first, end=end)
        if tile.level is None:
            return tiles.encode_entries(entries)
        return b"".join(map(merkle.leaf_hash, entries))
    nodes = LedgerNode.objects.filter(
        letter_id=letter_id, level=tile.level, index__gte=first, index__lt=end
    ).order_by("index")
    hashes = [bytes(found) for found in nodes.values_list("hash", flat=True)]
    if len(hashes) != tile.width:
        raise Absent(tile.path)
    return b"".join(hashes)


def reader(*, letter_id: int, size: int) -> merkle.Reader:
    """Return a reader of the first `size` leaves, for merkle's roots and proofs."""

    @lru_cache(TILES_KEPT)
    def load(wanted: Tile) -> bytes:
        return tile(letter_id=letter_id, tile=wanted)

    return tiles.reader(size=size, load=load)


def files(*, letter_id: int, old_size: int, new_size: int) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every tile that readers need when a ledger has grown."""
    for grown in tiles.grown(old_size=old_size, new_size=new_size):
        yield grown.path, tile(letter_id=letter_id, tile=grown)


def last_tallies(*, letter_id: int, most: int) -> list[Checkpoint]:
    """Return the last sealed states, the newest first."""
    return list(Checkpoint.objects.filter(letter_id=letter_id).order_by("-size")[:most])


def keys_in_force() -> list[str]:
    """Return the verification keys under the newest checkpoint of the whole site."""
    newest = CheckpointSignature.objects.order_by("-signed_at").first()
    return list(newest.vkeys) if newest else []


def receipt(*, signature: Signature) -> Receipt | None:
    """Return the proof that a signature, as it stands, is in the newest signed state.

    None before its claim is sealed and signed, and after the salt or the address was deleted: then
    nobody can open the leaf any more.
    """
    salt, index = claim.salt_of(signature), signature.claim_leaf
    signed = published(letter_id=signature.letter_id)
    if salt is None or index is None or signature.address is None:
        return None
    if signed is None or index >= signed.checkpoint.size:
        return None
    size = signed.checkpoint.size
    read = reader(letter_id=signature.letter_id, size=size)
    made = Receipt(
        origin=signature.letter.origin,
        index=index,
        claim=claim.claim_of(signature),
        salt=salt,
        leaf=leaf(letter_id=signature.letter_id, index=index),
        proof=tuple(merkle.inclusion_proof(index=index, size=size, read=read)),
        note=signed.note,
        size=size,
    )
    try:
        receipts.verify(made, vkeys=signed.vkeys)
    except BadReceipt:
        return None  # what it says was changed, and the change waits for the next seal
    return made


def keys_at(*, letter_id: int, size: int) -> list[str]:
    """Return the verification keys of a ledger: the last ones, and those under its state of `size`."""
    rows = [published(letter_id=letter_id), _signed(letter_id).filter(checkpoint__size=size).first()]
    return [key for row in rows if row for key in row.vkeys]


@dataclass(frozen=True)
class Standing:
    """What became of a signature: its state in the words of `ledger.batches`, and its newest claim."""

    state: str
    claim_leaf: int


def standing(*, letter_id: int, receipt: Receipt, proven: Proven) -> Standing | None:
    """Return how the signature of a receipt stands; None when the receipt proves another ledger than ours.

    A signature in the tree without a row of its own is one that a restore did not bring back.
    """
    now = Checkpoint.objects.newest(letter_id=letter_id)
    if now is None or now.size < proven.tree.size:
        return None
    read = reader(letter_id=letter_id, size=now.size)
    if merkle.root_at(size=proven.tree.size, read=read) != proven.tree.root:
        return None
    texts = LetterText.objects.filter(letter_id=letter_id, number=proven.text)
    if texts.values_list("h", flat=True).first() != receipt.says("text"):
        return None
    row = Signature.objects.filter(letter_id=letter_id, leaf=proven.signature).first()
    if row is None or row.claim_leaf is None:
        return Standing(batches.LOST, receipt.index)
    states: dict[str, str] = dict.fromkeys(COUNTED, batches.ACTIVE)
    states |= {Tallied.REMOVED: batches.REMOVED, Tallied.WITHDRAWN: batches.WITHDRAWN}
    return Standing(states.get(row.tallied, batches.LOST), row.claim_leaf)


def _signed(letter_id: int) -> QuerySet[CheckpointSignature]:
    return CheckpointSignature.objects.select_related("checkpoint").filter(checkpoint__letter_id=letter_id)
