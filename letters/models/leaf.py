"""The ledger of a letter: its leaves, and the hashes over each 256 of them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from letters.models.append_only import append_only
from letters.models.letter import Letter

LISTS: Final = b'{"i":['
"""How the leaves begin that remove, restore or give up signatures, and no others: keys stand sorted."""


class Leaf(models.Model):
    """One sealed leaf: bytes that never change, at a place that nothing else ever takes."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="leaves", db_index=False)
    index = models.PositiveBigIntegerField(_("index"))
    data = models.BinaryField(_("content"))

    class Privacy:
        personal = ()
        public = ("index", "data")
        kept = ("id", "letter")

    class Meta:
        verbose_name = _("leaf")
        verbose_name_plural = _("leaves")
        constraints = (models.UniqueConstraint(fields=("letter", "index"), name="leaf_one_per_index"),)
        # Some among a million signatures: the public record of the list reads these alone.
        indexes = (
            models.Index(
                fields=("letter", "index"),
                condition=Q(Exact(Substr("data", 1, len(LISTS)), Value(LISTS))),
                name="leaf_lists",
            ),
        )
        triggers = append_only("leaf")

    def __str__(self) -> str:
        return f"{self.index}"


class LedgerNode(models.Model):
    """The hash over 256 ** level leaves (C2SP tlog-tiles), which is not worth computing twice."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="nodes", db_index=False)
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Privacy:
        personal = ()
        public = ("level", "index", "hash")
        kept = ("id", "letter")

    class Meta:
        verbose_name = _("node of a ledger")
        verbose_name_plural = _("nodes of ledgers")
        constraints = (
            models.UniqueConstraint(fields=("letter", "level", "index"), name="node_one_per_place"),
        )
        triggers = append_only("node")

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"
