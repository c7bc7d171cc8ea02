"""Growing a letter's ledger: leaves, nodes and a checkpoint, beside the tally that they prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from letters import durable, rules, signing
from letters.ledger import leaves, merkle, tiles
from letters.ledger.batches import Batch
from letters.models import Checkpoint, CheckpointSignature, Letter, LetterText, Tally

COPY_LEAVES: Final = "COPY letters_leaf (letter_id, index, data) FROM STDIN"
COPY_NODES: Final = "COPY letters_ledgernode (letter_id, level, index, hash) FROM STDIN"


@dataclass(frozen=True)
class Facts:
    """What a ledger says of its letter: how many texts, the key in force, whether signing has ended."""

    texts: int = 0
    key: str = ""
    closed: bool = False


def open_ledger(*, letter: Letter, at: datetime) -> Tally:
    """Begin the ledger of a letter that is being published, with its texts and a tally of nothing."""
    durable.demand()
    moment = at.replace(microsecond=0)
    batch = Batch(0, [leaves.opened(letter=letter.public_id, rules=rules.DIGEST, at=moment)])
    facts = Facts(texts=_add_texts(batch, letter, known=0))
    tally = Tally(letter=letter, as_of=moment)
    append(tally=tally, before=None, batch=batch, facts=facts)
    return tally


def news(*, letter: Letter, before: Checkpoint, at: datetime) -> tuple[Batch, Facts]:
    """Begin a batch with what changed about the letter itself since its last checkpoint."""
    batch = Batch(before.size)
    texts = _add_texts(batch, letter, known=before.texts)
    known = before.key or _first_key(letter)
    key = signing.vkey(letter.origin) or known
    if known and key != known:
        batch.add(leaves.key(vkey=key))
    ended = letter.ended_at(at=at)
    if ended and not before.closed:
        batch.add(leaves.close(at=ended.replace(microsecond=0)))
    return batch, Facts(texts=texts, key=key, closed=before.closed or ended is not None)


def append(*, tally: Tally, before: Checkpoint | None, batch: Batch, facts: Facts) -> Checkpoint:
    """End a batch with its tally leaf and store it, the tally and the checkpoint.

    `tally` holds the figures after the batch, `before` is the checkpoint that was the newest.
    """
    batch.add(
        leaves.tally(
            at=tally.as_of,
            signed=tally.signed,
            withdrawn=tally.withdrawn,
            removed=tally.removed,
            lost=tally.lost,
        )
    )
    return put(tally=tally, before=before, data=batch.leaves, facts=facts)


def put(*, tally: Tally, before: Checkpoint | None, data: Sequence[bytes], facts: Facts) -> Checkpoint:
    """Store leaves of which the last is the tally's, the tally and the checkpoint."""
    durable.demand()
    old = before.tree if before else merkle.Tree()
    tree, nodes = tiles.append(old, map(merkle.leaf_hash, data))
    with connection.cursor() as cursor:
        with cursor.copy(COPY_LEAVES) as copy:
            for index, leaf in enumerate(data, old.size):
                copy.write_row((tally.letter_id, index, leaf))
        with cursor.copy(COPY_NODES) as copy:
            for node in nodes:
                copy.write_row((tally.letter_id, node.level, node.index, node.hash))
    tally.size, tally.root = tree.size, tree.root()
    tally.save()
    return Checkpoint.objects.create(
        letter_id=tally.letter_id,
        size=tree.size,
        root=tree.root(),
        frontier=b"".join(tree.frontier),
        at=tally.as_of,
        parts=tally.parts(),
        texts=facts.texts,
        key=facts.key,
        closed=facts.closed,
    )


def _first_key(letter: Letter) -> str:
    """Return the key under the newest note, where no leaf and no checkpoint names one yet."""
    signed = (
        CheckpointSignature.objects.filter(checkpoint__letter=letter).order_by("-checkpoint__size").first()
    )
    return str(signed.vkeys[0]) if signed else ""


def _add_texts(batch: Batch, letter: Letter, *, known: int) -> int:
    """Add the texts that were published after the first `known`; return how many there are now."""
    published = LetterText.objects.filter(letter=letter, number__gt=known).order_by("number")
    for language, digest in published.values_list("language", "h"):
        known += 1
        batch.add(leaves.text(number=known, language=language, digest=digest))
    return known
