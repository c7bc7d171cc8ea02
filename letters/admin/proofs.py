"""What matters asks for the second factor again: a session that was left open, or stolen, is not enough."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from letters import factors


def missing(request: HttpRequest, *, back: str = "") -> HttpResponseRedirect | None:
    """Return the way to where a code is entered, or None when one was within the last minutes.

    It leads on to `back`, or to the page that was asked for. What was sent is not kept.
    """
    proofs = get_authentication_records(request, request.user)
    if not settings.DESK_SECOND_FACTOR or factors.fresh(proofs, at=timezone.now()):
        return None
    if request.method == "POST":
        messages.warning(request, _("Nothing was done yet. Enter a code, then do it again."))
    ways = urlencode({"next": back or request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{ways}")
