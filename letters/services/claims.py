"""What a signature says, changed after it was confirmed. The ledger gets a new commitment each time."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable, folding
from letters.enums import Display, EventName, Method, SignatureState, Visibility
from letters.models import Signature, User, claim
from letters.models.signature import display_for
from letters.records import entries, events, features, names
from letters.refusal import Refusal

STRENGTH: Final = tuple(Method)


class NotNow(Refusal):
    """Only what was confirmed and stands can be changed."""

    message = _("Only a confirmed signature can be changed. Reload the page to see how yours stands.")


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


def change(*, uid: UUID, words: Words, at: datetime) -> Signature:
    """Replace what a signature says. What is shown changes at once, the ledger with the next seal.

    A name that must be read by a moderator first, or that one has declined, waits for one again.
    Somebody whom a person checked is featured no longer: the check was of the words before.
    The same words again change nothing. Raises NotNow.
    """
    with durable.commit():
        signature = _locked(uid)
        new = {field: value for field, value in asdict(words).items() if getattr(signature, field) != value}
        if not new:
            return signature
        was_on_the_wall = signature.is_on_the_wall
        after_review = signature.letter.names_after_review or signature.display == Display.DECLINED
        for field, value in new.items():
            setattr(signature, field, value)
        signature.search_name = folding.fold(words.name)
        signature.display = display_for(words.visibility, after_review=after_review)
        claim.commit(signature)
        signature.save(update_fields=(*new, "search_name", "display", "commitment", "salt_sealed"))
        if new.keys() - {"visibility"}:
            features.drop(signature=signature)
        entries.put(signature=signature, at=at)
        events.record(name=EventName.SIGNATURE_CHANGED, subject=uid, by=events.SIGNATORY, at=at)
        if was_on_the_wall or signature.is_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def strengthen(*, uid: UUID, method: Method, evidence: str, by: User | None, at: datetime) -> Signature:
    """Store that a signature was verified in a stronger way. Raises NotNow, NotStronger."""
    with durable.commit():
        signature = _locked(uid)
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
            data={"method": str(method)},
        )
        if signature.is_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature


def _locked(uid: UUID) -> Signature:
    signature = Signature.objects.locked(uid=uid)
    if signature is None or signature.state != SignatureState.CONFIRMED or signature.erased_at:
        raise NotNow
    return signature
