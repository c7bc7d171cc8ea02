"""What a signature says, changed by its owner. Once it counts, the ledger gets a new commitment each time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable, folding
from letters.enums import EventName, Method, SignatureState, Visibility
from letters.models import Signature, User, claim
from letters.models.signature import display_for
from letters.records import entries, events, features, names
from letters.refusal import Refusal

STRENGTH: Final = tuple(Method)
SAID: Final = ("search_name", "display", "commitment", "salt_sealed")


class NotNow(Refusal):
    """Only what waits for its owner or stands can be changed."""

    message = _("This signature cannot be changed now. Reload the page to see how it stands.")


class NotStronger(Refusal):
    """The signature was verified at least as well already."""

    message = _("This signature was verified in a way that is at least as strong.")


@dataclass(frozen=True)
class Words:
    """What its owner says of themselves, cleaned by a form."""

    name: str
    role: str
    affiliation: str
    country: str
    visibility: Visibility
    updates: bool = False
    language: str = ""


BESIDE: Final = frozenset({"updates", "language"})
"""What the ledger does not commit to."""


def change(*, uid: UUID, words: Words, at: datetime) -> Signature:
    """Replace what a signature says. What is shown changes at once, the ledger with the next seal.

    A name that must be read by a moderator first, or that one has declined, waits for one again.
    Somebody whom a person checked is featured no longer: the check was of the words before.
    The same words again change nothing. Raises NotNow.
    """
    with durable.commit():
        signature = _locked(uid, SignatureState.PENDING, SignatureState.CONFIRMED)
        new = {field: value for field, value in asdict(words).items() if getattr(signature, field) != value}
        if not new:
            return signature
        was_on_the_wall = signature.is_on_the_wall
        for field, value in new.items():
            setattr(signature, field, value)
        if new.keys() - BESIDE:
            _say(signature)
        signature.save(update_fields=(*new, *SAID))
        if new.keys() - BESIDE - {"visibility"}:
            features.drop(signature=signature)
        if signature.state == SignatureState.CONFIRMED:
            _tell(signature, changed_claim=bool(new.keys() - BESIDE), at=at)
        if was_on_the_wall or signature.is_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def _say(signature: Signature) -> None:
    """Set what follows from the words: how they are found, shown and committed to."""
    after_review = signature.letter.names_after_review or signature.declined != ""
    signature.search_name = folding.fold(signature.name)
    signature.display = display_for(signature.visibility, after_review=after_review)
    if signature.state == SignatureState.CONFIRMED:
        claim.commit(signature)


def _tell(signature: Signature, *, changed_claim: bool, at: datetime) -> None:
    if changed_claim:
        entries.put(signature=signature, at=at)
    events.record(name=EventName.SIGNATURE_CHANGED, subject=signature.uid, by=events.SIGNATORY, at=at)


def strengthen(*, uid: UUID, method: Method, evidence: str, by: User | None, at: datetime) -> Signature:
    """Store that a signature was verified in a stronger way. Raises NotNow, NotStronger."""
    with durable.commit():
        signature = _locked(uid, SignatureState.CONFIRMED)
        if STRENGTH.index(method) <= STRENGTH.index(Method(signature.method)):
            raise NotStronger
        signature.method, signature.evidence = method, evidence
        claim.commit(signature)
        signature.save(update_fields=("method", "evidence", "commitment", "salt_sealed"))
        entries.put(signature=signature, at=at)
        events.record(
            name=EventName.SIGNATURE_VERIFIED,
            subject=uid,
            by=events.actor(by),
            at=at,
            letter=signature.letter.public_id,
            data={"method": str(method)},
        )
        if signature.is_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def _locked(uid: UUID, *states: SignatureState) -> Signature:
    signature = Signature.objects.locked(uid=uid)
    if signature is None or signature.state not in states or signature.erased_at:
        raise NotNow
    return signature
