"""What is stored of reports."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportReason(TextChoices):
    """What is wrong with a name, in the words of whoever reports it."""

    NOT_SIGNED = "not_signed", _("It is my name and I did not sign")
    NOBODY = "nobody", _("This person does not exist")
    BORROWED = "borrowed", _("Somebody else’s name is used")
    OTHER = "other", _("Something else")
