"""What two people decide together."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApprovalKind(TextChoices):
    """For what one person asks and another answers."""

    PUBLICATION = "publication", _("Publishing a letter")
    CORRECTION = "correction", _("Publishing a correction")
    WITHHOLDING = "withholding", _("Withholding a text")
    FACTOR_RESET = "factor_reset", _("A new second factor")
