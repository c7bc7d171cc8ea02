"""allauth's forms for a new password: the pages say what it must be, so the fields need not."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms


class Plain(forms.Form):
    """A form whose new password brings no list of rules."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = ""


class Change(Plain, ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The old password, and a new one."""


class Choose(Plain, ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """A new password, for whoever opened a mailed link."""
