"""The number of a letter by country and by affiliation, as it was counted last."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter


class Breakdown(models.Model):
    """Two tables of one tally: who it counts by country, and whose names it shows by affiliation.

    Each is a list of name and number, the largest first. What is too small to be said alone is in
    `other` and stored nowhere else. It is made of the signatures and may be deleted at any time.
    """

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="breakdown", primary_key=True)
    as_of = models.DateTimeField(_("as of"))
    countries = models.JSONField(_("countries"), default=list)
    countries_other = models.PositiveIntegerField(_("other countries"), default=0)
    countries_not_stated = models.PositiveIntegerField(_("country not stated"), default=0)
    affiliations = models.JSONField(_("affiliations"), default=list)
    affiliations_other = models.PositiveIntegerField(_("other affiliations"), default=0)
    affiliations_not_stated = models.PositiveIntegerField(_("affiliation not stated"), default=0)
    made_at = models.DateTimeField(_("counted"))
    # Of the letter, its tally and its names, when they were read; with others it is to be made anew.
    letter_revision = models.PositiveIntegerField(default=0)
    tally_revision = models.PositiveBigIntegerField(default=0)
    names_revision = models.PositiveBigIntegerField(default=0)

    class Privacy:
        personal = ()
        public = (
            "as_of", "countries", "countries_other", "countries_not_stated", "affiliations",
            "affiliations_other", "affiliations_not_stated",
        )  # fmt: skip
        kept = ("letter", "made_at", "letter_revision", "tally_revision", "names_revision")

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        constraints = (
            models.CheckConstraint(
                condition=Q(made_at__gte=models.F("as_of")), name="breakdown_is_of_the_past"
            ),
        )

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%dT%H:%M:%SZ}"
