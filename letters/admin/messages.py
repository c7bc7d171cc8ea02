"""The outbox, to look at. Whom a mail is for is sealed and never shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from letters.admin.moments import moment
from letters.admin.pages import Record
from letters.admin.site import page_of
from letters.models import Message


@page_of(Message)
class Messages(Record):
    """Every mail that must leave, and how far it is."""

    list_display = ("uid", "kind", "letter", "state", "attempts", "queued", "settled", "error")
    list_filter = ("state", "kind", "letter")
    list_select_related = ("letter",)
    unread = ("mailbox", "recipient_sealed", "idempotency_key")
    fieldsets = (
        (None, {"fields": ("uid", "kind", "letter", "subject")}),
        (_("How far it is"), {"fields": ("state", "priority", "attempts", "error")}),
        (_("Times"), {"fields": ("queued", "next_try", "lease", "settled")}),
    )
    queued = moment("created_at", _("queued"))
    next_try = moment("next_try_at", _("next try"))
    lease = moment("lease_until", _("lease until"))
    settled = moment("settled_at", _("settled"))
