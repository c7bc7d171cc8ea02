"""The words that are stored: states, kinds, roles and the names of events, by noun."""

from letters.enums.approvals import ApprovalKind
from letters.enums.events import READS, EventName, KeyName
from letters.enums.guests import GuestState
from letters.enums.letters import (
    PUBLIC_PHASES,
    SIGNABLE_PHASES,
    FieldRule,
    Interval,
    LetterStatus,
    Phase,
    Recipients,
    Role,
    TextKind,
)
from letters.enums.mails import (
    MAILED_TO_MANY,
    OF_LOGINS,
    WITHOUT_LETTER,
    MailingState,
    MessageKind,
    MessageState,
)
from letters.enums.reports import ReportReason
from letters.enums.signatures import (
    COUNTED,
    LIVE_STATES,
    WITHDRAWABLE_STATES,
    DeclineReason,
    Display,
    EntryKind,
    Exported,
    Method,
    ReasonDisplay,
    RemovalReason,
    SignatureKind,
    SignatureState,
    Tallied,
    Visibility,
)

__all__ = [
    "COUNTED",
    "LIVE_STATES",
    "MAILED_TO_MANY",
    "OF_LOGINS",
    "PUBLIC_PHASES",
    "READS",
    "SIGNABLE_PHASES",
    "WITHDRAWABLE_STATES",
    "WITHOUT_LETTER",
    "ApprovalKind",
    "DeclineReason",
    "Display",
    "EntryKind",
    "EventName",
    "Exported",
    "FieldRule",
    "GuestState",
    "Interval",
    "KeyName",
    "LetterStatus",
    "MailingState",
    "MessageKind",
    "MessageState",
    "Method",
    "Phase",
    "ReasonDisplay",
    "Recipients",
    "RemovalReason",
    "ReportReason",
    "Role",
    "SignatureKind",
    "SignatureState",
    "Tallied",
    "TextKind",
    "Visibility",
]
