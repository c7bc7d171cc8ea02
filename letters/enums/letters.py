"""What is stored of letters and of those who publish them."""

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


class Recipients(TextChoices):
    """Who gets the data of signatories, besides the organization and whoever runs the site."""

    NOBODY = "nobody", _("Nobody else")
    ADDRESSEES = "addressees", _("Those to whom the letter is addressed, without email addresses")
    OTHERS = "others", _("Others, named below")


class TextKind(TextChoices):
    """Why a text version exists."""

    FIRST = "first", _("First version")
    CORRECTION = "correction", _("Correction")
    AMENDMENT = "amendment", _("Amendment")


class Role(TextChoices):
    """What a member may do in an organization."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    SENDER = "sender", _("Sender")
    EXPORTER = "exporter", _("Exporter")
    VIEWER = "viewer", _("Viewer")


class Interval(TextChoices):
    """The length of a point in a time series (UTC)."""

    HOUR = "hour", _("Hour")
    DAY = "day", _("Day")
