"""The words of a letter: one row per version and language, never changed once published."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Any, Final, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from letters import languages, limits, prose
from letters.enums import TextKind
from letters.models.append_only import never_emptied
from letters.models.letter import Letter
from letters.models.withholding import Withholding


class Withheld(Exception):
    """The words are withheld by order of law."""


COLUMNS: Final = (
    "id", "letter_id", "number", "version", "language", "authoritative", "title", "addressees", "body", "h",
    "kind", "reason", "checked", "asks_again", "published_at",
)  # fmt: skip
"""What nobody changes once it is published."""
LEFT_OUT: Final = "\N{HORIZONTAL ELLIPSIS}"


class LetterText(models.Model):
    """What people sign. `h` binds a signature to exactly these words.

    The words of a text that is withheld do not leave the database this way: whatever reads one has a
    sentence in their place, and no content.

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
    withholding = models.ForeignKey(
        Withholding, models.PROTECT, null=True, editable=False, related_name="texts", db_index=False
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    class Privacy:
        personal = ()
        public = (
            "number", "version", "language", "authoritative", "title", "addressees", "body", "h", "kind",
            "reason", "checked", "asks_again", "withholding", "published_at",
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
            models.CheckConstraint(
                condition=Q(withholding=None) | Q(published_at__isnull=False),
                name="text_withheld_was_published",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="text_immutable_once_published",
                # An order of law takes words from readers, not from the row.
                operation=pgtrigger.UpdateOf(*COLUMNS) | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            never_emptied("text"),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """Read a row, without its words where they are withheld."""
        text = super().from_db(db, field_names, values, **more)
        if {"title", "addressees", "body", "withholding_id"} & set(field_names) and text.withholding_id:
            text.leave_out()
        return text

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Self] | None = None,
    ) -> None:
        """Read some columns again, and with them whether the words are withheld."""
        wanted = [*fields, "withholding", "language"] if fields is not None else None
        super().refresh_from_db(using, wanted, from_queryset)
        if self.withholding_id:
            self.leave_out()

    def leave_out(self) -> None:
        """Put a sentence in the place of the words, in their language as far as we speak it."""
        with translation.override(languages.nearest(self.language)):
            self.title = self.body = gettext("Withheld by order of law")
        self.addressees = LEFT_OUT

    @property
    def stands_under(self) -> str:
        """The language in the addresses of its pages: none where it binds, its own where it translates."""
        return "" if self.authoritative else self.language

    def content(self) -> bytes:
        """Return the words as they stand, in the form whose SHA-256 is `h`. Raises Withheld."""
        if self.withholding_id:
            raise Withheld(self.number)
        return prose.content(
            addressees=self.addressees,
            body=self.body,
            language=self.language,
            title=self.title,
            version=self.version,
        )

    def file(self) -> tuple[str, bytes]:
        """Return the name and bytes of its file in the ledger: its words, or why they are not there."""
        if self.withholding:
            return f"withheld/{self.number}", self.withholding.notice(number=self.number or 0, digest=self.h)
        return f"text/{self.number}", self.content()

    def compute_hash(self) -> str:
        """Return the content hash of the words as they stand."""
        return hashlib.sha256(self.content()).hexdigest()
