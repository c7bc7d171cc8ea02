"""The trail of events in plain words: what was done, to what, and the codes beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.enums import (
    DeclineReason,
    EventName,
    Exported,
    Method,
    RemovalReason,
    ReportReason,
    Role,
    TextKind,
)

E = EventName
WHAT: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        E.ORGANIZATION_CREATED: _("made the organization"),
        E.ORGANIZATION_CHANGED: _("changed the organization"),
        E.ORGANIZATION_APPROVED: _("approved the organization"),
        E.ROLE_GRANTED: _("gave a role"),
        E.ROLE_REVOKED: _("took a role away"),
        E.INVITATION_SENT: _("invited somebody"),
        E.INVITATION_ACCEPTED: _("accepted an invitation"),
        E.INVITATION_REVOKED: _("took an invitation back"),
        E.APPROVAL_ASKED: _("asked a second person"),
        E.APPROVAL_GIVEN: _("agreed as the second person"),
        E.APPROVAL_DECLINED: _("declined as the second person"),
        E.APPROVAL_TAKEN_BACK: _("asked a second person no longer"),
        E.GUEST_INVITED: _("asked somebody to sign"),
        E.GUEST_TAKEN_BACK: _("took an invitation to sign back"),
        E.LETTER_CREATED: _("began the letter"),
        E.LETTER_CHANGED: _("changed the letter"),
        E.LETTER_PUBLISHED: _("published the letter"),
        E.LETTER_PAUSED: _("paused signing"),
        E.LETTER_RESUMED: _("resumed signing"),
        E.LETTER_CLOSED: _("closed the letter"),
        E.LETTER_WITHDRAWN: _("withdrew the letter"),
        E.LETTER_ANSWERED: _("published an answer"),
        E.PREVIEW_READ: _("read a preview as it will appear"),
        E.EMBARGO_GIVEN: _("made a link for the press"),
        E.EMBARGO_AGREED: _("agreed to an embargo"),
        E.EMBARGO_REVOKED: _("revoked a link for the press"),
        E.TEXT_CHANGED: _("changed words of a draft"),
        E.TEXT_PUBLISHED: _("published a text"),
        E.TEXT_WITHHELD: _("withheld a text by order of law"),
        E.TEXT_RELEASED: _("released a withheld text"),
        E.CARD_DRAWN: _("drew a share card"),
        E.SIGNATURE_CONFIRMED: _("confirmed a signature"),
        E.SIGNATURE_WITHDRAWN: _("withdrew a signature"),
        E.SIGNATURE_REMOVED: _("removed a signature"),
        E.SIGNATURE_RESTORED: _("restored a signature"),
        E.SIGNATURE_ERASED: _("forgot a signatory"),
        E.SIGNATURE_CHANGED: _("changed a signature"),
        E.SIGNATURE_RENEWED: _("signed the new text"),
        E.SIGNATURE_VERIFIED: _("verified a signature"),
        E.NAME_SHOWN: _("showed a name"),
        E.NAME_DECLINED: _("declined a name"),
        E.FEATURE_PUT: _("featured a signatory"),
        E.FEATURE_MOVED: _("moved a featured signatory"),
        E.FEATURE_ENDED: _("featured a signatory no longer"),
        E.REPORT_MADE: _("reported a name"),
        E.REPORT_READ: _("looked at the address of a report"),
        E.REPORT_SETTLED: _("settled a report"),
        E.LINKS_REVOKED: _("revoked older links"),
        E.ADDRESSES_DELETED: _("deleted addresses on schedule"),
        E.REASON_GIVEN: _("gave a reason"),
        E.REASON_SHOWN: _("showed a reason"),
        E.REASON_DECLINED: _("declined a reason"),
        E.ERASURES_REPLAYED: _("forgot people again after a restore"),
        E.SIGNATURES_READ: _("read signatures"),
        E.NAMES_READ: _("read names"),
        E.REASONS_READ: _("read reasons"),
        E.REPORTS_READ: _("read reports"),
        E.FEATURES_READ: _("read featured signatories"),
        E.SIGNATURES_EXPORTED: _("took signatures out"),
        E.SIGNATURES_LOADED: _("loaded invented signatories"),
        E.AFFILIATION_MERGED: _("merged affiliations"),
        E.AFFILIATION_SPLIT: _("split affiliations"),
        E.SNAPSHOT_FROZEN: _("froze the record of a day"),
        E.SNAPSHOT_CORRECTED: _("corrected the record of a day"),
        E.TALLY_SEALED: _("counted"),
        E.TALLY_DIFFERS: _("raised an alarm: a recount differs"),
        E.LEDGER_LAGS: _("raised an alarm: the ledger lags"),
        E.LEDGER_REFUSED: _("raised an alarm: the ledger refuses"),
        E.LEDGER_RECOVERED: _("recovered the ledger"),
        E.LEDGER_KEY_ROTATED: _("rotated the key of the ledger"),
        E.MAILBOX_CLOSED: _("wants no mail any more"),
        E.MAILBOX_OPENED: _("opened a mailbox again"),
        E.UPDATE_WRITTEN: _("wrote at an update"),
        E.UPDATE_PUBLISHED: _("published an update"),
        E.MAILING_DONE: _("queued all mails of a mailing"),
        E.MAILING_STOPPED: _("stopped a mailing"),
        E.NEWS_STOPPED: _("wants no news any more"),
        E.NEWS_ASKED: _("wants news"),
        E.BLOCK_PUT: _("put a block"),
        E.BLOCK_LIFTED: _("lifted a block"),
        E.USER_CREATED: _("made a login"),
        E.USER_CHANGED: _("changed a login"),
        E.USER_CLOSED: _("closed a login"),
        E.USER_OPENED: _("opened a login again"),
        E.PASSWORD_CHANGED: _("changed a password"),
        E.SESSION_ENDED: _("ended sessions elsewhere"),
        E.FACTOR_ENROLLED: _("enrolled a second factor"),
        E.FACTOR_RENAMED: _("renamed a second factor"),
        E.FACTOR_REMOVED: _("removed a second factor"),
        E.CODES_MADE: _("made new recovery codes"),
        E.FACTOR_RESET: _("removed all second factors of somebody who lost them"),
        E.RESET_OBJECTED: _("stopped the removal of their second factors"),
        E.LOGIN_LOCKED: _("locked a login after too many tries"),
    }
)
"""What follows the name of whoever did it."""

REASONS: Final = dict([*RemovalReason.choices, *DeclineReason.choices, *ReportReason.choices])
PAGES: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {"changelist": _("the list"), "change": _("one"), "history": _("the history of one")}
)
CODES: Final[Mapping[str, tuple[str | Promise, Callable[[Any], object]]]] = MappingProxyType(
    {
        "role": (_("role"), lambda value: dict(Role.choices).get(value, value)),
        "reason": (_("reason"), lambda value: REASONS.get(value, value)),
        "method": (_("verified by"), lambda value: dict(Method.choices).get(value, value)),
        "which": (_("which"), lambda value: dict(Exported.choices).get(value, value)),
        "kind": (_("kind"), lambda value: dict(TextKind.choices).get(value, value)),
        "page": (_("page"), lambda value: PAGES.get(value, value)),
        "rows": (_("signatures"), str),
        "as_of": (_("as of"), str),
        "day": (_("day"), str),
        "update": (_("update"), str),
        "version": (_("version"), str),
        "language": (_("language"), str),
        "count": (_("number"), str),
        "sessions": (_("sessions"), str),
    }
)
"""What the codes beside an event are called, and how each is said. Others stand as they are."""


def what(name: str) -> str:
    """Return what was done, in words; the name of the event where there are none."""
    return str(WHAT.get(name, name))


def details(data: Mapping[str, Any]) -> list[str]:
    """Return what stands beside an event, each in a few words: `role: Editor`."""
    said = []
    for code, value in data.items():
        called, says = CODES.get(code, (code, str))
        said.append(f"{called}: {says(value)}")
    return said
