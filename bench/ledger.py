"""`python -m bench.ledger`: what the ledger costs: sealing, growing a tree, proving, verifying.

Each figure stands beside what the same work costs without a ledger, measured in the same run.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import resource
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from random import Random
from statistics import median
from typing import Any, Final, NamedTuple
from unittest import mock

import django

from bench import stage

SEALED: Final = 2.0
"""Seconds in which 10,000 confirmations are to be sealed (ledger.md, section 10)."""
PROOFS: Final = 2000


class Line(NamedTuple):
    """One row of the table: seconds, and those of the baseline."""

    what: str
    took: float
    baseline: float
    beside: str
    goal: str = ""

    def __str__(self) -> str:
        unit, factor = ("ms", 1e3) if self.took > 1e-3 else ("µs", 1e6)
        took, beside = (f"{seconds * factor:,.1f} {unit}" for seconds in (self.took, self.baseline))
        ratio = self.took / self.baseline
        return f"| {self.what} | {took} | {self.beside}: {beside} | {ratio:.2f} | {self.goal} |"


def seconds(work: Callable[[], Any]) -> float:
    """Return how long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# --- sealing ---


def seal(many: int, rounds: int) -> Iterator[Line]:
    """Seal so many confirmations with their mails, in turns with a seal that writes no leaf."""
    from django.utils import timezone  # noqa: PLC0415 - not before the settings are there

    from bench import rows  # noqa: PLC0415 - the same
    from letters.services import ledger  # noqa: PLC0415 - the same

    text, plain = rows.publish(), another()
    turns = {"ledger": (text, True), "none": (plain, True), "no mails": (text, False)}
    times: dict[str, list[float]] = {name: [] for name in turns}

    def run(letter_id: int) -> None:
        while ledger.seal(letter_id=letter_id, at=timezone.now()):
            pass

    for number in range(rounds):
        for name, (of, mails) in turns.items():
            confirmed(of, many, f"{name}{number}", mails=mails)
            with without_leaves() if name == "none" else ExitStack():
                times[name].append(seconds(lambda letter_id=of.letter_id: run(letter_id)))
    ours, theirs, quiet = (median(of) for of in times.values())
    alone = median(inserts(many) for _ in range(rounds))
    yield Line(
        f"seal {many:,} confirmations", ours, theirs, "without leaves, nodes, checkpoint", goal(ours, many)
    )
    yield Line("the same without mails", quiet, alone, "COPY of as many rows alone", goal(quiet, many))


def goal(took: float, many: int) -> str:
    """Say whether the figure of the design is reached."""
    wanted = SEALED * many / 10_000
    return f"< {wanted:g} s: {'reached' if took < wanted else '**missed**'}"


def another() -> Any:
    """Publish a second letter, whose seals write no leaf."""
    from django.utils import timezone  # noqa: PLC0415 - not before the settings are there

    from letters.management import seeding  # noqa: PLC0415 - the same
    from letters.models import Letter, LetterText, Organization  # noqa: PLC0415 - the same
    from letters.services import letters  # noqa: PLC0415 - the same

    now = timezone.now()
    draft = Letter(organization=Organization.objects.get(), slug="plain")
    letters.create(letter=draft, by=None, at=now)
    text = LetterText(letter=draft, title="Plain", addressees="Nobody", body="Text")
    letters.write(text=text, by=None, at=now)
    seeding.make_ready(letter=draft, by=None, at=now)
    letters.publish(letter=draft, by=None, at=now)
    return text


def confirmed(text: Any, many: int, seed: str, *, mails: bool) -> None:
    """Queue so many confirmed signatures; `mails` says whether each has an address to thank."""
    from django.db import connection  # noqa: PLC0415 - not before the settings are there
    from django.utils import timezone  # noqa: PLC0415 - the same

    from letters.demo.people import people  # noqa: PLC0415 - the same
    from letters.services import seeds  # noqa: PLC0415 - the same

    seeds.load(text=text, people=list(people(many, seed=seed)), seed=seed, first=0, at=timezone.now())
    with connection.cursor() as cursor:
        if mails:
            cursor.execute("UPDATE letters_signature SET email_sealed = email_key WHERE tallied = ''")
        cursor.execute("VACUUM (ANALYZE) letters_signature, letters_ledgerentry, letters_message")
        cursor.execute("CHECKPOINT")


@contextmanager
def without_leaves() -> Iterator[None]:
    """Let the seal do all that it does for the number alone: rows, points, mails, event, tally."""
    from letters.ledger.batches import Batch  # noqa: PLC0415 - not before the settings are there
    from letters.models import Checkpoint, Tally  # noqa: PLC0415 - the same
    from letters.records import leaves  # noqa: PLC0415 - the same

    def place(batch: Batch, changes: Sequence[Any]) -> None:
        used = Tally.objects.get(letter__slug="plain").signed
        batch.signed = {change.key: used + step for step, change in enumerate(changes)}
        batch.claimed = batch.signed

    def save(*, tally: Tally, **_: Any) -> None:
        tally.save()

    newest = Checkpoint.objects.get(letter__slug="plain")
    with (
        mock.patch.object(Batch, "add_changes", place),
        mock.patch.object(leaves, "append", save),
        mock.patch.object(leaves, "newest", return_value=newest),
    ):
        yield


