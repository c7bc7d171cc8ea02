"""Remembering which share card was drawn for a text."""

from __future__ import annotations

from django.db.models import F

from letters import durable
from letters.enums import EventName
from letters.models import Card, Letter
from letters.records import events


def forget(*, card: Card) -> None:
    """Forget a card whose file is gone."""
    with durable.commit():
        Card.objects.filter(pk=card.pk, file=card.file).delete()


def record(*, card: Card) -> str:
    """Store what was drawn, in place of the card before it; return the file that nobody needs now, if any.

    The pages of the letter change only with the picture. Drawing the same again keeps the first file.
    """
    with durable.commit():
        letter = Letter.objects.select_for_update(no_key=True).get(texts=card.text_id)
        before = Card.objects.filter(pk=card.pk).first()
        spare = before.file if before else ""
        if before and before.digest == card.digest:
            spare, card.file = card.file, before.file
        else:
            Letter.objects.filter(pk=letter.pk).update(revision=F("revision") + 1)
        Card.objects.bulk_create(
            [card],
            update_conflicts=True,
            unique_fields=["text"],
            update_fields=["organization", "accent", "design", "digest", "file", "made_at"],
        )
        data: dict[str, str | int] = {"text": card.text.number or 0, "digest": card.digest}
        events.record(
            name=EventName.CARD_DRAWN, subject=letter.public_id, by=events.SYSTEM, at=card.made_at, data=data
        )
    return spare
