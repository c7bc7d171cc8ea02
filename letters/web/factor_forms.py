"""The forms of second factors: allauth's, which also note when guessing is locked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from letters import limits, text
from letters.web import guessing

WRONG: Final = "incorrect_code"


class CredentialField(forms.JSONField):
    """What a browser sends of a passkey. Only its shape is checked here (WebAuthn Level 3, 5.1)."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return it. Raises ValidationError for what no browser sends."""
        try:
            found = super().to_python(value)
        except RecursionError:
            found = None
        if not isinstance(found, dict) or not _fits(found):
            raise ValidationError(_("This is no passkey. Try again."), code="invalid")
        return found


class Sent(forms.Form):
    """A form with a passkey in it."""

    credential = CredentialField(error_messages={"required": _("No passkey was sent. Try again.")})


class Noting(forms.Form):
    """Notes the try after which no other is taken."""

    user: Any

    def noted(self, check: Callable[[], Any]) -> Any:
        """Return what a check returns. Raises ValidationError as it does."""
        try:
            return check()
        except ValidationError as error:
            if error.code == WRONG and self.user:
                key, way = guessing.key_of(self.user), guessing.FACTOR
                guessing.note(context.request, key=key, user=self.user, way=way)
            raise


class Code(Noting, base.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of the app, or of the list of recovery codes, after the password."""

    def clean_code(self) -> Any:
        """Check it."""
        return self.noted(super().clean_code)


class CodeAgain(Noting, base.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The same, before something that matters."""

    def clean_code(self) -> Any:
        """Check it."""
        return self.noted(super().clean_code)


class Passkey(Sent, Noting, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey, after the password."""

    def clean_credential(self) -> Any:
        """Check it."""
        return self.noted(super().clean_credential)


class PasskeyAgain(Sent, Noting, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """The same, before something that matters."""

    def clean_credential(self) -> Any:
        """Check it."""
        return self.noted(super().clean_credential)


class PasskeyAlone(Sent, webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey, instead of a password."""


class NameForm(forms.Form):
    """How its owner calls a passkey."""

    name = forms.CharField(
        label=_("Name"),
        max_length=limits.PASSKEY_NAME_MAX,
        help_text=_("So that you know it again in the list: “Phone”, “Key on my ring”."),
        error_messages={"required": _("Give it a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def clean_name(self) -> str:
        """Return the name as it can be shown."""
        name = text.shown(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name


class NewPasskey(Sent, webauthn.SignupWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A passkey to enrol. A device made it before the form is sent, so a missing name is no error."""

    name = forms.CharField(
        label=NameForm.base_fields["name"].label,
        max_length=limits.PASSKEY_NAME_MAX,
        required=False,
        help_text=NameForm.base_fields["name"].help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def clean_name(self) -> str:
        """Return the name as it can be shown, or one that says what it is."""
        return text.shown(self.cleaned_data["name"]) or str(_("Passkey"))


def _fits(sent: dict[str, Any]) -> bool:
    response = sent.get("response")
    named = all(isinstance(sent.get(name), str) for name in ("id", "rawId", "type"))
    return named and isinstance(response, dict) and all(isinstance(one, str) for one in response.values())
