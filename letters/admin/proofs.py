"""What matters asks for the second factor again: a session that was left open, or stolen, is not enough."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from letters import factors


def stale(request: HttpRequest) -> SafeString | None:
    """Return what to say where a code is needed and what was sent must stay; None where it is not."""
    if _is_fresh(request):
        return None
    way = f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse('admin:index')})}"
    says = _("Nothing was done yet. Enter a code (it opens beside this page), then send this again.")
    return format_html('<a href="{}" target="_blank">{}</a>', way, says)


def missing(request: HttpRequest, *, back: str = "") -> HttpResponseRedirect | None:
    """Return the way to where a code is entered, or None when one was within the last minutes.

    It leads on to `back`, or to the page that was asked for. What was sent is not kept.
    """
    if _is_fresh(request):
        return None
    if request.method == "POST":
        messages.warning(request, _("Nothing was done yet. Enter a code, then do it again."))
    ways = urlencode({"next": back or request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{ways}")


def _is_fresh(request: HttpRequest) -> bool:
    proofs = get_authentication_records(request, request.user)
    return not settings.DESK_SECOND_FACTOR or factors.fresh(proofs, at=timezone.now())
