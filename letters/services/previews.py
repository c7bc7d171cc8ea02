"""That somebody of the team has read a draft as its page will appear."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName, LetterStatus
from letters.models import Letter, Reading, User
from letters.models.reading import shown
from letters.records import events
from letters.records import letters as rows
from letters.refusal import Refusal


class NotDraft(Refusal):
    """Readers see it already."""

    message = _("This letter is published. What readers see is not read beforehand any more.")


class Changed(Refusal):
    """Somebody changed words or options while it was read."""

    message = _("Something was changed while you read. Read it again as it is now.")


def read(*, letter: Letter, language: str, seen: bytes, by: User | None, at: datetime) -> Reading:
    """Store that `by` has read a draft in one language; `seen` is the digest of what was shown.

    Raises NotDraft, Changed.
    """
    with durable.commit():
        stored = rows.locked(letter=letter)
        if stored.status != LetterStatus.DRAFT:
            raise NotDraft
        text = stored.texts.filter(published_at=None, language=language).first()
        if text is None or shown(letter=stored, text=text) != seen:
            raise Changed
        reading, _made = Reading.objects.update_or_create(
            letter=stored, language=language, defaults={"digest": seen, "read_by": by, "read_at": at}
        )
        data: dict[str, str | int] = {"language": language}
        subject, actor = stored.public_id, events.actor(by)
        events.record(name=EventName.PREVIEW_READ, subject=subject, by=actor, at=at, data=data)
    return reading
