"""What waits to be counted, and what was sealed, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.site import page_of
from letters.models import Checkpoint, LedgerEntry


@page_of(LedgerEntry)
class LedgerEntries(Record):
    """Usually empty: the seal takes entries out within a minute."""

    list_display = ("id", "kind", "letter", "signature", "queued")
    list_filter = ("letter", "kind")
    list_select_related = ("letter", "signature")
    fields = ("kind", "letter", "signature", "queued")
    queued = moment("queued_at", _("queued"))


@page_of(Checkpoint)
class Checkpoints(Record):
    """Each state of a ledger, and whether it is signed and published."""

    list_display = ("size", "letter", "sealed", "count", "published")
    list_filter = ("letter",)
    list_select_related = ("letter", "signed")
    unread = ("root", "frontier")
    fields = ("letter", "size", "sealed", "count", "texts", "key", "closed", "note")
    sealed = moment("at", _("as of"))

    @admin.display(description=_("count"))
    def count(self, checkpoint: Checkpoint) -> int:
        """Return the number that it proves."""
        return int(checkpoint.parts["count"])

    @admin.display(description=_("published"), boolean=True)
    def published(self, checkpoint: Checkpoint) -> bool:
        """Whether its signed note is out: only the newest of each moment is."""
        return hasattr(checkpoint, "signed")

    @admin.display(description=_("signed note"))
    def note(self, checkpoint: Checkpoint) -> str:
        """Return what its readers are given."""
        return checkpoint.signed.note if hasattr(checkpoint, "signed") else str(_("Not signed."))
