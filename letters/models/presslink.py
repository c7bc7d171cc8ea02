"""A letter shown to somebody of the press before it opens, under an embargo."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters import limits
from letters.models.letter import Letter


class PressLink(models.Model):
    """One link for one named recipient, who agrees to the embargo before they read.

    `agreed_at` is the first time that they did, `read_at` the newest. The link's token is derived from
    `uid` and `made_at` whenever it is needed, and never stored.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="press_links")
    recipient = models.CharField(
        _("for whom"), max_length=limits.PRESS_RECIPIENT_MAX, help_text=_("Like: Le Monde, A. Martin.")
    )
    embargo_until = models.DateTimeField(_("not to be published before"))
    words = models.CharField(_("what else you ask of them"), max_length=limits.PRESS_WORDS_MAX, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"))
    agreed_at = models.DateTimeField(_("agreed"), null=True)
    read_at = models.DateTimeField(_("last read"), null=True)
    times = models.PositiveIntegerField(_("times read"), default=0)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Privacy:
        personal = ("recipient", "made_by", "agreed_at", "read_at", "times")
        public = ()
        kept = ("id", "uid", "letter", "embargo_until", "words", "made_at", "revoked_at")

    class Meta:
        verbose_name = _("link for the press")
        verbose_name_plural = _("links for the press")
        constraints = (
            models.CheckConstraint(condition=~Q(recipient=""), name="presslink_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(embargo_until__gt=F("made_at")), name="presslink_embargo_is_ahead"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, read_at=None, times=0)
                | Q(agreed_at__isnull=False, read_at__isnull=False, times__gt=0),
                name="presslink_agreed_before_reading",
            ),
        )

    def __str__(self) -> str:
        return self.recipient

    def is_open(self) -> bool:
        """Whether it has not been revoked; the letter may have opened meanwhile."""
        return self.revoked_at is None

    def ends_at(self) -> datetime:
        """Return when its row is deleted at the latest."""
        return self.embargo_until + limits.PRESS_KEPT
