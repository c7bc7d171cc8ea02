"""What the team of a letter reads about its signatures and mails, as it was counted last."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter


class Figures(models.Model):
    """Numbers for the desk alone: small ones are not put together. Readers get `Breakdown`.

    `languages` and `sources` are lists of code and number over the signatures of the tally, the largest
    first; `mails` is a list of kind, state and number. `forms` are those sent since `forms_since`. It is
    made of other rows and may be deleted at any time.
    """

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="figures", primary_key=True)
    as_of = models.DateTimeField(_("as of"))
    made_at = models.DateTimeField(_("counted"))
    tally_revision = models.PositiveBigIntegerField(default=0)
    languages = models.JSONField(_("languages"), default=list)
    sources = models.JSONField(_("links"), default=list)
    sources_other = models.PositiveIntegerField(_("other links"), default=0)
    sources_none = models.PositiveIntegerField(_("without a code"), default=0)
    mails = models.JSONField(_("mails"), default=list)
    forms_since = models.DateTimeField(_("forms since"))
    forms = models.PositiveIntegerField(_("forms"), default=0)
    forms_confirmed = models.PositiveIntegerField(_("forms confirmed"), default=0)
    forms_waiting = models.PositiveIntegerField(_("forms that can still be confirmed"), default=0)
    # Half of them took less. None while nobody has confirmed.
    median_seconds = models.PositiveIntegerField(_("seconds until confirmed"), null=True)

    class Privacy:
        personal = ()
        public = ()
        kept = (
            "letter", "as_of", "made_at", "tally_revision", "languages", "sources", "sources_other",
            "sources_none", "mails", "forms_since", "forms", "forms_confirmed", "forms_waiting",
            "median_seconds",
        )  # fmt: skip

    class Meta:
        verbose_name = _("figures")
        verbose_name_plural = _("figures")
        constraints = (
            models.CheckConstraint(
                condition=Q(forms__gte=F("forms_confirmed") + F("forms_waiting")), name="figures_forms_add_up"
            ),
        )

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%dT%H:%M:%SZ}"
