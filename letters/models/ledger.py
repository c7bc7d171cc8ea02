"""Which signatures the next seal of a letter looks at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.enums import EntryKind
from letters.models.letter import Letter
from letters.models.signature import Signature


class LedgerEntry(models.Model):
    """Written in the transaction of a change; the seal takes it out again.

    It says that a signature changed and not how: the seal compares what the tally holds of it with
    what it is by then. So one entry stands for any number of changes, in any order.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    signature = models.ForeignKey(Signature, models.CASCADE, related_name="entries", db_index=False)
    queued_at = models.DateTimeField(_("queued"))

    class Privacy:
        personal = ()
        public = ()
        kept = ("id", "letter", "kind", "signature", "queued_at")

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.UniqueConstraint(fields=("signature",), name="entry_one_per_signature"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.signature_id}"
