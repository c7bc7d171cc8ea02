"""The words of a letter: one row per version and language, never changed once published."""

from __future__ import annotations

import hashlib

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import languages, limits, prose
from letters.enums import TextKind
from letters.models.append_only import never_emptied
from letters.models.letter import Letter


class LetterText(models.Model):
    """What people sign. `h` binds a signature to exactly these words.

    `number` runs over all versions and languages of a letter, in the order of publication: the
    ledger names a text by it.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField(_("number"), null=True, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    language = models.CharField(
        _("language"), max_length=12, default="en", validators=[languages.check_language]
    )
    authoritative = models.BooleanField(_("authoritative"), default=True)
    title = models.CharField(_("title"), max_length=limits.TITLE_MAX)
    addressees = models.CharField(_("to"), max_length=limits.ADDRESSEES_MAX)
    body = models.TextField(_("text"), max_length=limits.BODY_MAX, help_text=_("Markdown."))
    h = models.CharField(_("SHA-256"), max_length=64, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=TextKind, default=TextKind.FIRST)
    reason = models.CharField(_("reason"), max_length=limits.CHANGE_REASON_MAX, blank=True)
    checked = models.CharField(
        _("why it is a correction"),
        max_length=limits.APPROVAL_REASON_MAX,
        blank=True,
        editable=False,
        default="",
        db_default="",
    )
    """What a second person said who looked at a correction; empty where none had to."""
    asks_again = models.BooleanField(
        _("asks to be signed again"), editable=False, default=False, db_default=False
    )
    """Whether those who signed before are asked to sign this text, too."""
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    class Privacy:
        personal = ()
        public = (
            "number", "version", "language", "authoritative", "title", "addressees", "body", "h", "kind",
            "reason", "checked", "asks_again", "published_at",
        )  # fmt: skip
        kept = ("id", "letter")

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ("version", "language")
        constraints = (
            models.UniqueConstraint(fields=("letter", "version", "language"), name="text_one_per_language"),
            models.UniqueConstraint(
                fields=("letter", "version"), condition=Q(authoritative=True), name="text_one_authoritative"
            ),
            models.UniqueConstraint(fields=("letter", "number"), name="text_one_per_number"),
            models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="text_kind_known"),
            models.CheckConstraint(
                condition=Q(published_at=None, number=None) | Q(published_at__isnull=False, number__gt=0),
                name="text_published_has_number",
            ),
            models.CheckConstraint(
                condition=Q(kind=TextKind.FIRST, version=1)
                | (~Q(kind=TextKind.FIRST) & Q(version__gt=1) & ~Q(reason="")),
                name="text_change_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(checked="") | Q(kind=TextKind.CORRECTION),
                name="text_only_corrections_are_checked",
            ),
            models.CheckConstraint(
                condition=Q(asks_again=False) | Q(kind=TextKind.AMENDMENT),
                name="text_only_amendments_ask_again",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="text_immutable_once_published",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            never_emptied("text"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def stands_under(self) -> str:
        """The language in the addresses of its pages: none where it binds, its own where it translates."""
        return "" if self.authoritative else self.language

    def content(self) -> bytes:
        """Return the words as they stand, in the form whose SHA-256 is `h`."""
        return prose.content(
            addressees=self.addressees,
            body=self.body,
            language=self.language,
            title=self.title,
            version=self.version,
        )

    def compute_hash(self) -> str:
        """Return the content hash of the words as they stand."""
        return hashlib.sha256(self.content()).hexdigest()
