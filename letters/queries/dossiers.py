"""Everything that we hold about one signature and its owner (GDPR, articles 15 and 20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from letters.models import Event, Message, Signature

OPENED: Final = {"email_sealed": "email"}
"""What is stored sealed, and under which name it is handed over."""
SECRET: Final = frozenset({"salt_sealed", "form_key", "search_name"})
"""Of no use to its owner here: the salt is in the receipt, the others repeat what is given."""


def of(*, signature: Signature) -> dict[str, Any]:
    """Return it by the fields that `Privacy` calls personal, with the letter, the mails and the events."""
    fields = {
        OPENED.get(name, name): signature.address if name in OPENED else _plain(getattr(signature, name))
        for name in Signature.Privacy.personal
        if name not in SECRET
    }
    return {
        "letter": {"slug": signature.letter.slug, "title": signature.text.title},
        "text": {"version": signature.text.version, "sha256": signature.text.h},
        "signature": {
            "uid": str(signature.uid),
            "state": signature.state,
            "verified_by": signature.method,
            "leaf": signature.leaf,
            "counted_at": _plain(signature.counted_at),
            **fields,
        },
        "mails": _mails(signature.uid),
        "events": _events(signature.uid),
    }


def _mails(uid: UUID) -> list[dict[str, Any]]:
    rows = Message.objects.filter(subject=uid).order_by("created_at")
    return [{"kind": row.kind, "state": row.state, "queued_at": _plain(row.created_at)} for row in rows]


def _events(uid: UUID) -> list[dict[str, Any]]:
    rows = Event.objects.filter(subject=str(uid)).order_by("at")
    return [{"name": row.name, "at": _plain(row.at)} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, (bool, int, type(None))) else str(value)
