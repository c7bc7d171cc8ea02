"""All that the database says of one ledger, row by row, for whoever checks it.

Read it inside durable.snapshot(): then all of it is of one moment, and comes in constant memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

from django.db.models import OuterRef, Subquery

from letters import prose
from letters.models import Checkpoint, Leaf, LedgerNode, Letter, LetterText, Signature

WORDS: Final = ("addressees", "body", "language", "title", "version")
AT_ONCE: Final = 2000  # rows that travel together


def letters(*, slug: str | None) -> list[Letter]:
    """Return the letters that have a ledger, or the one at this address."""
    found = Letter.objects.exclude(origin="").order_by("pk")
    return list(found.filter(slug=slug) if slug else found)


def leaves(*, letter_id: int) -> Iterator[tuple[int, bytes]]:
    """Yield the place and bytes of each leaf, in order."""
    rows = Leaf.objects.filter(letter_id=letter_id).order_by("index").values_list("index", "data")
    for index, data in rows.iterator(AT_ONCE):
        yield index, bytes(data)


def nodes(*, letter_id: int) -> dict[tuple[int, int], bytes]:
    """Return the stored hashes by level and place: one for each 256 leaves."""
    rows = LedgerNode.objects.filter(letter_id=letter_id).values_list("level", "index", "hash")
    return {(level, index): bytes(found) for level, index, found in rows.iterator(AT_ONCE)}


def checkpoints(*, letter_id: int) -> Iterator[Checkpoint]:
    """Yield every sealed state with its note, if it has one, the smallest first."""
    rows = Checkpoint.objects.filter(letter_id=letter_id).select_related("signed").order_by("size")
    yield from rows.iterator(AT_ONCE)


def texts(*, letter_id: int, most: int) -> list[LetterText]:
    """Return the first `most` published texts."""
    rows = LetterText.objects.filter(letter_id=letter_id, number__lte=most)
    return list(rows.select_related("withholding").order_by("number"))


def hashes(*, letter_id: int, most: int) -> Iterator[tuple[int, bool]]:
    """Yield the number of each of the first texts, and whether its hash is that of the stored words.

    Also of words that are withheld: they leave this function as little as any other.
    """
    rows = LetterText.objects.filter(letter_id=letter_id, number__lte=most).order_by("number")
    for number, digest, *words in rows.values_list("number", "h", *WORDS):
        content = prose.content(**dict(zip(WORDS, words, strict=True)))
        yield number, hashlib.sha256(content).hexdigest() == digest


def signatures(*, letter: Letter) -> Iterator[tuple[Signature, bytes | None]]:
    """Yield every signature that the tally holds, and the leaf where its newest claim is said to stand."""
    texts = {text.pk: text for text in LetterText.objects.filter(letter=letter)}
    claim = Leaf.objects.filter(letter_id=letter.pk, index=OuterRef("claim_leaf")).values("data")
    rows = Signature.objects.filter(letter=letter).exclude(tallied="", leaf=None)
    for one in rows.annotate(claim_data=Subquery(claim[:1])).order_by("leaf").iterator(AT_ONCE):
        one.letter, one.text = letter, texts[one.text_id]
        data = getattr(one, "claim_data")  # noqa: B009 - annotated above, which types do not know
        yield one, bytes(data) if data is not None else None
