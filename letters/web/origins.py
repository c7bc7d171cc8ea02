"""Telling our own form from another site's, without a cookie."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SENT_FROM_ELSEWHERE: Final = _(
    "This form was sent from another site. Read the letter here, then sign it here."
)
# `none` is a request that no page made: typed, or restored by the browser.
OWN: Final = frozenset({"same-origin", "none"})


def is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this form.

    The form stands on pages that shared caches keep, so it cannot hold a CSRF token. Browsers
    send Sec-Fetch-Site (Fetch Metadata, W3C) or Origin with every form post; what neither of
    them says is let through, as `null` is: privacy settings send it.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None and fetch_site not in OWN:
        return True
    origin = request.headers.get("Origin")
    if origin in (None, "null"):
        return False
    return origin != settings.SITE_URL and urlsplit(origin).netloc != request.get_host()
