"""A database that is lost and restored within a test, while what was published stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client

from letters import durable
from letters.delivery import ledger as publishing
from letters.delivery import recovery, shelf
from letters.models import CheckpointSignature, Leaf, Letter, Signature, Tally, claim
from letters.records import entries
from letters.services import ledger
from tests.builders import NOW
from tests.verify import forge, runs


@contextmanager
def lost() -> Iterator[None]:
    """Take a backup, let things happen, and restore the backup: of them only files are left."""
    backup = transaction.savepoint()
    yield
    transaction.savepoint_rollback(backup)


def seal(letter: Letter, *, at: datetime) -> None:
    """Count what waits, and publish it."""
    ledger.seal(letter_id=letter.pk, at=at)
    publishing.publish(letter_id=letter.pk, at=at)


def recover(letter: Letter, *, at: datetime = NOW + timedelta(days=1)) -> dict[str, int] | None:
    """Recover from where the workers publish."""
    letter.refresh_from_db()
    return recovery.recover(letter=letter, there=shelf.default(), at=at)


def change(one: Signature, *, at: datetime, **fields: object) -> Signature:
    """Somebody says something else from now on, under a fresh salt."""
    with durable.commit():
        row = Signature.objects.locked(uid=one.uid)
        assert row is not None
        for name, value in fields.items():
            setattr(row, name, value)
        claim.commit(row)
        row.save(update_fields=(*fields, "commitment", "salt_sealed"))
        entries.put(signature=row, at=at)
    return row


def signed_sizes(letter: Letter) -> list[int]:
    """Return the sizes of all signed checkpoints."""
    rows = CheckpointSignature.objects.filter(checkpoint__letter=letter).order_by("checkpoint__size")
    return list(rows.values_list("checkpoint__size", flat=True))


def leaves(letter: Letter) -> list[str]:
    """Return the ledger as text."""
    rows = Leaf.objects.filter(letter=letter).order_by("index").values_list("data", flat=True)
    return [bytes(data).decode() for data in rows]


def verify(
    letter: Letter, published: Path, *arguments: object, at: datetime, run: Any = runs.here
) -> runs.Result:
    """Run the verifier on what is published, with the API's answer beside it, as of `at`."""
    files = {
        str(path.relative_to(published)): path.read_bytes()
        for path in published.rglob("*")
        if path.is_file() and path.parts[len(published.parts)] == "ledger"
    }
    files["count.json"] = Client().get(f"/api/v1/letters/{letter.slug}/count").content
    bundle = published.with_suffix(".tar")
    bundle.write_bytes(forge.tar_of(files))
    now = at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    done: runs.Result = run("--bundle", bundle, "--now", now, *arguments)
    return done


def tally(letter: Letter) -> Tally:
    """Return the number as it stands."""
    return Tally.objects.get(letter=letter)
