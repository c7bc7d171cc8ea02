"""Who was forgotten: what must survive the loss of the database, to be done again after a restore."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """One erasure, and whether it already stands in the journal outside the database."""

    uid = models.UUIDField(_("uid"), primary_key=True)
    at = models.DateTimeField(_("erased"))
    journaled_at = models.DateTimeField(_("written to the journal"), null=True)

    class Privacy:
        personal = ()
        public = ()
        kept = ("uid", "at", "journaled_at")

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes = (
            models.Index(
                fields=("at",), condition=models.Q(journaled_at__isnull=True), name="erasure_to_journal"
            ),
        )

    def __str__(self) -> str:
        return str(self.uid)
