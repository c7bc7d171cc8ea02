"""The field that asks for a country. Django's would spend more on its 250 options than on all the page."""

from __future__ import annotations

from functools import cache as once
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

NONE_GIVEN = _("Prefer not to say")


class CountrySelect(forms.Select):
    """A select to which the countries are added as they were written once for each language."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the element. `value` is the code of the chosen country, if any."""
        element, _, after = super().render(name, value, attrs, renderer).rpartition("</select>")
        options = _options(get_language())
        if value in countries.countries:
            options = options.replace(f'value="{value}"', f'value="{value}" selected', 1)
        return mark_safe(f"{element}{options}</select>{after}")  # noqa: S308 - codes, and names that are escaped


class CountryField(forms.ChoiceField):
    """A country of the list, in the order of the reader's language."""

    widget = CountrySelect

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[("", NONE_GIVEN)], **options)

    def valid_value(self, value: object) -> bool:
        """Whether it is the code of a country."""
        return value in countries.countries


@once
def _options(language: str | None) -> str:
    return format_html_join("", '<option value="{}">{}</option>\n', countries)
