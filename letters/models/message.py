"""The outbox: one row per mail that must leave, whatever crashes on the way."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.enums import WITHOUT_LETTER, MessageKind, MessageState
from letters.models.letter import Letter
from letters.models.mailing import Mailing


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages."""

    def due(self, *, at: datetime) -> MessageQuerySet:
        """Those to send at `at`: queued, their time has come, and nobody holds a lease on them."""
        return self.filter(
            Q(lease_until=None) | Q(lease_until__lte=at), state=MessageState.QUEUED, next_try_at__lte=at
        )


class Message(models.Model):
    """A mail to send. The worker writes its words; the row holds why, to whom, and how far it is."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind)
    # What people who work here get belongs to none.
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="+", db_index=False)
    # Of a signature, a report or either invitation; in its place the number of a person, approval or event.
    subject = models.UUIDField(_("about"), null=True)
    # Its index is below: most mails belong to none.
    mailing = models.ForeignKey(
        Mailing, models.CASCADE, null=True, related_name="messages", db_index=False, verbose_name=_("mailing")
    )
    mailbox = models.BinaryField(max_length=32, null=True)
    recipient_sealed = models.BinaryField(max_length=600, null=True)
    idempotency_key = models.CharField(max_length=120, unique=True)

    state = models.CharField(_("state"), max_length=8, choices=MessageState, default=MessageState.QUEUED)
    priority = models.PositiveSmallIntegerField(_("priority"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True)
    slot_taken_at = models.DateTimeField(_("slot taken"), null=True)
    next_try_at = models.DateTimeField(_("next try"))
    created_at = models.DateTimeField(_("queued"))
    settled_at = models.DateTimeField(_("settled"), null=True)
    error = models.CharField(_("last answer"), max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Privacy:
        personal = ("mailbox", "recipient_sealed")
        public = ()
        kept = (
            "id", "uid", "kind", "letter", "subject", "mailing", "idempotency_key", "state", "priority",
            "attempts", "lease_until", "slot_taken_at", "next_try_at", "created_at", "settled_at", "error",
        )  # fmt: skip

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=WITHOUT_LETTER) ^ Q(letter__isnull=False),
                name="message_has_letter",
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.QUEUED, settled_at=None)
                | (
                    ~Q(state=MessageState.QUEUED)
                    & Q(settled_at__isnull=False, mailbox=None, recipient_sealed=None, lease_until=None)
                ),
                name="message_settled_is_wiped",
            ),
        )
        indexes = (
            models.Index(
                fields=("priority", "next_try_at"), condition=Q(state=MessageState.QUEUED), name="message_due"
            ),
            models.Index(
                fields=("letter", "kind", "state"),
                condition=Q(letter__isnull=False),
                name="message_of_letter",
            ),
            models.Index(
                fields=("settled_at",), condition=Q(state=MessageState.FAILED), name="message_given_up"
            ),
            models.Index(
                fields=("mailing", "state"), condition=Q(mailing__isnull=False), name="message_of_mailing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


def recipient_context(uid: object) -> str:
    """Return what binds a sealed recipient to its row."""
    return f"message.recipient_sealed:{uid}"
