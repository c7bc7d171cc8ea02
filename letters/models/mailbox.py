"""Mailboxes over the whole site: how many mails one got unasked, and which want none."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mailbox(models.Model):
    """One mailbox under its site-wide key. The key tells nothing, but it joins a person's letters: nothing
    else refers to it, and a row without a wish goes when its day is over.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    day = models.DateField(_("day"))
    unanswered = models.PositiveSmallIntegerField(_("unanswered mails"))
    never_again_at = models.DateTimeField(_("wants no mail since"), null=True)

    class Privacy:
        personal = ("key", "day", "unanswered", "never_again_at")
        public = ()
        kept = ()

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return bytes(self.key).hex()[:8]
