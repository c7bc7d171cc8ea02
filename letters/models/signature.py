"""A name under a letter: what its owner said, whether it counts, whether it is shown."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from letters import crypto, limits, sources
from letters.enums import (
    LIVE_STATES,
    DeclineReason,
    Display,
    Method,
    ReasonDisplay,
    RemovalReason,
    SignatureKind,
    SignatureState,
    Tallied,
    Visibility,
)
from letters.models import signature_rules
from letters.models.letter import Letter
from letters.models.lettertext import LetterText


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Which signatures."""

    def live(self) -> SignatureQuerySet:
        """Those that hold their mailbox's place on the letter."""
        return self.filter(state__in=LIVE_STATES)

    def locked(self, *, uid: UUID) -> Signature | None:
        """Return one with its letter and text, and hold its row until the transaction ends."""
        rows = self.select_related("letter__organization", "text")
        return rows.select_for_update(of=("self",), no_key=True).filter(uid=uid).first()

    def subscribed(self) -> SignatureQuerySet:
        """Those that count and whose owners asked for news, as far as they can be written to."""
        asked = self.filter(state=SignatureState.CONFIRMED, updates=True, email_sealed__isnull=False)
        return asked.filter(counted_at__isnull=False)

    def signed_before(self, text: LetterText) -> SignatureQuerySet:
        """Those that their owners confirmed under an earlier version, as far as they can be written to."""
        standing = self.filter(state__in=(SignatureState.CONFIRMED, SignatureState.HELD))
        return standing.filter(text__version__lt=text.version, email_sealed__isnull=False)

    def on_the_wall(self) -> SignatureQuerySet:
        """Those whose names a reader may see: counted, and shown."""
        return self.filter(state=SignatureState.CONFIRMED, display=Display.SHOWN, counted_at__isnull=False)


