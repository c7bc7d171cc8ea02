"""Signing the text in force, by somebody who signed an earlier one. The number stays what it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName, SignatureState
from letters.models import Signature, claim, renewal
from letters.records import entries, events, names
from letters.refusal import Refusal


class NotAsked(Refusal):
    """There is no newer text that this signature could stand on."""

    message = _("There is no newer text to sign. Your signature stands as it is.")


class TextChanged(Refusal):
    """Another text came into force while this one was read."""

    message = _("The text has changed once more. Read it before you sign it.")


def renew(*, uid: UUID, seen: str, at: datetime) -> Signature:
    """Let a signature stand on the text in force, whose hash was `seen`.

    The ledger gets a new commitment with the next seal, and moves it from one text to the other then.
    Once more changes nothing. Raises NotAsked, TextChanged.
    """
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None or signature.state != SignatureState.CONFIRMED or signature.erased_at:
            raise NotAsked
        text = renewal.text_for(signature, at=at)
        if signature.text.h == seen:
            return signature
        if text is None:
            raise NotAsked
        if text.h != seen:
            raise TextChanged
        if signature.tallied and signature.counted_text is None:
            signature.counted_text = signature.text.number
        before, signature.text = signature.text, text
        claim.commit(signature)
        signature.save(update_fields=("text", "counted_text", "commitment", "salt_sealed"))
        entries.put(signature=signature, at=at)
        events.record(
            name=EventName.SIGNATURE_RENEWED,
            subject=uid,
            by=events.SIGNATORY,
            at=at,
            data={"text": int(text.number or 0), "before": int(before.number or 0)},
        )
        if signature.is_on_the_wall:
            names.bump(letter_id=signature.letter_id)
    return signature
