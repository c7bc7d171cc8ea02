"""What the audit trail records, and the keys it knows of."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KeyName(TextChoices):
    """The keys that live outside the database."""

    PEPPER = "pepper", _("Address pepper")
    DATA = "data", _("Data key")
    LEDGER = "ledger", _("Ledger key")


class EventName(TextChoices):
    """What the audit trail records, by dotted name."""

    ORGANIZATION_CREATED = "organization.created"
    ORGANIZATION_CHANGED = "organization.changed"
    ORGANIZATION_APPROVED = "organization.approved"
    ROLE_GRANTED = "role.granted"
    ROLE_REVOKED = "role.revoked"
    INVITATION_SENT = "invitation.sent"
    INVITATION_ACCEPTED = "invitation.accepted"
    INVITATION_REVOKED = "invitation.revoked"
    GUEST_INVITED = "guest.invited"
    GUEST_TAKEN_BACK = "guest.taken_back"
    APPROVAL_ASKED = "approval.asked"
    APPROVAL_GIVEN = "approval.given"
    APPROVAL_DECLINED = "approval.declined"
    APPROVAL_TAKEN_BACK = "approval.taken_back"
    LETTER_CREATED = "letter.created"
    LETTER_CHANGED = "letter.changed"
    LETTER_PUBLISHED = "letter.published"
    LETTER_PAUSED = "letter.paused"
    LETTER_RESUMED = "letter.resumed"
    LETTER_CLOSED = "letter.closed"
    LETTER_WITHDRAWN = "letter.withdrawn"
    LETTER_ANSWERED = "letter.answered"
    PREVIEW_READ = "preview.read"
    EMBARGO_GIVEN = "embargo.given"
    EMBARGO_AGREED = "embargo.agreed"
    EMBARGO_REVOKED = "embargo.revoked"
    TEXT_CHANGED = "text.changed"
    TEXT_PUBLISHED = "text.published"
    TEXT_WITHHELD = "text.withheld"
    TEXT_RELEASED = "text.released"
    CARD_DRAWN = "card.drawn"
    SIGNATURE_CONFIRMED = "signature.confirmed"
    SIGNATURE_WITHDRAWN = "signature.withdrawn"
    SIGNATURE_REMOVED = "signature.removed"
    SIGNATURE_RESTORED = "signature.restored"
    SIGNATURE_ERASED = "signature.erased"
    SIGNATURE_CHANGED = "signature.changed"
    SIGNATURE_RENEWED = "signature.renewed"
    NAME_SHOWN = "name.shown"
    NAME_DECLINED = "name.declined"
    SIGNATURE_VERIFIED = "signature.verified"
    FEATURE_PUT = "feature.put"
    FEATURE_MOVED = "feature.moved"
    FEATURE_ENDED = "feature.ended"
    REPORT_MADE = "report.made"
    REPORT_READ = "report.read"
    REPORT_SETTLED = "report.settled"
    LINKS_REVOKED = "links.revoked"
    ADDRESSES_DELETED = "addresses.deleted"
    REASON_GIVEN = "reason.given"
    REASON_SHOWN = "reason.shown"
    REASON_DECLINED = "reason.declined"
    ERASURES_REPLAYED = "erasures.replayed"
    SIGNATURES_READ = "signatures.read"
    NAMES_READ = "names.read"
    REASONS_READ = "reasons.read"
    REPORTS_READ = "reports.read"
    FEATURES_READ = "features.read"
    SIGNATURES_EXPORTED = "signatures.exported"
    SIGNATURES_LOADED = "signatures.loaded"
    AFFILIATION_MERGED = "affiliation.merged"
    AFFILIATION_SPLIT = "affiliation.split"
    SNAPSHOT_FROZEN = "snapshot.frozen"
    SNAPSHOT_CORRECTED = "snapshot.corrected"
    TALLY_SEALED = "tally.sealed"
    TALLY_DIFFERS = "tally.differs"
    LEDGER_LAGS = "ledger.lags"
    LEDGER_REFUSED = "ledger.refused"
    LEDGER_RECOVERED = "ledger.recovered"
    LEDGER_KEY_ROTATED = "ledger.key_rotated"
    MAILBOX_CLOSED = "mailbox.closed"
    MAILBOX_OPENED = "mailbox.opened"
    UPDATE_WRITTEN = "update.written"
    UPDATE_PUBLISHED = "update.published"
    MAILING_DONE = "mailing.done"
    MAILING_STOPPED = "mailing.stopped"
    NEWS_STOPPED = "news.stopped"
    NEWS_ASKED = "news.asked"
    BLOCK_PUT = "block.put"
    BLOCK_LIFTED = "block.lifted"
    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    USER_CLOSED = "user.closed"
    USER_OPENED = "user.opened"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - an event
    SESSION_ENDED = "session.ended"
    FACTOR_ENROLLED = "factor.enrolled"
    FACTOR_RENAMED = "factor.renamed"
    FACTOR_REMOVED = "factor.removed"
    CODES_MADE = "codes.made"
    FACTOR_RESET = "factor.reset"
    RESET_OBJECTED = "reset.objected"
    LOGIN_LOCKED = "login.locked"


READS: Final = (
    EventName.SIGNATURES_READ,
    EventName.NAMES_READ,
    EventName.REASONS_READ,
    EventName.REPORTS_READ,
    EventName.FEATURES_READ,
)
"""Somebody at the desk was shown private rows: all that looking at a page ever writes."""
