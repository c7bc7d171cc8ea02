"""The sender on the envelope of a mail: an address of its own, so that a report of failure names the mail.

This is VERP (variable envelope return path): whatever a mail server writes into its report, it
sends it to the address on the envelope (RFC 5321, section 4.5.5), and that says which mail it was.
The people who get the mail see `From` alone.
"""

from __future__ import annotations

import base64
import re
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

# Mail servers may change the case of an address: letters of one case and digits survive.
MARK: Final = re.compile(r"\+([a-z2-7]{26})\.([a-z2-7]{16})@", re.IGNORECASE)
MAC_BYTES: Final = 10


def sender(*, uid: UUID) -> str | None:
    """Return the address for the envelope of a message; None where nobody collects the reports."""
    if not settings.BOUNCES_TO:
        return None
    local, _, domain = settings.BOUNCES_TO.rpartition("@")
    return f"{local}+{_base32(uid.bytes)}.{_mac(uid)}@{domain}"


def read(text: str) -> UUID | None:
    """Return the message whose envelope's sender stands in `text`, if it is one that we made."""
    for name, mac in MARK.findall(text):
        uid = UUID(bytes=base64.b32decode(f"{name}======", casefold=True))
        if constant_time_compare(mac.lower(), _mac(uid)):
            return uid
    return None


def _mac(uid: UUID) -> str:
    digest = salted_hmac("letters.envelopes", uid.bytes, algorithm="sha256").digest()
    return _base32(digest[:MAC_BYTES])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
