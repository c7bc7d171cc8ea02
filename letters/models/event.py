"""The audit trail: what was done, by whom, when. No personal data, no foreign keys."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.models.append_only import append_only


class Event(models.Model):
    """One thing that happened. Rows are only ever added; the database refuses the rest."""

    at = models.DateTimeField(_("at"))
    name = models.CharField(_("event"), max_length=60)
    subject = models.CharField(_("about"), max_length=60, help_text=_("A public id or uid, never a name."))
    actor = models.CharField(_("by"), max_length=60, help_text=_("user:<id>, signatory or system."))
    data = models.JSONField(_("codes"), default=dict)

    class Privacy:
        personal = ()
        public = ()
        kept = ("id", "at", "name", "subject", "actor", "data")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-id",)
        indexes = (models.Index(fields=("subject", "id"), name="event_subject"),)
        triggers = append_only("event")

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"
