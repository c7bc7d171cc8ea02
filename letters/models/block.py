"""Whose forms get no answer: a mailbox or a whole mail domain, on one letter or on all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter


class Block(models.Model):
    """A decision with a reason. Exactly one of `key` (site-wide mailbox key) and `domain` is given."""

    letter = models.ForeignKey(Letter, models.CASCADE, null=True, blank=True, related_name="blocks")
    key = models.BinaryField(max_length=32, null=True)
    domain = models.CharField(_("mail domain"), max_length=253, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    created_at = models.DateTimeField(_("since"))

    class Privacy:
        personal = ("key", "reason")
        public = ()
        kept = ("id", "letter", "domain", "created_at")

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(key=None) & ~Q(domain="") | Q(key__isnull=False, domain=""),
                name="block_names_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="block_has_reason"),
        )
        indexes = (
            models.Index(fields=("key",), name="block_key"),
            models.Index(fields=("domain",), name="block_domain"),
        )

    def __str__(self) -> str:
        return self.domain or str(_("one mailbox"))
