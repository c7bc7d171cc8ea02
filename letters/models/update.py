"""What an organizer tells those who signed, after they did."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from letters import languages, limits
from letters.models.letter import Letter
from letters.models.user import User

NEWEST: Final = ("title", "language", "published_at")
"""What is found of it together with its letter."""


class Update(models.Model):
    """One piece of news about a letter: a draft, then public for good under its number."""

    # No index of its own: the constraint below begins with the letter.
    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="updates", db_index=False, verbose_name=_("letter")
    )
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    language = models.CharField(
        _("language"), max_length=12, default="en", validators=[languages.check_language]
    )
    title = models.CharField(_("title"), max_length=limits.TITLE_MAX)
    body = models.TextField(_("text"), max_length=limits.UPDATE_MAX, help_text=_("Markdown."))
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("published by")
    )

    class Privacy:
        personal = ()
        public = ("number", "language", "title", "body", "published_at")
        kept = ("id", "letter", "by")

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        constraints = (
            models.UniqueConstraint(fields=("letter", "number"), name="update_one_per_number"),
            models.CheckConstraint(
                condition=Q(published_at=None, number=None, by=None)
                | Q(published_at__isnull=False, number__gt=0) & ~Q(title="") & ~Q(body=""),
                name="update_published_is_whole",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="update_immutable_once_published",
                # An account may go: who published it is in the trail of events.
                operation=pgtrigger.UpdateOf(
                    "letter_id", "number", "language", "title", "body", "published_at"
                )
                | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def seen_digest(self) -> str:
        """Return a short hash of all that whoever sends it was shown."""
        shown = (str(self.letter_id), self.language, self.title, self.body)
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:32]


def newest() -> Subquery:
    """Return what finds the newest update of a letter as its `newest_update`, for `newest_of`."""
    told = Update.objects.filter(letter=OuterRef("pk"), number__gt=0).order_by("-number")
    fields = JSONObject(**{field: field for field in NEWEST})
    return Subquery(told.values(found=fields)[:1])


def newest_of(letter: Letter) -> Update | None:
    """Return the update that was found together with a letter, without its text, or None."""
    known: dict[str, str] | None = getattr(letter, "newest_update", None)
    if not known:
        return None
    published_at = datetime.fromisoformat(known["published_at"])
    return Update(letter=letter, **{**known, "published_at": published_at})
