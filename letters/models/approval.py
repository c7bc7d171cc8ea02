"""What one person asked for and another has to agree to."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.enums import ApprovalKind
from letters.models.letter import Letter
from letters.models.organization import Organization


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Which approvals."""

    def standing(self, *, at: datetime) -> ApprovalQuerySet:
        """Those asked for or given that are neither used, nor declined, nor too old."""
        return self.filter(ended_at=None, asked_at__gt=at - limits.APPROVAL_FOR)

    def waiting(self, *, at: datetime) -> ApprovalQuerySet:
        """Those that nobody has answered yet."""
        return self.standing(at=at).filter(given_at=None)


class Approval(models.Model):
    """One question to a second person. Without an organization it is for those who run the platform.

    `subject` is how events name what it is about, `digest` (SHA-256) is all that the second person was
    shown, and `data` what is then done. A change of either is another question.
    """

    kind = models.CharField(_("what for"), max_length=16, choices=ApprovalKind)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="+")
    letter = models.ForeignKey(
        Letter, models.CASCADE, null=True, related_name="+", verbose_name=_("letter"), db_index=False
    )
    subject = models.CharField(max_length=64)
    digest = models.BinaryField(max_length=32)
    data = models.JSONField(default=dict)
    reason = models.CharField(_("why"), max_length=limits.APPROVAL_REASON_MAX, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    given_at = models.DateTimeField(_("approved"), null=True)
    grounds = models.CharField(_("grounds"), max_length=limits.APPROVAL_REASON_MAX, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = ApprovalQuerySet.as_manager()

    class Privacy:
        personal = ("asked_by", "given_by")
        public = ()
        kept = (
            "id", "kind", "organization", "letter", "subject", "digest", "data", "reason", "asked_at",
            "given_at", "grounds", "ended_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ApprovalKind.values), name="approval_kind_known"),
            models.CheckConstraint(
                condition=Q(given_by=None, given_at=None) | Q(given_by__isnull=False, given_at__isnull=False),
                name="approval_given_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_by=F("asked_by")), name="approval_is_of_two_people"
            ),
            models.UniqueConstraint(
                fields=("kind", "subject"), condition=Q(ended_at=None), name="approval_stands_once"
            ),
        )

    def __str__(self) -> str:
        return str(ApprovalKind(self.kind).label)

    @property
    def until(self) -> datetime:
        """When it can be given or used no longer."""
        return self.asked_at + limits.APPROVAL_FOR