def inserts(many: int) -> float:
    """Return how long a COPY of as many leaves into a table without anything around it takes."""
    from django.db import connection  # noqa: PLC0415 - not before the settings are there

    data = [secrets.token_bytes(110) for _ in range(many)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_leaf (index bigint PRIMARY KEY, data bytea)")
        cursor.execute("TRUNCATE bench_leaf")

        def copy() -> None:
            with cursor.copy("COPY bench_leaf (index, data) FROM STDIN") as rows:
                for row in enumerate(data):
                    rows.write_row(row)

        return seconds(copy)


# --- the tree, in a process of its own, whose memory is stated ---


def tree(size: int) -> tuple[list[Line], list[str]]:
    """Grow a tree, prove and verify; return the table and what it took of memory."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        grown, peak, one = pool.apply(_grow, (size,))
    with context.Pool(1) as pool:
        proofs, more = pool.apply(_prove, (size,))
    said = (
        f"{size:,} leaves grow in {peak} MB (Python alone takes {one} MB); with all hashes at hand: {more} MB"
    )
    return [Line(*grown), *(Line(*line) for line in proofs)], [said]


def _leaf(number: int) -> bytes:
    return b'{"c":"%043d","k":"person","lang":"en","m":"email","n":1,"t":"sign","v":1}' % number


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _bare(size: int) -> None:
    """Hash as often as a tree must, of inputs as long: one leaf and one node for each."""
    sha256, node = hashlib.sha256, b"\x01" * 65
    for number in range(size):
        sha256(b"\0" + _leaf(number)).digest()
        sha256(node).digest()


def _grow(size: int) -> tuple[Line, int, int]:
    from letters.ledger import merkle, tiles  # noqa: PLC0415 - counted with Python alone

    one = _memory()
    grow = seconds(lambda: tiles.append(merkle.Tree(), (merkle.leaf_hash(_leaf(n)) for n in range(size))))
    peak = _memory()
    return (
        Line(f"grow a tree by {size:,} leaves", grow, seconds(lambda: _bare(size)), "as many bare SHA-256"),
        peak,
        one,
    )


class Proofs:
    """All hashes of a tree, and proofs for places and sizes that chance chose."""

    def __init__(self, size: int) -> None:
        """Hash all of it."""
        from letters.ledger import merkle  # noqa: PLC0415 - as above

        self.merkle, self.size = merkle, size
        self.levels = [[merkle.leaf_hash(_leaf(number)) for number in range(size)]]
        while len(self.levels[-1]) > 1:
            pairs = zip(self.levels[-1][::2], self.levels[-1][1::2], strict=False)
            self.levels.append([merkle.node_hash(left, right) for left, right in pairs])
        chance = Random(size)
        self.places = [chance.randrange(1, size) for _ in range(PROOFS)]
        self.roots = {at: merkle.root_at(size=at, read=self.read) for at in [*self.places, size]}
        self.of: dict[int, list[bytes]] = {}

    def read(self, level: int, index: int) -> bytes:
        """Return a hash, as merkle asks for it."""
        return self.levels[level][index]

    def prove_inclusion(self) -> None:
        """Make a proof for each place."""
        for at in self.places:
            self.of[at] = self.merkle.inclusion_proof(index=at, size=self.size, read=self.read)

    def verify_inclusion(self) -> None:
        """Check each."""
        root = self.roots[self.size]
        for at in self.places:
            leaf, proof = self.levels[0][at], self.of[at]
            self.merkle.verify_inclusion(leaf=leaf, index=at, size=self.size, root=root, proof=proof)

    def prove_consistency(self) -> None:
        """Make a proof from each size."""
        for old in self.places:
            self.of[old] = self.merkle.consistency_proof(old=old, new=self.size, read=self.read)

    def verify_consistency(self) -> None:
        """Check each."""
        for old in self.places:
            self.merkle.verify_consistency(
                old=old,
                new=self.size,
                old_root=self.roots[old],
                new_root=self.roots[self.size],
                proof=self.of[old],
            )


def _prove(size: int) -> tuple[list[Line], int]:
    of = Proofs(size)
    works = (of.prove_inclusion, of.verify_inclusion, of.prove_consistency, of.verify_consistency)
    bare = seconds(lambda: _bare(PROOFS * 10)) / PROOFS  # 20 hashes, as high as a million leaves are
    lines = [
        Line(work.__name__.replace("_", " "), seconds(work) / PROOFS, bare, "20 bare SHA-256")
        for work in works
    ]
    return lines, _memory()


def main(words: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--seal", type=int, default=10_000, help="confirmations to seal")
    parser.add_argument("--leaves", type=int, default=1_000_000, help="of the tree")
    parser.add_argument("--rounds", type=int, default=5, help="of sealing")
    options = parser.parse_args(words)
    lines, said = tree(options.leaves)
    with stage.opened():
        django.setup()
        lines = [*seal(options.seal, options.rounds), *lines]
    print("| what | took | beside it | ratio | goal |\n|---|---:|---|---:|---|")
    print(*lines, *said, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
