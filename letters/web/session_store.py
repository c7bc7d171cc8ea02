"""Django's sessions in the database, each with whose it is and an end: what SESSION_ENGINE names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from letters import limits
from letters.models import Session
from letters.web.sessions import BEGAN, BROWSER, SEEN


class SessionStore(DatabaseStore):
    """Copies from the data into columns what a list of sessions shows, and lets none last too long."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to store."""
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.browser, row.system = data.get(BROWSER, ("", ""))
        row.began_at, row.seen_at = _time(data, BEGAN), _time(data, SEEN)
        if row.began_at:
            row.expire_date = min(row.expire_date, row.began_at + limits.SESSION_LASTS)
        stored: Session = row
        return stored


def _time(data: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromtimestamp(data[name], tz=UTC) if name in data else None
