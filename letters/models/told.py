"""What people who sign a letter are told about their data, by whoever publishes it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import consents, limits
from letters.consents import Consent
from letters.enums import Recipients

TOLD: Final = ("recipients", "recipients_named", "notices", "kept_until")


class Told(models.Model):
    """The part of a letter that speaks of data. It is fixed with the letter's publication.

    `recipients_named` and `notices` hold words by language: who gets the data, where no choice says it,
    and the whole notice in a language that the interface does not speak.
    """

    recipients = models.CharField(_("who else gets the data"), max_length=10, choices=Recipients, blank=True)
    recipients_named = models.JSONField(default=dict, blank=True)
    notices = models.JSONField(default=dict, blank=True)
    kept_until = models.DateField(_("addresses are deleted by"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def consent(self) -> Consent:
        """The words beside the form: those that name recipients and a day, once the letter does."""
        return consents.CURRENT if self.recipients and self.data_until else consents.FIRST

    @property
    def data_until(self) -> date | None:
        """The day by whose end (UTC) addresses are deleted: the one that was chosen, or as closing has it."""
        closes_at: datetime | None = getattr(self, "closes_at", None)
        if self.kept_until or closes_at is None:
            return self.kept_until
        # Deleting is a night's work: it is done on the day after.
        return (closes_at + limits.KEPT_AFTER_CLOSING + timedelta(days=1)).astimezone(UTC).date()

    @property
    def latest_end(self) -> datetime | None:
        """When signing must have ended so that addresses can be deleted by then."""
        if self.kept_until is None:
            return None
        return datetime.combine(self.kept_until, time(), UTC) - limits.KEPT_AFTER_CLOSING

    def outlasts_its_data(self) -> bool:
        """Whether it closes later than its word about addresses lets it."""
        closes_at: datetime | None = getattr(self, "closes_at", None)
        return bool(self.latest_end and closes_at and closes_at > self.latest_end)


KNOWN: Final = models.CheckConstraint(
    condition=Q(recipients__in=("", *Recipients.values)), name="letter_recipients_known"
)
