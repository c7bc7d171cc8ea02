"""What is stored of signatures: whether they count, whether they are shown, how they were verified."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class DeclineReason(TextChoices):
    """Why a moderator does not show a name. The signature counts all the same."""

    NO_NAME = "no_name", _("It is not a name")
    BORROWED = "borrowed", _("It seems to be somebody else’s name")
    INSULT = "insult", _("It insults or threatens somebody")
    ADVERT = "advert", _("It advertises something")
    OTHER = "other", _("Another reason")


class ReasonDisplay(TextChoices):
    """Whether the reason that a signatory gave is shown. None without a reason."""

    WAITING = "waiting", _("Waiting for a moderator")
    SHOWN = "shown", _("Shown")
    DECLINED = "declined", _("Declined by a moderator")


class Method(TextChoices):
    """How a signature was verified, strongest last."""

    EMAIL = "email", _("Email confirmed")
    INSTITUTION = "institution", _("Email at an institution confirmed")
    OPENID = "openid", _("Account confirmed")
    ORCID = "orcid", _("ORCID iD confirmed")
    CHECKED = "checked", _("Checked by the organizer")


class Exported(TextChoices):
    """Which signatures are taken out of the site."""

    COUNTED = "counted", _("Those that are counted")
    ALL = "all", _("All, also unconfirmed, withdrawn and removed ones")


class EntryKind(TextChoices):
    """What the next seal of a letter looks at."""

    SIGN = "sign", _("A signature to count")
    CHANGE = "change", _("A counted signature that changed")
