"""The words that are stored: states, kinds, roles and the names of events."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterStatus(TextChoices):
    """What an organizer decided about a letter. What the clock decides is `Phase`."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Phase(TextChoices):
    """What a letter is at a moment: its status and the clock together. Never stored."""

    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Closing soon")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLIC_PHASES: Final = frozenset({Phase.SCHEDULED, Phase.OPEN, Phase.CLOSING, Phase.PAUSED, Phase.CLOSED})
SIGNABLE_PHASES: Final = frozenset({Phase.OPEN, Phase.CLOSING})


class FieldRule(TextChoices):
    """Whether the form asks for something."""

    OFF = "off", _("Do not ask")
    OPTIONAL = "optional", _("Optional")
    REQUIRED = "required", _("Required")


class TextKind(TextChoices):
    """Why a text version exists."""

    FIRST = "first", _("First version")
    CORRECTION = "correction", _("Correction")
    AMENDMENT = "amendment", _("Amendment")


class SignatureKind(TextChoices):
    """Who signs."""

    PERSON = "person", _("Person")
    ORGANIZATION = "organization", _("Organization")


class SignatureState(TextChoices):
    """Whether a signature counts. Only `confirmed` does."""

    PENDING = "pending", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held for review")
    REMOVED = "removed", _("Removed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIVE_STATES: Final = (
    SignatureState.PENDING,
    SignatureState.CONFIRMED,
    SignatureState.HELD,
    SignatureState.REMOVED,
)
"""One mailbox has at most one signature in these states on a letter."""

WITHDRAWABLE_STATES: Final = LIVE_STATES
"""Its owner can take it back from any of these, also from a removal."""


class Tallied(TextChoices):
    """How the tally holds a signature since the last seal. Only the seal writes it."""

    NOT = "", _("Not counted yet")
    SHOWN = "shown", _("Counted, name shown")
    PRIVATE = "private", _("Counted, name not shown")
    ERASED = "erased", _("Counted, person erased")
    REMOVED = "removed", _("Removed after counting")
    WITHDRAWN = "withdrawn", _("Withdrawn after counting")


COUNTED: Final = frozenset({Tallied.SHOWN, Tallied.PRIVATE, Tallied.ERASED})


class RemovalReason(TextChoices):
    """Why a signature does not count: the codes that the public ledger carries."""

    REVIEW = "review", _("Waits for a decision")
    DISPOSABLE = "disposable", _("Throw-away address")
    FLOOD = "flood", _("Part of a flood")
    IMPERSONATION = "impersonation", _("Somebody else's name")
    DUPLICATE = "duplicate", _("Signed twice")
    COURT = "court", _("By order of a court")
    TEST = "test", _("A test")
    OTHER = "other", _("Another reason")


class Visibility(TextChoices):
    """Who sees the name, as its owner asked."""

    PUBLIC = "public", _("Everyone: on this page and in its downloads")
    PRIVATE = "private", _("Count me, keep my name private")


class Display(TextChoices):
    """Whether the name is shown. Independent of the state."""

    SHOWN = "shown", _("Shown")
    WAITING = "waiting", _("Waiting for a moderator")
    DECLINED = "declined", _("Declined by a moderator")
    PRIVATE = "private", _("Private")


class Method(TextChoices):
    """How a signature was verified, strongest last."""

    EMAIL = "email", _("Email confirmed")
    INSTITUTION = "institution", _("Email at an institution confirmed")
    OPENID = "openid", _("Account confirmed")
    ORCID = "orcid", _("ORCID iD confirmed")
    CHECKED = "checked", _("Checked by the organizer")


class ReportReason(TextChoices):
    """What is wrong with a name, in the words of whoever reports it."""

    NOT_SIGNED = "not_signed", _("It is my name and I did not sign")
    NOBODY = "nobody", _("This person does not exist")
    BORROWED = "borrowed", _("Somebody else’s name is used")
    OTHER = "other", _("Something else")


class Role(TextChoices):
    """What a member may do in an organization."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    SENDER = "sender", _("Sender")
    EXPORTER = "exporter", _("Exporter")
    VIEWER = "viewer", _("Viewer")


class MessageKind(TextChoices):
    """Why a mail is sent. What a `reply` says is decided when it is written."""

    REPLY = "reply", _("Answer to a form")
    REMINDER = "reminder", _("Not confirmed yet")
    SIGNED = "signed", _("You signed")
    WITHDRAWN = "withdrawn", _("Your signature was withdrawn")


class MessageState(TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    SKIPPED = "skipped", _("Not needed")
    BOUNCED = "bounced", _("Bounced")
    FAILED = "failed", _("Given up")


class EntryKind(TextChoices):
    """What the next seal of a letter looks at."""

    SIGN = "sign", _("A signature to count")
    CHANGE = "change", _("A counted signature that changed")


class Interval(TextChoices):
    """The length of a point in a time series (UTC)."""

    HOUR = "hour", _("Hour")
    DAY = "day", _("Day")


class KeyName(TextChoices):
    """The keys that live outside the database."""

    PEPPER = "pepper", _("Address pepper")
    DATA = "data", _("Data key")
    LEDGER = "ledger", _("Ledger key")


class EventName(TextChoices):
    """What the audit trail records, by dotted name."""

    ORGANIZATION_CREATED = "organization.created"
    ORGANIZATION_CHANGED = "organization.changed"
    LETTER_CREATED = "letter.created"
    LETTER_CHANGED = "letter.changed"
    LETTER_PUBLISHED = "letter.published"
    LETTER_PAUSED = "letter.paused"
    LETTER_RESUMED = "letter.resumed"
    LETTER_CLOSED = "letter.closed"
    LETTER_WITHDRAWN = "letter.withdrawn"
    LETTER_ANSWERED = "letter.answered"
    TEXT_CHANGED = "text.changed"
    TEXT_PUBLISHED = "text.published"
    CARD_DRAWN = "card.drawn"
    SIGNATURE_CONFIRMED = "signature.confirmed"
    SIGNATURE_WITHDRAWN = "signature.withdrawn"
    SIGNATURE_REMOVED = "signature.removed"
    SIGNATURE_RESTORED = "signature.restored"
    SIGNATURE_ERASED = "signature.erased"
    SIGNATURE_CHANGED = "signature.changed"
    SIGNATURE_VERIFIED = "signature.verified"
    FEATURE_PUT = "feature.put"
    FEATURE_MOVED = "feature.moved"
    FEATURE_ENDED = "feature.ended"
    REPORT_MADE = "report.made"
    REPORT_READ = "report.read"
    REPORT_SETTLED = "report.settled"
    ERASURES_REPLAYED = "erasures.replayed"
    SIGNATURES_LOADED = "signatures.loaded"
    TALLY_SEALED = "tally.sealed"
    TALLY_DIFFERS = "tally.differs"
    LEDGER_LAGS = "ledger.lags"
    LEDGER_REFUSED = "ledger.refused"
    LEDGER_RECOVERED = "ledger.recovered"
    LEDGER_KEY_ROTATED = "ledger.key_rotated"
    MAILBOX_CLOSED = "mailbox.closed"
    MAILBOX_OPENED = "mailbox.opened"
    BLOCK_PUT = "block.put"
    BLOCK_LIFTED = "block.lifted"
    USER_CREATED = "user.created"
