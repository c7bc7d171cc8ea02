"""Which two affiliations are one, because the organizer knows it and no rule of spelling could."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.models.letter import Letter


class AffiliationMerge(models.Model):
    """Under one letter, every spelling of `spelling` is counted as `name`. The keys are those of both."""

    # No index of its own: the constraint below begins with the letter.
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="merges", db_index=False)
    spelling = models.CharField(_("affiliation"), max_length=limits.AFFILIATION_MAX)
    name = models.CharField(_("counted as"), max_length=limits.AFFILIATION_MAX)
    key = models.CharField(max_length=limits.AFFILIATION_KEY_MAX, editable=False)
    name_key = models.CharField(max_length=limits.AFFILIATION_KEY_MAX, editable=False)
    created_at = models.DateTimeField(_("since"))

    class Privacy:
        personal = ()
        public = ("name",)
        kept = ("id", "letter", "spelling", "key", "name_key", "created_at")

    class Meta:
        verbose_name = _("merged affiliation")
        verbose_name_plural = _("merged affiliations")
        ordering = ("letter", "spelling")
        constraints = (
            models.UniqueConstraint(fields=("letter", "key"), name="merge_one_per_affiliation"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(name_key=""), name="merge_names_two"),
            models.CheckConstraint(condition=~Q(key=F("name_key")), name="merge_names_two_that_differ"),
        )

    def __str__(self) -> str:
        return f"{self.spelling} → {self.name}"
