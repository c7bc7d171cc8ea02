"""An order of law by which the words of a letter are not shown."""

from __future__ import annotations

import json

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.models.letter import Letter


class Withholding(models.Model):
    """Who ordered it, when, and why, in words fit for the public. Its texts point to it while it stands.

    `files_at` says when the published files were brought to agree with it, last.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="withholdings", verbose_name=_("letter"))
    authority = models.CharField(_("who ordered it"), max_length=limits.AUTHORITY_MAX)
    reference = models.CharField(_("reference of the order"), max_length=limits.AUTHORITY_MAX)
    ordered_on = models.DateField(_("ordered on"))
    reason = models.CharField(_("reason"), max_length=limits.CHANGE_REASON_MAX)
    withheld_at = models.DateTimeField(_("withheld"))
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    files_at = models.DateTimeField(_("files agree since"), null=True)

    class Privacy:
        personal = ()
        public = ("authority", "reference", "ordered_on", "reason", "withheld_at", "lifted_at")
        kept = ("id", "letter", "files_at")

    class Meta:
        verbose_name = _("withholding")
        verbose_name_plural = _("withholdings")
        constraints = (
            models.CheckConstraint(
                condition=~Q(authority="") & ~Q(reference="") & ~Q(reason=""), name="withholding_says_why"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("withheld_at")),
                name="withholding_is_lifted_later",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def said(self) -> dict[str, str]:
        """Return what the public is told: in English and in no script, for machines."""
        return {
            "authority": self.authority,
            "ordered_on": self.ordered_on.isoformat(),
            "reason": self.reason,
            "reference": self.reference,
            "withheld_at": f"{self.withheld_at:%Y-%m-%dT%H:%M:%SZ}",
        }

    def notice(self, *, number: int, digest: str) -> bytes:
        """Return the file that stands where a text would: what it is the hash of, and why it is not there."""
        told: dict[str, object] = {"h": digest, "n": number, **self.said()}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
