"""What a ledger was after each seal, and the signatures under that."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.ledger import merkle
from letters.models.append_only import append_only
from letters.models.letter import Letter


class CheckpointQuerySet(models.QuerySet["Checkpoint"]):
    """Which states."""

    def newest(self, *, letter_id: int) -> Checkpoint | None:
        """Return the last sealed state of a ledger, signed or not; None before it was opened."""
        return self.filter(letter_id=letter_id).order_by("-size").first()


class Checkpoint(models.Model):
    """One state of a ledger: so many leaves, their root, and the tally with which they end.

    `frontier` is what must be known of the tree to append to it (ledger.merkle), `parts` the tally's
    figures by name, `texts` how many texts were published by then, `key` the verification key that
    a leaf has announced (empty: the first one), `closed` whether the end of signing is in it.
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.PositiveBigIntegerField(_("leaves"))
    root = models.BinaryField(max_length=32)
    frontier = models.BinaryField()
    at = models.DateTimeField(_("as of"))
    parts = models.JSONField(_("tally"))
    texts = models.PositiveSmallIntegerField(_("texts"))
    key = models.CharField(_("key"), max_length=240, blank=True)
    closed = models.BooleanField(_("closed"))

    objects = CheckpointQuerySet.as_manager()

    class Privacy:
        personal = ()
        public = ("size", "root", "at", "parts", "texts", "key", "closed")
        kept = ("id", "letter", "frontier")

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = (
            models.UniqueConstraint(fields=("letter", "size"), name="checkpoint_one_per_size"),
            models.UniqueConstraint(fields=("letter", "at"), name="checkpoint_one_per_moment"),
            models.CheckConstraint(condition=Q(size__gt=0), name="checkpoint_not_empty"),
        )
        triggers = append_only("checkpoint")

    def __str__(self) -> str:
        return f"{self.size} as of {self.at:%Y-%m-%dT%H:%M:%SZ}"

    @property
    def tree(self) -> merkle.Tree:
        """The tree, ready to be appended to."""
        raw, step = bytes(self.frontier), merkle.HASH_BYTES
        hashes = tuple(raw[at : at + step] for at in range(0, len(raw), step))
        return merkle.Tree(self.size, hashes)


class CheckpointSignature(models.Model):
    """The signed note of a checkpoint. It exists once the files it speaks of are published."""

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, related_name="signed", primary_key=True)
    note = models.TextField(_("signed note"))
    vkeys = models.JSONField(_("verification keys"))
    signed_at = models.DateTimeField(_("signed"))

    class Privacy:
        personal = ()
        public = ("note", "vkeys")
        kept = ("checkpoint", "signed_at")

    class Meta:
        verbose_name = _("signed checkpoint")
        verbose_name_plural = _("signed checkpoints")
        triggers = append_only("signed")

    def __str__(self) -> str:
        return self.note.split("\n", 1)[0]
