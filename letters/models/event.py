"""The audit trail: what was done, by whom, when. No personal data, no foreign keys."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters.enums import READS
from letters.models.append_only import append_only

BY_PEOPLE: Final = Q(actor__startswith="user:")
"""What somebody with a login did, in the words of the indexes below."""


class Event(models.Model):
    """One thing that happened. Rows are only ever added; the database refuses the rest."""

    at = models.DateTimeField(_("at"))
    name = models.CharField(_("event"), max_length=60)
    subject = models.CharField(_("about"), max_length=60, help_text=_("A public id or uid, never a name."))
    actor = models.CharField(_("by"), max_length=60, help_text=_("user:<id>, signatory or system."))
    # Where the subject is none of them: a signature, a report, a block.
    letter = models.CharField(
        _("of the letter"), max_length=26, blank=True, db_default="", help_text=_("Its public id.")
    )
    data = models.JSONField(_("codes"), default=dict)

    class Privacy:
        personal = ()
        public = ()
        kept = ("id", "at", "name", "subject", "actor", "letter", "data")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("subject", "id"), name="event_subject"),
            models.Index(fields=("letter", "id"), condition=~Q(letter=""), name="event_of_letter"),
            # Signatories, readers and tasks write most of the rows; what people at the desk did is asked for.
            models.Index(fields=("actor", "id"), condition=BY_PEOPLE, name="event_of_person"),
            models.Index(fields=("subject", "id"), condition=BY_PEOPLE, name="event_of_people"),
            models.Index(
                fields=("actor", "subject", "at"), condition=Q(name__in=READS), name="event_of_reading"
            ),
            BrinIndex(fields=("at",), name="event_day"),
        )
        triggers = append_only("event")

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"
