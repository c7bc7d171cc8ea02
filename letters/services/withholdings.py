"""Withholding the words of a letter by order of law, and showing them again. Each takes two operators."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import ApprovalKind, EventName
from letters.models import Approval, Letter, LetterText, User, Withholding
from letters.records import approvals, events
from letters.records import letters as rows
from letters.records.approvals import NotStanding, SamePerson
from letters.refusal import Refusal

__all__ = ["NotStanding", "Order", "SamePerson", "ask", "ask_to_lift", "carry_out", "settle"]


class Incomplete(Refusal):
    """It is not said who ordered it, when, or why, or of which texts."""

    message = _("Say which texts, who ordered it, under which reference, on which day, and why.")


class Already(Refusal):
    """These texts are withheld, or none is."""

    message = _("These texts stand otherwise by now. Reload the page to see how.")


@dataclass(frozen=True)
class Order:
    """What was ordered; readers see all of it."""

    authority: str
    reference: str
    ordered_on: date
    reason: str


def ask(*, letter: Letter, numbers: Sequence[int], order: Order, by: User, at: datetime) -> Approval:
    """Ask another operator to withhold texts of a letter. Raises Incomplete, Already."""
    said = {name: value.strip() for name, value in asdict(order).items() if isinstance(value, str)}
    if not numbers or not all(said.values()) or order.ordered_on > at.date():
        raise Incomplete
    with durable.commit():
        texts = LetterText.objects.filter(letter=letter, number__in=numbers, withholding=None)
        if texts.exclude(published_at=None).count() != len(set(numbers)):
            raise Already
        said["ordered_on"] = order.ordered_on.isoformat()
        return _ask(letter, {"lift": 0, "numbers": sorted(set(numbers)), **said}, said["reason"], by, at)


def ask_to_lift(*, withholding: Withholding, reason: str, by: User, at: datetime) -> Approval:
    """Ask another operator to show again what is withheld. Raises Incomplete, Already."""
    if not reason.strip():
        raise Incomplete
    with durable.commit():
        if not Withholding.objects.filter(pk=withholding.pk, lifted_at=None).exists():
            raise Already
        return _ask(withholding.letter, {"lift": withholding.pk}, reason.strip(), by, at)


def carry_out(*, pk: int, grounds: str, by: User, at: datetime) -> Withholding:
    """Let a second operator agree, and do what was asked. The words stay in the database, unchanged.

    Raises Already, NotStanding, SamePerson.
    """
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        approvals.give(approval=approval, grounds=grounds, by=by, at=at)
        letter = rows.locked(letter=Letter(pk=approval.letter_id))
        data = approval.data
        made = _lift(letter, data["lift"], by, at) if data["lift"] else _withhold(letter, data, by, at)
        rows.save(letter=letter, at=at)
        approvals.end(approval=approval, at=at)
        events.of_approval(name=EventName.APPROVAL_GIVEN, approval=approval, by=events.actor(by), at=at)
    return made


def settle(*, pk: int, lifted: bool, at: datetime) -> None:
    """Remember that the published files agree with an order as it stood, lifted or not."""
    with durable.commit():
        standing = Withholding.objects.filter(pk=pk, lifted_at__isnull=not lifted)
        standing.update(files_at=at)


def _withhold(letter: Letter, data: dict[str, Any], by: User, at: datetime) -> Withholding:
    texts = LetterText.objects.filter(letter=letter, number__in=data["numbers"], withholding=None)
    if texts.count() != len(data["numbers"]):
        raise Already
    made = Withholding.objects.create(
        letter=letter,
        authority=data["authority"],
        reference=data["reference"],
        ordered_on=date.fromisoformat(data["ordered_on"]),
        reason=data["reason"],
        withheld_at=at,
    )
    texts.update(withholding=made)
    for number in data["numbers"]:
        _record(EventName.TEXT_WITHHELD, letter, by, at, {"text": number, "order": made.pk})
    return made


def _lift(letter: Letter, pk: int, by: User, at: datetime) -> Withholding:
    made = Withholding.objects.select_for_update().filter(pk=pk, letter=letter, lifted_at=None).first()
    if made is None:
        raise Already
    texts = LetterText.objects.filter(withholding=made)
    numbers = list(texts.order_by("number").values_list("number", flat=True))
    texts.update(withholding=None)
    made.lifted_at, made.files_at = at, None
    made.save(update_fields=("lifted_at", "files_at"))
    for number in numbers:
        _record(EventName.TEXT_RELEASED, letter, by, at, {"text": int(number or 0), "order": made.pk})
    return made


def _ask(letter: Letter, data: dict[str, Any], reason: str, by: User, at: datetime) -> Approval:
    """Ask. Without an organization it is operators who answer."""
    written = json.dumps([letter.public_id, data], sort_keys=True).encode()
    question = Approval(
        kind=ApprovalKind.WITHHOLDING,
        letter=letter,
        subject=letter.public_id,
        digest=hashlib.sha256(written).digest(),
        data=data,
        reason=reason,
    )
    asked = approvals.ask(approval=question, by=by, at=at)
    events.of_approval(name=EventName.APPROVAL_ASKED, approval=asked, by=events.actor(by), at=at)
    return asked


def _record(name: EventName, letter: Letter, by: User, at: datetime, data: dict[str, str | int]) -> None:
    events.record(name=name, subject=letter.public_id, by=events.actor(by), at=at, data=data)
