"""The picture that stands for a letter where its link is shared."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.models.lettertext import LetterText

DIGEST_LENGTH = 20
"""Hexadecimal digits of a SHA-256: enough that two pictures never have one address."""


class Card(models.Model):
    """The drawn card of one published text: which file it is, and what of it can go out of date.

    The words of a text never change; the name and colour of its organization and our design may.
    `digest` is that of the picture. It and `file` are empty where the fonts of the machine could write
    nothing of it.
    """

    text = models.OneToOneField(LetterText, models.CASCADE, related_name="card", primary_key=True)
    organization = models.CharField(_("name shown"), max_length=120)
    accent = models.CharField(_("colour shown"), max_length=7, blank=True)
    design = models.PositiveSmallIntegerField(_("design"))
    digest = models.CharField(_("SHA-256, shortened"), max_length=DIGEST_LENGTH, blank=True)
    file = models.CharField(_("file"), max_length=120, blank=True)
    made_at = models.DateTimeField(_("made"))

    class Privacy:
        personal = ()
        public = ("organization", "accent", "digest", "made_at")
        kept = ("text", "design", "file")

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")
        constraints = (
            models.CheckConstraint(
                condition=Q(digest="", file="") | (~Q(digest="") & ~Q(file="")), name="card_digest_has_file"
            ),
        )

    def __str__(self) -> str:
        return self.file
