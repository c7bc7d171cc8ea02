"""Where to go on."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.urls import reverse


class SeeOther(HttpResponseRedirect):
    """303 (RFC 9110, 15.4.4): what was posted is done; go on with GET."""

    status_code = 303


def to_signature(page: str, uid: object) -> SeeOther:
    """Go to one of the pages of a signature."""
    return SeeOther(reverse(f"letters:{page}", args=[uid]))
