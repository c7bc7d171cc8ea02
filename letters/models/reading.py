"""Who of the team has read a draft as its page will appear."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.models.letter import Letter
from letters.models.lettertext import LetterText

UNSEEN: Final = frozenset(
    {
        "id", "public_id", "origin", "organization", "status", "created_at", "changed_at", "published_at",
        "paused_at", "closed_at", "withdrawn_at", "withdrawn_reason", "answered_at", "answered_by", "answer",
        "forgotten_at", "address_rules", "revision", "stages_done", "recipients_named", "notices",
    }
)  # fmt: skip
"""Fields of a letter of which its first readers see nothing, or that are said by language."""
LETTERHEAD: Final = ("name", "slug", "legal_name", "contact", "mark", "accent")


class Reading(models.Model):
    """The newest reading of a draft in one language. `digest` (SHA-256) is of all that was shown."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="readings")
    language = models.CharField(_("language"), max_length=12)
    digest = models.BinaryField(max_length=32)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read"))

    class Privacy:
        personal = ("read_by",)
        public = ()
        kept = ("id", "letter", "language", "digest", "read_at")

    class Meta:
        verbose_name = _("reading of a draft")
        verbose_name_plural = _("readings of drafts")
        constraints = (
            models.UniqueConstraint(fields=("letter", "language"), name="reading_one_per_language"),
        )

    def __str__(self) -> str:
        return f"{self.letter_id} ({self.language})"


def shown(*, letter: Letter, text: LetterText) -> bytes:
    """Return the digest of the words and options that the page of a letter shows in one language.

    Options that are added to the letter are in it unless UNSEEN names them.
    """
    fields = [field.attname for field in letter._meta.concrete_fields if field.name not in UNSEEN]
    facts: dict[str, Any] = {name: getattr(letter, name) for name in fields}
    facts |= {name: getattr(letter.organization, name) for name in LETTERHEAD}
    facts |= {
        "text": text.compute_hash(),
        "authoritative": text.authoritative,
        "named": letter.recipients_named.get(text.language, ""),
        "notice": letter.notices.get(text.language, ""),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).digest()
