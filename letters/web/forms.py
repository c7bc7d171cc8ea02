"""The form under a letter, and the one that changes what it took."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from typing import Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from letters import consents, labels, languages, limits, sources, text
from letters.enums import FieldRule, Visibility
from letters.models import Letter, LetterText, Signature
from letters.services.claims import Words
from letters.services.signatures import Answers
from letters.web.countries import CountryField, CountrySelect

NO_ADDRESS: Final = _("Enter an email address in the correct format, like name@example.com.")
FILL_IN: Final = _("Fill in “%(field)s”.")
RENAMED_HINTS: Final[Mapping[str, str | Promise]] = {
    "role": _("Shown with your name."),
    "affiliation": _("For identification only."),
    "country": "",
}
"""What stands under a field that the organizer calls otherwise."""
ENCODED_WORD: Final = "=?"
NUMBER: Final = re.compile(r"[0-9]{1,5}")


def check_address(value: str) -> str:
    """Return a mail address that a server could deliver to, or raise ValidationError.

    The mail library decodes an encoded word (RFC 2047) before the @ and encodes what is not ASCII,
    so that a mail would leave for another mailbox than the one whose key is stored: neither is taken.
    """
    try:
        address = validate_email(value.strip(), check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError as error:
        raise ValidationError(NO_ADDRESS, code="invalid") from error
    if ENCODED_WORD in address:
        raise ValidationError(NO_ADDRESS, code="invalid")
    return address


class ClaimForm(forms.Form):
    """What somebody says of themselves. Which fields it has is the letter's choice."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=limits.NAME_MAX,
        strip=False,
        error_messages={"required": _("Enter your full name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "dir": "auto"}),
    )
    role = forms.CharField(
        label=_("Role"),
        required=False,
        max_length=limits.ROLE_MAX,
        strip=False,
        help_text=_("Shown with your name, like “Nurse”"),
        error_messages={"required": _("Enter your role.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "dir": "auto"}),
    )
    affiliation = forms.CharField(
        label=_("Affiliation"),
        required=False,
        max_length=limits.AFFILIATION_MAX,
        strip=False,
        help_text=_("For identification only, like “University of Lille”"),
        error_messages={"required": _("Enter your affiliation.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    country = CountryField(
        label=_("Country"),
        required=False,
        error_messages={
            "required": _("Choose your country."),
            "invalid_choice": _("Choose a country of the list."),
        },
        widget=CountrySelect(attrs={"autocomplete": "country"}),
    )
    visibility = forms.ChoiceField(
        label=consents.CURRENT.question,
        choices=consents.CURRENT.answers,
        error_messages={
            "required": _("Choose whether to show your name."),
            "invalid_choice": _("Choose whether to show your name."),
        },
        widget=forms.RadioSelect,
    )
    updates = forms.BooleanField(label=consents.CURRENT.updates, required=False)

    def __init__(self, *, letter: Letter, read_in: str, data: object, initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        for name in labels.RENAMED:
            rule = getattr(letter, f"{name}_field")
            if rule == FieldRule.OFF:
                del self.fields[name]
                continue
            self.fields[name].required = rule == FieldRule.REQUIRED
            if own := labels.own(letter.form_labels, field=name, language=read_in):
                self._rename(name, own)

    def _rename(self, name: str, own: str) -> None:
        """Call a field as the organizer does; the examples of ours would not fit."""
        field = self.fields[name]
        field.label = own
        field.help_text = str(RENAMED_HINTS[name])
        field.error_messages["required"] = str(FILL_IN) % {"field": own}

    def clean_name(self) -> str:
        """Refuse what cannot stand beside other names."""
        return self._clean_line("name", text.person_name)

    def clean_role(self) -> str:
        """Refuse what cannot stand beside other names."""
        return self._clean_line("role", text.one_line)

    def clean_affiliation(self) -> str:
        """Refuse what cannot stand beside other names."""
        return self._clean_line("affiliation", text.one_line)

    def _clean_line(self, name: str, clean: Callable[[str], str]) -> str:
        value = clean(self.cleaned_data[name])
        if self.fields[name].required and not value:
            raise ValidationError(self.fields[name].error_messages["required"], code="required")
        return value


class SignForm(ClaimForm):
    """What a person fills in under a letter. It only validates."""

    email = forms.CharField(
        label=_("Email address"),
        max_length=limits.EMAIL_MAX,
        help_text=_("To confirm it’s you. Never published."),
        error_messages={"required": _("Enter your email address, like name@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "dir": "ltr"}),
    )
    form_key = forms.CharField(required=False, max_length=limits.FORM_KEY_MAX, widget=forms.HiddenInput)
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "email")

    def __init__(self, *, text: LetterText, data: object = None, source: str = "") -> None:
        initial: dict[str, object] = {"form_key": secrets.token_urlsafe(12), "read": text.number}
        initial["source"] = source
        super().__init__(letter=text.letter, read_in=text.language, data=data, initial=initial)

    def clean_email(self) -> str:
        """Check the address without asking the network."""
        return check_address(self.cleaned_data["email"])

    def clean_read(self) -> int | None:
        """Return the number of the text that was read; None where the form says none."""
        value = self.cleaned_data["read"]
        return int(value) if NUMBER.fullmatch(value) else None

    def clean_source(self) -> str:
        """Return the code of the link that led here; nobody is refused for a broken one."""
        return sources.read(self.cleaned_data["source"])

    def answers(self) -> Answers:
        """Return what the service takes."""
        cleaned = dict(self.cleaned_data)
        cleaned |= {"visibility": Visibility(cleaned["visibility"]), "language": languages.asked()}
        return Answers(**cleaned)


class ChangeForm(ClaimForm):
    """What its owner changes of a signature."""

    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)

    def __init__(self, *, signature: Signature, data: object = None) -> None:
        said = ("name", "role", "affiliation", "country", "visibility", "updates")
        initial: dict[str, object] = {field: getattr(signature, field) for field in said}
        initial["language"] = languages.nearest(signature.language)
        super().__init__(letter=signature.letter, read_in=signature.text.language, data=data, initial=initial)
        self.signature = signature

    def words(self) -> Words:
        """Return what the service takes. What the letter does not ask for stays as it was."""
        kept = {field: getattr(self.signature, field) for field in ("role", "affiliation", "country")}
        cleaned = {**kept, **self.cleaned_data, "visibility": Visibility(self.cleaned_data["visibility"])}
        if cleaned["language"] == languages.nearest(self.signature.language):
            cleaned["language"] = self.signature.language
        return Words(**cleaned)