class Signature(models.Model):
    """One mailbox's signature on one letter. `state` says if it counts, `display` if it is shown."""

    uid = models.UUIDField(_("uid"), unique=True, default=uuid4, editable=False)
    # Neither key has an index of its own: both constraints below begin with the letter.
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="signatures", db_index=False)
    text = models.ForeignKey(LetterText, models.PROTECT, related_name="signatures", db_index=False)
    kind = models.CharField(_("kind"), max_length=12, choices=SignatureKind, default=SignatureKind.PERSON)
    name = models.CharField(_("name"), max_length=limits.NAME_MAX)
    search_name = models.TextField(blank=True, editable=False)
    role = models.CharField(_("role"), max_length=limits.ROLE_MAX, blank=True)
    affiliation = models.CharField(_("affiliation"), max_length=limits.AFFILIATION_MAX, blank=True)
    country = CountryField(_("country"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    visibility = models.CharField(_("who sees the name"), max_length=8, choices=Visibility)
    display = models.CharField(_("display"), max_length=8, choices=Display)
    # Stays until a moderator lets the name through: nobody gets around one by being private in between.
    declined = models.CharField(
        _("why not shown"), max_length=8, choices=DeclineReason, blank=True, db_default=""
    )
    state = models.CharField(
        _("state"), max_length=10, choices=SignatureState, default=SignatureState.PENDING
    )
    method = models.CharField(_("verified by"), max_length=12, choices=Method, default=Method.EMAIL)
    removal = models.CharField(
        _("why removed"), max_length=13, choices=RemovalReason, blank=True, db_default=""
    )
    tallied = models.CharField(_("in the tally"), max_length=9, choices=Tallied, blank=True, db_default="")
    counted_method = models.CharField(
        _("verified by, in the tally"), max_length=12, choices=Method, blank=True, db_default=""
    )
    # The text under which the tally has it, until the next seal, where its owner signed another one since.
    counted_text = models.PositiveSmallIntegerField(_("text, in the tally"), null=True)
    # What the next seal writes of it, and where in the ledger it stands: see models.claim.
    commitment = models.BinaryField(max_length=32, null=True)
    salt_sealed = models.BinaryField(max_length=120, null=True)
    leaf = models.PositiveBigIntegerField(_("leaf"), null=True)
    claim_leaf = models.PositiveBigIntegerField(_("leaf of its claim"), null=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)

    email_key = models.BinaryField(max_length=32)
    email_sealed = models.BinaryField(max_length=600, null=True)
    updates = models.BooleanField(_("wants updates"), default=False)
    reason = models.CharField(_("why they signed"), max_length=limits.REASON_MAX, blank=True, db_default="")
    reason_display = models.CharField(
        _("reason"), max_length=8, choices=ReasonDisplay, blank=True, db_default=""
    )
    links_since = models.DateTimeField(_("links since"), null=True)
    consent_version = models.PositiveSmallIntegerField(_("consent"), default=1)
    source = models.CharField(_("source"), max_length=sources.CODE_MAX, blank=True)
    form_key = models.CharField(max_length=limits.FORM_KEY_MAX, blank=True)

    code_tries = models.PositiveSmallIntegerField(_("codes tried"), default=0, db_default=0)
    reminded_at = models.DateTimeField(_("reminded"), null=True)

    created_at = models.DateTimeField(_("signed"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    held_at = models.DateTimeField(_("held"), null=True)
    removed_at = models.DateTimeField(_("removed"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)
    counted_at = models.DateTimeField(_("counted"), null=True)

    objects = SignatureQuerySet.as_manager()

    class Privacy:
        personal = (
            "name", "search_name", "role", "affiliation", "country", "language", "visibility", "display",
            "declined", "email_sealed", "salt_sealed", "updates", "reason", "reason_display", "evidence",
            "source", "form_key", "consent_version",
            "created_at", "confirmed_at", "held_at", "removed_at", "withdrawn_at", "reminded_at",
            "code_tries",
        )  # fmt: skip
        public = ()
        kept = (
            "id", "uid", "letter", "text", "kind", "state", "removal", "tallied", "method", "counted_method",
            "counted_text", "commitment", "leaf", "claim_leaf", "email_key", "erased_at", "counted_at",
            "links_since",
        )  # fmt: skip

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = signature_rules.CONSTRAINTS
        indexes = signature_rules.INDEXES

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def address(self) -> str | None:
        """The mail address, opened; None once it was deleted."""
        if self.email_sealed is None:
            return None
        return crypto.unseal(bytes(self.email_sealed), context=address_context(bytes(self.email_key)))

    @property
    def can_get_news(self) -> bool:
        """Whether its owner, if they asked for news, could be written to."""
        standing = self.state in (SignatureState.CONFIRMED, SignatureState.HELD)
        return standing and self.email_sealed is not None

    @property
    def is_on_the_wall(self) -> bool:
        """Whether a reader may see the name: counted, and shown."""
        return (
            self.state == SignatureState.CONFIRMED
            and self.display == Display.SHOWN
            and self.counted_at is not None
        )

    @property
    def public_id(self) -> str:
        """What readers call it by. Not the uid, by which the audit trail knows those who were forgotten."""
        return public_id(self.uid)

    def accepts_links_of(self, issued: datetime) -> bool:
        """Whether a link made at `issued` still opens it: its owner may have revoked older ones."""
        return self.links_since is None or issued >= self.links_since

    def seen_digest(self) -> str:
        """Return a short hash of all that its owner is shown before confirming."""
        shown = (
            self.name, self.role, self.affiliation, str(self.country), self.visibility, str(self.updates),
            self.text.h,
        )  # fmt: skip
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()[:32]

    def mark_withdrawn(self, *, at: datetime) -> None:
        """Store that its owner took it back."""
        self.state = SignatureState.WITHDRAWN
        self.removal, self.withdrawn_at = "", at
        self.save(update_fields=("state", "removal", "withdrawn_at"))

    def get_method_display(self) -> str:  # type: ignore[no-redef]  # Django leaves what a model defines
        """Return the words for how it was verified. Django's own would translate all the others, too."""
        return str(Method(self.method).label)

    def mark_removed(self, *, reason: RemovalReason, at: datetime) -> None:
        """Store that somebody decided that it does not count."""
        self.state = SignatureState.REMOVED
        self.removal, self.removed_at = reason, at
        self.save(update_fields=("state", "removal", "removed_at"))

    def mark_restored(self) -> None:
        """Store that a removal was undone."""
        self.state = SignatureState.CONFIRMED
        self.removal, self.removed_at = "", None
        self.save(update_fields=("state", "removal", "removed_at"))

    def mark_erased(self, *, at: datetime) -> None:
        """Empty everything that `Privacy` calls personal; the times become the one of the counting."""
        moment = self.counted_at or at
        blank: dict[str, object] = {
            "visibility": Visibility.PRIVATE,
            "display": Display.PRIVATE,
            "language": self.text.language,
            "created_at": moment,
            "confirmed_at": self.confirmed_at and moment,
            "held_at": moment if self.state == SignatureState.HELD else None,
            "consent_version": 0,
            "removed_at": self.removed_at,
            "withdrawn_at": self.withdrawn_at,
        }
        for name in self.Privacy.personal:
            field = cast("models.Field[object, object]", self._meta.get_field(name))
            setattr(self, name, blank.get(name, None if field.null else field.get_default()))
        self.erased_at = at
        self.save(update_fields=(*self.Privacy.personal, "erased_at"))

    def signed_in_time(self, *, ended_at: datetime | None, at: datetime) -> bool:
        """Whether a confirmation at `at` still counts: signed before the end, confirmed within the grace."""
        return ended_at is None or (self.created_at < ended_at and at <= ended_at + limits.CONFIRM_GRACE)


def public_id(uid: UUID) -> str:
    """Return what readers call a signature by."""
    return f"sg_{crypto.named('signature', str(uid))}"


def display_for(visibility: str, *, after_review: bool) -> Display:
    """Return how a name is shown once confirmed, by what its owner asked and the letter's rule."""
    if visibility == Visibility.PRIVATE:
        return Display.PRIVATE
    return Display.WAITING if after_review else Display.SHOWN


def address_context(email_key: bytes) -> str:
    """Return what binds a sealed address to its row: the mailbox's key, which an upsert keeps."""
    return f"signature.email_sealed:{email_key.hex()}"
