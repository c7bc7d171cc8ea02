"""The field that asks for a country: Django's own element, written once for each language."""

from __future__ import annotations

import pytest
from django import forms
from django.utils import translation
from django_countries import countries

from letters.web.countries import NONE_GIVEN, CountryField


class Form(forms.Form):
    ours = CountryField(required=False)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("chosen", ["", "FR", "CI", "XX", '"><script>', None])
def test_it_is_what_django_would_write(language: str, chosen: str | None) -> None:
    with translation.override(language):
        theirs = forms.Select(choices=[("", NONE_GIVEN), *countries])
        html = theirs.render("ours", chosen, {"id": "id_ours"})
        ours = CountryField(required=False).widget.render("ours", chosen, {"id": "id_ours"})
    assert "".join(ours.split()) == "".join(html.split())
    assert ours.count("<option") == len(countries) + 1
    assert ours.count("selected") == (chosen in {None, "", "FR", "CI"})


def test_only_a_country_of_the_list_is_taken() -> None:
    assert Form({"ours": "FR"}).is_valid()
    assert Form({"ours": ""}).is_valid()
    assert not Form({"ours": "XX"}).is_valid()


def test_a_letter_may_demand_one() -> None:
    field = CountryField(required=True)
    assert field.widget.use_required_attribute("")
    with pytest.raises(forms.ValidationError):
        field.clean("")
