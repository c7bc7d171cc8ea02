"""Checking a ledger against all that the database and the shelf say of it. It repairs nothing.

The rules of the format are checked by the verifier that strangers run. Here the same leaves are held
against what strangers do not see: the rows of the signatures, the hashes and checkpoints that are kept so
that nothing is computed twice, and the published files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from letters import durable, limits, signing
from letters.delivery import audit_tree, ledger, shelf, strangers
from letters.delivery.audit_rows import RowAudit
from letters.delivery.audit_tree import Row, TreeAudit
from letters.delivery.findings import Findings
from letters.ledger import notes
from letters.ledger.tiles import WIDTH
from letters.models import Checkpoint, CheckpointSignature, Letter, Tally
from letters.queries import audits, leaves
from letters.services import recounts

OFFLINE: Final = {"offline": None}
"""What was signed on paper stands beside the number, in no leaf."""


@dataclass(frozen=True)
class Audited:
    """What an audit went through, and what differs; nothing is right."""

    leaves: int
    signed: int
    count: int
    differences: list[str]


def audit(*, letter: Letter, at: datetime) -> Audited:
    """Check the ledger of one letter. What is written meanwhile neither disturbs it nor waits for it."""
    found, there = Findings(), shelf.default()
    with tempfile.TemporaryDirectory(prefix="audit-") as name:
        folder = Path(name)
        before = there.read(f"{ledger.folder(letter)}/checkpoint")
        with durable.snapshot():
            signed = leaves.published(letter_id=letter.pk)
            tally = Tally.objects.get(letter_id=letter.pk)
            size = _read(found, letter, signed, folder)
            _compare_newest(found, letter, signed, tally, size, at)
            _compare_shelf_note(found, letter, before)
            _compare_beside(found, letter, signed)
        if signed is not None:
            _ask_a_stranger(found, letter, signed, before, folder, at)
            _demand_as_much(found, letter, signed)
    for part, step in recounts.compare(letter_id=letter.pk, at=at).items():
        found.add("number", f"{part} is {step:+d} from what the signatures say")
    return Audited(size, signed.checkpoint.size if signed else 0, tally.count, found.lines())


def _read(found: Findings, letter: Letter, signed: CheckpointSignature | None, folder: Path) -> int:
    """Go through leaves and signatures, and write the bundle; return how many leaves there are."""
    size = signed.checkpoint.size if signed else 0
    home = ledger.folder(letter)
    tree = TreeAudit(found, letter=letter, signed=size, shelf=shelf.default(), home=home)
    with strangers.Bundle(folder / "letter.tar", letter=letter) as bundle:
        rows = audit_tree.bundles(audits.leaves(letter_id=letter.pk), found)
        tree.read(
            _copied(rows, bundle, size),
            nodes=audits.nodes(letter_id=letter.pk),
            kept=audits.checkpoints(letter_id=letter.pk),
        )
        if signed is not None:
            texts = audits.texts(letter_id=letter.pk, most=signed.checkpoint.texts)
            bundle.put_rest(signed, texts)
    if tree.readable:
        RowAudit(found, states=tree.states).read(audits.signatures(letter=letter))
    return tree.tree.size


def _copied(rows: Iterator[Row], bundle: strangers.Bundle, size: int) -> Iterator[Row]:
    """Pass leaves on, and put the first `size` into the bundle."""
    for number, row in enumerate(rows):
        if entries := row[: max(0, size - number * WIDTH)]:
            bundle.put_entries(entries, number=number)
        yield row


def _compare_newest(
    found: Findings,
    letter: Letter,
    signed: CheckpointSignature | None,
    tally: Tally,
    size: int,
    at: datetime,
) -> None:
    """The row of the number is that of the newest checkpoint, which is signed or will be in a moment."""
    newest = Checkpoint.objects.newest(letter_id=letter.pk)
    if newest is None:
        found.add("checkpoint", "there is none")
        return
    ours = (tally.size, bytes(tally.root), tally.as_of, tally.parts() | OFFLINE)
    kept = (newest.size, bytes(newest.root), newest.at, newest.parts | OFFLINE)
    found.need("number", "the tally is not that of the newest checkpoint", same=ours == kept)
    found.need("leaf", f"there are {size}, the newest checkpoint has {newest.size}", same=size == newest.size)
    late = at - newest.at > limits.SEALED_WITHIN and (signed is None or signed.checkpoint_id != newest.pk)
    found.need(
        "note", f"{newest.size} leaves of {newest.at:%Y-%m-%dT%H:%M:%SZ} are not signed", same=not late
    )


def _compare_shelf_note(found: Findings, letter: Letter, raw: bytes | None) -> None:
    """What was published before we looked is a state that the database holds."""
    if raw is None:
        return
    try:
        note = notes.parse_checkpoint(raw.decode().rpartition("\n\n")[0] + "\n")
    except (notes.BadNote, UnicodeError) as error:
        found.add("published note", f"cannot be read: {error}")
        return
    ours = Checkpoint.objects.filter(letter=letter, size=note.size).first()
    same = ours is not None and (note.origin, note.root) == (letter.origin, bytes(ours.root))
    found.need("published note", f"the database holds no such state of {note.size} leaves", same=same)


def _compare_beside(found: Findings, letter: Letter, signed: CheckpointSignature | None) -> None:
    """Texts lie on the shelf as the database has them, once their letter has opened."""
    texts = audits.texts(letter_id=letter.pk, most=signed.checkpoint.texts) if signed else []
    told = ledger.readable(letter, signed.checkpoint) if signed else []
    for text in told:
        name, data = text.file()
        same = shelf.default().read(f"{ledger.folder(letter)}/{name}") == data
        found.need("published file", f"{name} is missing or another one", same=same)
    for number, same in audits.hashes(letter_id=letter.pk, most=len(texts)):
        found.need("text", f"{number} has another hash than its words", same=same)


def _ask_a_stranger(
    found: Findings,
    letter: Letter,
    signed: CheckpointSignature,
    published: bytes | None,
    folder: Path,
    at: datetime,
) -> None:
    """Run the verifier with our own key, where this process has one, and the published note as memory."""
    kept = folder / "published"
    kept.write_bytes(published or b"")
    line = strangers.ask(
        folder / "letter.tar",
        vkeys=signing.vkeys(letter.origin) or signed.vkeys,
        # A note of more leaves than we looked at would be no memory but the future.
        kept=kept if 0 < _size(published) <= signed.checkpoint.size else None,
        at=at,
    )
    found.need("the verifier", line, same=line.startswith("OK: "))


def _demand_as_much(found: Findings, letter: Letter, signed: CheckpointSignature) -> None:
    """By now at least as much is published as was signed when we looked."""
    covered = _size(shelf.default().read(f"{ledger.folder(letter)}/checkpoint"))
    words = f"it covers {covered} leaves, and {signed.checkpoint.size} are signed"
    found.need("published note", words, same=covered >= signed.checkpoint.size)


def _size(note: bytes | None) -> int:
    """Return how many leaves a note covers, 0 for none and for what is no note."""
    line = (note or b"").split(b"\n")[1:2]
    return int(line[0]) if line and line[0].isdigit() else 0
