"""Two organizations that must not see each other, and everybody who might ask for their pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from letters.enums import Role
from letters.models import (
    Block,
    Checkpoint,
    Event,
    LedgerEntry,
    Letter,
    Message,
    Name,
    Organization,
    Reason,
    Signature,
    Tally,
    TallyPoint,
    Update,
    User,
)
from letters.services import affiliations, blocks, letters, reasons, snapshots, updates
from tests import builders
from tests.builders import NOW


@dataclass(frozen=True)
class World:
    """An organization, its letters, and one row of each kind. Each name in it contains `word`."""

    word: str
    organization: Organization
    draft: Letter
    open: Letter
    paused: Letter
    rows: dict[str, models.Model]


def world(word: str) -> World:
    """Make an organization whose every row carries a word that stands nowhere else."""
    low = word.lower()
    home = builders.organization(low, name=f"{word} Alliance", legal_name=f"{word} e. V.")
    made = {"organization": home, "title": f"Save {word}"}
    shown = builders.letter(f"{low}-open", names_after_review=True, **made)
    paused = builders.letter(f"{low}-paused", **made)
    draft = builders.draft(f"{low}-draft", **made)
    one = builders.counted(paused, name=f"Ben {word}", email=f"ben@{low}.example")
    letters.pause(letter=paused, by=None, at=NOW)
    builders.counted(shown, name=f"Cleo {word}", email=f"cleo@{low}.example")
    reasons.give(uid=one.uid, reason=f"For {word}.", at=NOW)
    builders.confirmed(shown, name=f"Dov {word}", email=f"dov@{low}.example")
    record = builders.frozen(paused)
    merged = affiliations.merge(letter=shown, spelling=word, name=f"{word} Ltd. of X", by=None, at=NOW)
    of_letter = {"letter__organization": home}
    rows: dict[str, models.Model] = {
        "approval": builders.asked(draft, reason=f"Ready for {word}."),
        "organization": home,
        "letter": shown,
        "feature": builders.featured(one),
        "report": builders.reported(shown, f"Rea {word}", words=f"No {word}."),
        "snapshot": record,
        "correction": snapshots.correct(snapshot=record, wrong=f"All {word}.", said_by=word, by=None, at=NOW),
        "affiliationmerge": merged,
        "block": blocks.put(block=Block(letter=shown, domain=f"{low}.test", reason=word), by=None, at=NOW),
        "update": updates.write(update=Update(letter=shown, title=word, body=word), by=None, at=NOW),
        "mailing": builders.update(shown, title=f"{word} told").mailing,
        "event": Event.objects.filter(subject=shown.public_id)[0],
        "user": User.objects.create_user(f"login@{low}.example", builders.PASSWORD, name=f"Login {word}"),
    }
    for model in (Signature, Name, Reason, Tally, TallyPoint, Message, LedgerEntry, Checkpoint):
        rows[str(model._meta.model_name)] = model._default_manager.filter(**of_letter)[0]
    return World(word, home, draft, shown, paused, rows)


def people(own: World, other: World) -> dict[str, User | None]:
    """Return everybody who might ask, by what they are to `own`."""
    found: dict[str, User | None] = {
        role.value: builders.member(own.organization, role, f"{role}@own.example") for role in Role
    }
    gone = User.objects.create_user("gone@own.example", builders.PASSWORD)
    return found | {
        "operator": builders.organizer(),
        "owner elsewhere": builders.member(other.organization, Role.OWNER, "owner@other.example"),
        "nobody's member": gone,
        "reader": None,
    }


@contextmanager
def undone() -> Iterator[None]:
    """Undo in the end what is written inside; services may commit there as they do in any test."""
    block: Any = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)
