"""Who stands first under a letter, because a person has checked that they signed it."""

from __future__ import annotations

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.models.letter import Letter
from letters.models.signature import Signature


class Feature(models.Model):
    """One signature that was checked: by whom, how, and on which day.

    It says nothing of whether the name may be shown. Readers see it only while the signature stands
    on the wall, so ask for it by way of the signature.
    """

    # No index of its own: the constraint below begins with the letter.
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="features", db_index=False)
    signature = models.OneToOneField(Signature, models.CASCADE, related_name="feature")
    position = models.PositiveSmallIntegerField(_("position"))
    checked_by = models.CharField(_("checked by"), max_length=limits.CHECKED_BY_MAX)
    checked_how = models.CharField(_("how"), max_length=limits.CHECKED_HOW_MAX)
    checked_at = models.DateField(_("checked on"))
    created_at = models.DateTimeField(_("featured"))

    class Privacy:
        personal = ("signature", "checked_by", "checked_how", "checked_at")
        public = ()
        kept = ("id", "letter", "position", "created_at")

    class Meta:
        verbose_name = _("featured signatory")
        verbose_name_plural = _("featured")
        constraints = (
            # Deferred, so that two neighbours can change places.
            models.UniqueConstraint(
                fields=("letter", "position"), deferrable=Deferrable.DEFERRED, name="feature_one_per_position"
            ),
            models.CheckConstraint(
                condition=~Q(checked_by="") & ~Q(checked_how=""), name="feature_says_who_and_how"
            ),
        )

    def __str__(self) -> str:
        return str(self.signature_id)  # a name here would come into logs
