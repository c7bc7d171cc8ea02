"""Where somebody is logged in. It holds no address, and nothing that a browser says of itself."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionQuerySet(models.QuerySet["Session"]):
    """Which sessions."""

    def open(self, *, at: datetime) -> SessionQuerySet:
        """Those that still open something at `at`."""
        return self.filter(expire_date__gt=at)


class Session(models.Model):
    """A session of the desk. The first three columns are what Django's store of sessions wants.

    The others are copied from its data whenever that is stored.
    """

    session_key = models.CharField(max_length=40, primary_key=True)
    session_data = models.TextField()
    expire_date = models.DateTimeField(db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("user")
    )
    browser = models.CharField(_("browser"), max_length=20, blank=True)
    system = models.CharField(_("system"), max_length=20, blank=True)
    began_at = models.DateTimeField(_("since"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)

    objects = SessionQuerySet.as_manager()

    class Privacy:
        personal = ("session_key", "session_data", "user", "browser", "system", "began_at", "seen_at")
        public = ()
        kept = ("expire_date",)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return self.handle

    @property
    def handle(self) -> str:
        """What names it on a page: its key would open it to whoever reads that page."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]
