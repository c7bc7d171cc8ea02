"""Whom an organization asked by mail to sign its letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from letters import crypto, limits
from letters.enums import GuestState, SignatureKind
from letters.models.letter import Letter
from letters.models.signature import Signature


def has_signed() -> Exists:
    """Return whether the mailbox signed in these days, under a name that readers see.

    A private signature is never told of: the team knows the address, and would know whose it is.
    """
    born: Any = OuterRef("created_at")
    found = Signature.objects.on_the_wall().filter(
        letter=OuterRef("letter"),
        kind__in=SignatureKind.values,  # the index begins with the letter and this
        email_key=OuterRef("key"),
        confirmed_at__gte=born,
        confirmed_at__lt=born + limits.GUEST_FOR,
    )
    return Exists(found)


class GuestQuerySet(models.QuerySet["Guest"]):
    """Which invitations to sign."""

    def open(self, *, at: datetime) -> GuestQuerySet:
        """Those whose mail may still leave at `at`, and that can be taken back."""
        return self.filter(email_sealed__isnull=False, created_at__gt=at - limits.GUEST_FOR)

    def with_signed(self) -> GuestQuerySet:
        """Add `signed`: see `has_signed`."""
        return self.annotate(signed=has_signed())


class Guest(models.Model):
    """One mailbox that was asked to sign one letter, once and never again.

    `key` is that of `Signature.email_key`, so it tells nothing and finds no other letter. It stays until
    the letter's addresses are deleted; the address and the words go when nobody needs them.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE, related_name="guests", db_index=False)
    key = models.BinaryField(max_length=32)
    email_sealed = models.BinaryField(max_length=600, null=True)
    words = models.CharField(_("your words"), max_length=limits.GUEST_WORDS_MAX, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    objects = GuestQuerySet.as_manager()

    class Privacy:
        personal = ("key", "email_sealed", "words", "invited_by")
        public = ()
        kept = ("id", "uid", "letter", "created_at", "taken_back_at")

    class Meta:
        verbose_name = _("invitation to sign")
        verbose_name_plural = _("invitations to sign")
        constraints = (
            models.UniqueConstraint(fields=("letter", "key"), name="guest_is_asked_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, email_sealed__isnull=False) | Q(email_sealed=None, words=""),
                name="guest_over_is_wiped",
            ),
        )
        indexes = (
            models.Index(
                fields=("created_at",), condition=Q(email_sealed__isnull=False), name="guest_has_address"
            ),
        )

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def address(self) -> str | None:
        """Whom it is for; None once that is wiped."""
        if self.email_sealed is None:
            return None
        return crypto.unseal(bytes(self.email_sealed), context=guest_context(self.uid))

    def state(self, *, signed: bool, at: datetime) -> GuestState:
        """Return how it stands at `at`; `signed` is what `with_signed` found."""
        if self.taken_back_at:
            return GuestState.TAKEN_BACK
        if signed:
            return GuestState.SIGNED
        waits = self.email_sealed is not None and at < self.created_at + limits.GUEST_FOR
        return GuestState.SENT if waits else GuestState.LAPSED


def guest_context(uid: object) -> str:
    """Return what binds a sealed address to its row."""
    return f"guest.email_sealed:{uid}"
