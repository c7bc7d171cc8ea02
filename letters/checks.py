"""Checks that stop the start on a database or keys that do not fit, or remind of a setting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Reminder
from django.db import connections
from django.db.models.functions import Now

from letters import limits
from letters.enums import EventName, KeyName
from letters.models import Event, KeyCheck
from letters.services import keys

CYRILLIC = "Ольга"
HINTS = {
    "LEDGER_KEY": (
        "Set LEDGER_KEY to the value it had, or, to change it, set LEDGER_KEY_OLD to that value and run "
        "`manage.py rotate_ledger_key`."
    )
}


@register(Tags.database)
def database_fits(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E001: a key is not the one of this database. E002: a byte-only locale. W001: a key that should go."""
    if not databases or "default" not in databases:
        return []
    if KeyCheck._meta.db_table not in connections["default"].introspection.table_names():
        return []  # `migrate` asks before it has made the tables
    return [*_keys(), *_trigrams(), *_old_key()]


@register(Tags.security, deploy=True)
def readers_are_told_apart(**kwargs: Any) -> list[CheckMessage]:
    """W002: behind a proxy whose word on the reader's address is not taken."""
    if settings.TRUSTED_PROXIES or not settings.SECURE_PROXY_SSL_HEADER:
        return []
    return [
        Reminder(
            "BEHIND_PROXY is set and TRUSTED_PROXIES is not: all readers share one budget of the API.",
            hint="Set TRUSTED_PROXIES to the number of proxies that add to X-Forwarded-For.",
            id="letters.W002",
        )
    ]


@register(Tags.security, deploy=True)
def passwords_are_half(**kwargs: Any) -> list[CheckMessage]:
    """W003: a password alone opens the desk."""
    if settings.DESK_SECOND_FACTOR:
        return []
    return [
        Reminder(
            "DESK_SECOND_FACTOR is off: whoever steals a password reads what was told in confidence.",
            hint="Leave DESK_SECOND_FACTOR out.",
            id="letters.W003",
        )
    ]


def _keys() -> list[CheckMessage]:
    return [
        Error(
            f"{setting} is not the key that this database's data was written with.",
            hint=HINTS.get(setting, f"Set {setting} to the value it had when the database was made."),
            id="letters.E001",
        )
        for setting in keys.wrong()
    ]


def _old_key() -> list[CheckMessage]:
    """Ask the database's clock: a check is given none."""
    since = Now() - limits.LEDGER_KEY_OLD_MOST
    rotations = Event.objects.filter(subject=KeyName.LEDGER, name=EventName.LEDGER_KEY_ROTATED)
    if not settings.LEDGER_KEY_OLD or not rotations.exists() or rotations.filter(at__gt=since).exists():
        return []
    return [
        Reminder(
            "LEDGER_KEY_OLD still signs beside LEDGER_KEY, long after the change.",
            hint="Remove it from the environment: who pinned the old key has followed by now.",
            id="letters.W001",
        )
    ]


def _trigrams() -> list[CheckMessage]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT cardinality(show_trgm(%s))", [CYRILLIC])
        if cursor.fetchone()[0]:
            return []
    return [
        Error(
            "The database's locale knows only ASCII letters, so that names in other scripts are not found.",
            hint="Make the cluster with `initdb --encoding=UTF8 --locale=C.UTF-8`.",
            id="letters.E002",
        )
    ]
