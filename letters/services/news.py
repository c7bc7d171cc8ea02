"""Wanting news about a letter, or wanting them no more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from letters import durable
from letters.enums import EventName
from letters.models import Signature
from letters.records import events
from letters.refusal import Refusal


class NotNow(Refusal):
    """News go to whoever signed and can be written to."""

    message = _("We cannot send news about this signature. Reload the page to see how it stands.")


def stop(*, uid: UUID, at: datetime) -> None:
    """Send its owner no more news. Doing it again changes nothing; nor does it tell whether there is one."""
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is not None and signature.updates:
            _store(signature, EventName.NEWS_STOPPED, at, wanted=False)


def ask(*, uid: UUID, at: datetime) -> None:
    """Send its owner news again. Doing it again changes nothing. Raises NotNow."""
    with durable.commit():
        signature = Signature.objects.locked(uid=uid)
        if signature is None or not signature.can_get_news:
            raise NotNow
        if not signature.updates:
            _store(signature, EventName.NEWS_ASKED, at, wanted=True)


def _store(signature: Signature, name: EventName, at: datetime, *, wanted: bool) -> None:
    signature.updates = wanted
    signature.save(update_fields=("updates",))
    if signature.confirmed_at or signature.held_at:
        events.record(name=name, subject=signature.uid, by=events.SIGNATORY, at=at)
