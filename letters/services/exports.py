"""Taking signatures out of the site: who did, why, and how many, is written down before they are read."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from letters import durable, text
from letters.enums import EventName, Exported
from letters.models import Letter, Tally, User
from letters.records import events, exports
from letters.refusal import Refusal


class NoReason(Refusal):
    """It is not said why."""

    message = _("Write what the list is for.")


class NothingYet(Refusal):
    """The letter has no number."""

    message = _("This letter is not published yet, so there is nothing to take out.")


def begin(*, letter: Letter, which: Exported, reason: str, by: User | None, at: datetime) -> Tally:
    """Record that somebody takes these signatures out, and return the tally as of which they do.

    Raises NoReason, NothingYet.
    """
    why = text.shown(reason)
    if not why:
        raise NoReason
    with durable.commit():
        tally = Tally.objects.filter(letter=letter).first()
        if tally is None:
            raise NothingYet
        data: dict[str, str | int] = {
            "which": str(which),
            "rows": exports.rows(letter=letter, which=which, as_of=tally.as_of).count(),
            "as_of": f"{tally.as_of:%Y-%m-%dT%H:%M:%SZ}",
            "reason": why,
        }
        events.record(
            name=EventName.SIGNATURES_EXPORTED,
            subject=letter.public_id,
            by=events.actor(by),
            at=at,
            data=data,
        )
    return tally
