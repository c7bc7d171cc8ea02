"""Reports of mails that could not be delivered, as mail servers send them back (RFC 3464)."""

from __future__ import annotations

import email
import logging
import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.message import Message as Mail
from enum import Enum
from typing import Final

from letters import envelopes
from letters.services import outbox

log = logging.getLogger(__name__)
RECIPIENT: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
"""Where the address stands that a report came to, as the server writes it that hands it over."""
REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
FAILED: Final = re.compile(r"\s*failed\b", re.IGNORECASE)
FOR_GOOD: Final = re.compile(r"\s*(5\.\d{1,3}\.\d{1,3})\b")  # RFC 3463: 4.x.x may go well another time


class Outcome(Enum):
    """What became of what somebody sent to our address for reports."""

    BOUNCED = "a mail has bounced"
    NOTHING = "nothing has failed for good, or the mail is settled as it is"
    STRANGE = "not about a mail of ours"
    BROKEN = "not a mail"


def take(*, raw: bytes, to: str, at: datetime) -> Outcome:
    """Settle the mail that a report is about as bounced, if that is what it says.

    `to` is the address it came to; without it, its headers tell. Anybody may write to that address:
    nothing in `raw` raises, and none of it is logged.
    """
    outcome = _take(raw, to, at)
    log.info("a report came in: %s", outcome.value)
    return outcome


def _take(raw: bytes, to: str, at: datetime) -> Outcome:
    try:
        mail = email.message_from_bytes(raw)
        headers = [str(value) for name in RECIPIENT for value in mail.get_all(name, [])]
        status = next(_failures(mail), "")
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # The parser of the standard library promises not to raise, and does, on mails made for that.
        return Outcome.BROKEN
    if not mail.keys():
        return Outcome.BROKEN
    uid = envelopes.read(to or " ".join(headers))
    if uid is None:
        return Outcome.STRANGE
    bounced = bool(status) and outbox.bounce(uid=uid, error=status, at=at)
    return Outcome.BOUNCED if bounced else Outcome.NOTHING


def _failures(mail: Mail) -> Iterator[str]:
    """Yield the status of each recipient for whom a server has given up for good."""
    for part in mail.walk():
        if part.get_content_type() in REPORTS:
            for fields in _blocks(part):
                status = FOR_GOOD.match(str(fields.get("Status", "")))
                if status and FAILED.match(str(fields.get("Action", ""))):
                    yield status[1]


def _blocks(part: Mail) -> Iterator[Mail]:
    """Yield the groups of fields of a report: one about the mail, then one about each recipient.

    The parser knows the older of the two types; of the newer it takes the first group for headers
    and leaves the second as the text under them.
    """
    payload = part.get_payload()
    for group in payload if isinstance(payload, list) else ():
        if isinstance(group, Mail):
            yield group
            rest = group.get_payload()
            if isinstance(rest, str):
                yield email.message_from_string(rest)
