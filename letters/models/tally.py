"""The published number of a letter with all its parts, and its history by hour and day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from letters.enums import Interval
from letters.ledger import merkle
from letters.models.letter import Letter

PARTS: Final = (
    "signed", "withdrawn", "removed", "lost", "count", "persons", "organizations", "public", "private",
    "erased_counted", "by_email", "by_institution", "by_orcid", "by_openid", "by_checked", "offline",
)  # fmt: skip


class Tally(models.Model):
    """The number that every page, file and mail shows, as of one moment. Only the seal changes it.

    `by_text` says how many of the count stand on each text, by its number; the numbers are JSON's keys.
    """

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="tally", primary_key=True)
    as_of = models.DateTimeField(_("as of"))
    revision = models.PositiveBigIntegerField(_("revision"), default=0)
    size = models.PositiveBigIntegerField(_("leaves"), default=0)
    root = models.BinaryField(max_length=32, default=merkle.EMPTY)

    signed = models.PositiveIntegerField(pgettext_lazy("signatures in a tally", "signed"), default=0)
    withdrawn = models.PositiveIntegerField(pgettext_lazy("signatures in a tally", "withdrawn"), default=0)
    removed = models.PositiveIntegerField(pgettext_lazy("signatures in a tally", "removed"), default=0)
    lost = models.PositiveIntegerField(pgettext_lazy("signatures in a tally", "lost"), default=0)
    count = models.PositiveIntegerField(_("count"), default=0)

    persons = models.PositiveIntegerField(_("persons"), default=0)
    organizations = models.PositiveIntegerField(_("organizations"), default=0)
    public = models.PositiveIntegerField(_("public"), default=0)
    private = models.PositiveIntegerField(_("private"), default=0)
    erased_counted = models.PositiveIntegerField(_("erased, still counted"), default=0)
    by_email = models.PositiveIntegerField(_("by email"), default=0)
    by_institution = models.PositiveIntegerField(_("by institution"), default=0)
    by_orcid = models.PositiveIntegerField(_("by ORCID iD"), default=0)
    by_openid = models.PositiveIntegerField(_("by account"), default=0)
    by_checked = models.PositiveIntegerField(_("checked"), default=0)
    offline = models.PositiveIntegerField(_("on paper, not counted"), default=0)
    by_text = models.JSONField(_("by text"), default=dict)

    class Privacy:
        personal = ()
        public = ("as_of", "size", "root", *PARTS, "by_text")
        kept = ("letter", "revision")

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = (
            models.CheckConstraint(
                condition=Q(count=F("signed") - F("withdrawn") - F("removed") - F("lost")),
                name="tally_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(count=F("persons") + F("organizations")), name="tally_kinds_add_up"
            ),
            models.CheckConstraint(
                condition=Q(count=F("public") + F("private")), name="tally_display_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(
                    count=F("by_email")
                    + F("by_institution")
                    + F("by_orcid")
                    + F("by_openid")
                    + F("by_checked")
                ),
                name="tally_methods_add_up",
            ),
        )

    def parts(self) -> dict[str, int]:
        """Return the figures by name."""
        return {part: getattr(self, part) for part in PARTS}

    def move(self, change: Mapping[str, int], *, texts: Mapping[int, int], as_of: datetime) -> None:
        """Set the next number: each part moves by its step. It is saved with the leaves that prove it."""
        for part, step in change.items():
            setattr(self, part, getattr(self, part) + step)
        for number, step in texts.items():
            self.by_text[str(number)] = self.by_text.get(str(number), 0) + step
        self.as_of = as_of
        self.revision += 1

    def __str__(self) -> str:
        return f"{self.count} as of {self.as_of:%Y-%m-%dT%H:%M:%SZ}"


class TallyPoint(models.Model):
    """What the tallies of one hour or day (UTC) added, and where the number stood at its end."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="points")
    interval = models.CharField(_("interval"), max_length=4, choices=Interval)
    start = models.DateTimeField(_("start"))
    new = models.PositiveIntegerField(pgettext_lazy("signatures in a tally", "new"), default=0)
    withdrawn = models.PositiveIntegerField(pgettext_lazy("signatures in a tally", "withdrawn"), default=0)
    removed = models.IntegerField(
        pgettext_lazy("signatures in a tally", "removed"), default=0, help_text=_("Without those restored.")
    )
    total = models.PositiveIntegerField(_("total"))

    class Privacy:
        personal = ()
        public = ("interval", "start", "new", "withdrawn", "removed", "total")
        kept = ("id", "letter")

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ("start",)
        constraints = (
            models.UniqueConstraint(fields=("letter", "interval", "start"), name="point_once"),
            models.CheckConstraint(condition=Q(interval__in=Interval.values), name="point_interval_known"),
        )

    def __str__(self) -> str:
        return f"{self.interval} {self.start:%Y-%m-%dT%H:%MZ}"


class NamesRevision(models.Model):
    """A counter that moves with every change of which names a reader sees."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="names_revision", primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    class Privacy:
        personal = ()
        public = ()
        kept = ("letter", "value")

    class Meta:
        verbose_name = _("names revision")
        verbose_name_plural = _("names revisions")

    def __str__(self) -> str:
        return str(self.value)
