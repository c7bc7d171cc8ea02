"""Remembering which keys this database's data was written with."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from letters import crypto, durable
from letters.enums import EventName, KeyName
from letters.models import KeyCheck
from letters.records import events
from letters.refusal import Refusal

SETTINGS: Final = {
    KeyName.PEPPER: "ADDRESS_PEPPER",
    KeyName.DATA: "DATA_KEY",
    KeyName.LEDGER: "LEDGER_KEY",
}


class NoSuccession(Refusal):
    """The new key would not follow the one that the ledgers are signed with."""


def record() -> None:
    """Store the fingerprint of every key that has none yet; a known one stays as it is."""
    with durable.commit():
        KeyCheck.objects.bulk_create(
            [
                KeyCheck(name=name, fingerprint=crypto.fingerprint(getattr(settings, setting)))
                for name, setting in SETTINGS.items()
                if getattr(settings, setting)
            ],
            ignore_conflicts=True,
        )


def wrong() -> list[str]:
    """Return the settings whose key is not the one that the database knows."""
    known = dict(KeyCheck.objects.values_list("name", "fingerprint"))
    return [
        setting
        for name, setting in SETTINGS.items()
        if getattr(settings, setting)
        and known.get(name, "") not in ("", crypto.fingerprint(getattr(settings, setting)))
    ]


def rotate_ledger(*, at: datetime) -> bool:
    """Have LEDGER_KEY be the key of this database from now on, in the place of LEDGER_KEY_OLD.

    Returns False when it is already. Raises NoSuccession.
    """
    new, old = settings.LEDGER_KEY, settings.LEDGER_KEY_OLD
    if not new:
        raise NoSuccession(_("LEDGER_KEY is not set. Set it to the new key."))
    with durable.commit():
        known = KeyCheck.objects.select_for_update().filter(name=KeyName.LEDGER).first()
        if known is None:
            raise NoSuccession(_("This database knows no ledger key yet. Run `manage.py migrate`."))
        before, after = known.fingerprint, crypto.fingerprint(new)
        if before == after:
            return False
        if not old or crypto.fingerprint(old) != before:
            raise NoSuccession(
                _("LEDGER_KEY_OLD is not the key that the ledgers are signed with. Set it to that one.")
            )
        known.fingerprint, known.recorded_at = after, at
        known.save(update_fields=("fingerprint", "recorded_at"))
        data: dict[str, str | int] = {"before": before, "after": after}
        events.record(
            name=EventName.LEDGER_KEY_ROTATED, subject=KeyName.LEDGER, by=events.SYSTEM, at=at, data=data
        )
    return True
