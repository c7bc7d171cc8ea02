"""Mails to many signatories of a letter: one row of long work, cut in chunks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.enums import MAILED_TO_MANY, MailingState, MessageKind, MessageState
from letters.models.letter import Letter
from letters.models.lettertext import LetterText
from letters.models.signature import Signature, SignatureQuerySet
from letters.models.update import Update


class Mailing(models.Model):
    """Why so many get a mail, and up to which signature theirs are queued.

    `kind` is that of its mails. Whether one of them leaves is decided when it is written.
    """

    kind = models.CharField(
        _("kind"), max_length=20, choices=[(one.value, one.label) for one in MAILED_TO_MANY]
    )
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="mailings", verbose_name=_("letter"))
    update = models.OneToOneField(Update, models.CASCADE, null=True, related_name="mailing")
    text = models.OneToOneField(LetterText, models.CASCADE, null=True, related_name="mailing")
    state = models.CharField(_("state"), max_length=8, choices=MailingState, default=MailingState.RUNNING)
    after = models.BigIntegerField(default=0)  # the last signature whose mail is queued
    queued = models.PositiveIntegerField(_("mails queued"), default=0)
    created_at = models.DateTimeField(_("begun"))
    begins_at = models.DateTimeField(_("queued from"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Privacy:
        personal = ()
        public = ()
        kept = (
            "id", "kind", "letter", "update", "text", "state", "after", "queued", "created_at", "begins_at",
            "ended_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=MessageKind.UPDATE, update__isnull=False, text=None)
                | Q(kind=MessageKind.CLOSED, update=None, text=None)
                | Q(kind=MessageKind.AMENDED, update=None, text__isnull=False),
                name="mailing_tells_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=MailingState.RUNNING, ended_at=None)
                | Q(state__in=(MailingState.DONE, MailingState.STOPPED), ended_at__isnull=False),
                name="mailing_ended_has_time",
            ),
            models.UniqueConstraint(
                fields=("letter",), condition=Q(kind=MessageKind.CLOSED), name="mailing_closes_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("begins_at",), condition=Q(state=MailingState.RUNNING), name="mailing_running"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def can_stop(self) -> bool:
        """Whether some of its mails have not left."""
        waiting = self.messages.filter(state=MessageState.QUEUED)
        return self.state == MailingState.RUNNING or (self.state == MailingState.DONE and waiting.exists())

    def audience(self) -> SignatureQuerySet:
        """Return the signatures whose owners it concerns, as they are now."""
        signatures = Signature.objects.filter(letter_id=self.letter_id)
        return signatures.signed_before(self.text) if self.text else signatures.subscribed()
