"""What somebody tells us about a name on a list: it is wrong, or theirs without their doing."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import crypto, limits
from letters.enums import ReportReason
from letters.models.letter import Letter
from letters.models.user import User


class Report(models.Model):
    """One report, open until somebody has settled it and noted what was decided. It removes nothing.

    It names a signature in the reader's words only, and is deleted whole some time after.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    # No index of its own: the one below begins with the letter.
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="reports", db_index=False)
    name = models.CharField(_("name"), max_length=limits.NAME_MAX)
    reason = models.CharField(_("what is wrong"), max_length=10, choices=ReportReason)
    words = models.TextField(_("details"), max_length=limits.REPORT_WORDS_MAX, blank=True)
    email_sealed = models.BinaryField(max_length=600, null=True)
    language = models.CharField(_("language"), max_length=12, blank=True, db_default="")
    created_at = models.DateTimeField(_("reported"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("settled by")
    )
    note = models.CharField(_("decision"), max_length=limits.REPORT_NOTE_MAX, blank=True)

    class Privacy:
        personal = ("name", "words", "email_sealed", "language", "settled_by", "note")
        public = ()
        kept = ("id", "uid", "letter", "reason", "created_at", "settled_at")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="report_names_somebody"),
            models.CheckConstraint(condition=Q(reason__in=ReportReason.values), name="report_reason_known"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, note="")
                | (Q(settled_at__isnull=False) & ~Q(note="")),
                name="report_settled_has_note",
            ),
        )
        indexes = (models.Index(fields=("letter", "-created_at"), name="report_of_letter"),)

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str | None:
        """Where whoever reported it wants an answer; None when they want none."""
        if self.email_sealed is None:
            return None
        return crypto.unseal(bytes(self.email_sealed), context=address_context(self.uid))


def address_context(uid: object) -> str:
    """Return what binds a sealed address to its row."""
    return f"report.email_sealed:{uid}"
