"""How an invitation to sign stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuestState(TextChoices):
    """What the team reads of an invitation to sign. Never stored."""

    SENT = "sent", _("Sent")
    SIGNED = "signed", _("Signed")
    LAPSED = "lapsed", _("Lapsed")
    TAKEN_BACK = "taken_back", _("Taken back")
