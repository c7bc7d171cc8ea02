"""The number of a letter as each day left it, for good, and what was found wrong with such a record later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.models.append_only import append_only
from letters.models.checkpoint import Checkpoint
from letters.models.letter import Letter
from letters.models.lettertext import LetterText


class Snapshot(models.Model):
    """The last tally of a letter before a day (UTC) ended, with the countries that were stated.

    The figures are those of the checkpoint; `text` is the binding one that could be signed then.
    `countries` has the number for each code, none below `limits.CELL_LEAST`: those are in `other`.
    They can only be counted when the day is frozen, so they say as of which tally.
    """

    # No index of its own: the constraint below begins with the letter.
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="snapshots", db_index=False)
    day = models.DateField(_("day"))
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="snapshots", db_index=False)
    text = models.ForeignKey(LetterText, models.PROTECT, related_name="snapshots", db_index=False)
    countries = models.JSONField(_("countries"), default=dict)
    other = models.PositiveIntegerField(_("other countries"))
    not_stated = models.PositiveIntegerField(_("country not stated"))
    countries_as_of = models.DateTimeField(_("countries as of"))
    frozen_at = models.DateTimeField(_("frozen"))

    class Privacy:
        personal = ()
        public = (
            "day", "checkpoint", "text", "countries", "other", "not_stated", "countries_as_of", "frozen_at",
        )  # fmt: skip
        kept = ("id", "letter")

    class Meta:
        verbose_name = _("daily record")
        verbose_name_plural = _("daily records")
        constraints = (models.UniqueConstraint(fields=("letter", "day"), name="snapshot_one_per_day"),)
        triggers = append_only("snapshot")

    def __str__(self) -> str:
        return self.day.isoformat()

    @property
    def stated(self) -> int:
        """How many stated a country."""
        return int(sum(self.countries.values())) + self.other


class Correction(models.Model):
    """That something is wrong with a daily record, which itself stays as it is."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="corrections")
    wrong = models.CharField(_("what is wrong"), max_length=limits.CORRECTION_MAX)
    said_by = models.CharField(_("who says so"), max_length=limits.CHECKED_BY_MAX)
    at = models.DateTimeField(_("since"))

    class Privacy:
        personal = ()
        public = ("snapshot", "wrong", "said_by", "at")
        kept = ("id",)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(wrong="") & ~Q(said_by=""), name="correction_is_whole"),
        )
        triggers = append_only("correction")

    def __str__(self) -> str:
        return self.wrong
