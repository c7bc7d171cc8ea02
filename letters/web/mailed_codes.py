"""Logging in with a code by mail, which takes the place of the password; the second factor follows."""

from __future__ import annotations

from typing import Any

from allauth.account.views import ConfirmLoginCodeView
from django.http import HttpResponse

from letters.web import guessing


class Confirm(ConfirmLoginCodeView):  # type: ignore[misc]  # allauth ships no types
    """The page on which the code is entered, in the browser that asked for it."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Count a wrong code; note it when no other is tried, so that a new one has to be asked for."""
        answer: HttpResponse = super().form_invalid(form)
        if self._process.state["failed_attempts"] >= self._process.max_attempts:
            guessing.lock(self._process.user, guessing.MAILED)
        return answer
