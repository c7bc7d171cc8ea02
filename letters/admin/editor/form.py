"""The form stage: what people are asked for, under which names, and what becomes of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from letters import labels, languages, limits
from letters.admin.editor.forms import StageForm, Words
from letters.admin.forms import OneLine, texts_of
from letters.enums import FieldRule
from letters.models import Letter

ABOUT: Final = {
    "role": (_("Role"), _("Their profession or office. It stands beside the name.")),
    "affiliation": (
        _("Affiliation"),
        _("The institution they belong to. It stands beside the name, for identification only."),
    ),
    "country": (_("Country"), _("Chosen from a list. It stands beside the name, and numbers go by it.")),
}
REVIEW: Final = (
    (False, _("At once. Whoever confirms by mail sees their name on the page a moment later.")),
    (True, _("After review. A person of your team reads each name first; the signature counts meanwhile.")),
)


def labelled(field: str, language: str) -> str:
    """Return how the desk calls the input for a field's own name in a language."""
    return f"own_{field}_{language}"


class FormForm(StageForm):
    """Which fields, what they are called, when names appear, and who is told what."""

    names_after_review = forms.TypedChoiceField(
        label=_("When a public name appears"),
        choices=REVIEW,
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
    )
    sections = (
        *((title, about, [f"{name}_field", name]) for name, (title, about) in ABOUT.items()),
        (_("Names"), "", ("names_after_review", "names_in_api")),
        (_("Mails"), "", ("discreet",)),
    )

    class Meta:
        model = Letter
        fields = (
            "role_field", "affiliation_field", "country_field", "names_after_review", "names_in_api",
            "discreet",
        )  # fmt: skip
        labels = {  # noqa: RUF012 - Django's own declaration
            **{f"{name}_field": _("Ask for it") for name in ABOUT},
            "names_in_api": _("Programs may read public names, and anybody may download them as a file"),
            "discreet": _("Discreet mails: no subject names the letter"),
        }
        help_texts = {  # noqa: RUF012 - the same
            "names_in_api": _(
                "Journalists can then work with the list, and so can everybody else. "
                "Otherwise names stand on the page only. Private names are never given away."
            ),
            "discreet": _(
                "Where it could harm somebody to be seen with this letter: "
                "mail programs show subjects to whoever looks over a shoulder."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(dict.fromkeys(one.language for one in texts_of(self.instance)))
        if self.fields:
            for name in labels.RENAMED:
                self._ask_for_names(name)

    def _ask_for_names(self, field: str) -> None:
        """Add an input for the field's own name in each language of the letter."""
        for language in self.languages:
            name = labelled(field, language)
            self.fields[name] = OneLine(
                label=format_lazy(_("Your own name for it, {language}"), language=languages.name(language)),
                required=False,
                max_length=limits.LABEL_MAX,
                widget=AdminTextInputWidget(
                    attrs={"lang": language, "dir": languages.direction(language), "size": "30"}
                ),
            )
            self.initial[name] = labels.own(self.instance.form_labels, field=field, language=language)

    def layout(self) -> Sequence[tuple[Words, Words, Sequence[str]]]:
        """Put the inputs for own names under their fields."""
        names = {field: [labelled(field, one) for one in self.languages] for field in labels.RENAMED}
        return [
            (title, about, [part for name in parts for part in names.get(name, [name])])
            for title, about, parts in self.sections
        ]

    def told(self, name: str) -> Any:
        """Say yes or no, and what is chosen, in words."""
        value = getattr(self.instance, name)
        if name == "names_after_review":
            return dict(REVIEW)[value]
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        field = name.removesuffix("_field")
        own = self.instance.form_labels.get(field, {}).values()
        return ", ".join([str(super().told(name)), *(f"“{word}”" for word in own)])

    def clean(self) -> dict[str, Any]:
        """Keep a name only for what is asked for."""
        cleaned: dict[str, Any] = super().clean() or {}
        kept = {field: dict(words) for field, words in self.instance.form_labels.items()}
        for field in labels.RENAMED:
            for language in self.languages:
                kept.setdefault(field, {})[language] = cleaned.get(labelled(field, language), "")
        self.instance.form_labels = labels.written(
            {(field, code): word for field, words in kept.items() for code, word in words.items()}
        )
        return cleaned

    def options(self) -> list[str]:
        """The names are kept in one field of the letter."""
        return [*super().options(), "form_labels"]


def asks(letter: Letter) -> list[str]:
    """Return what the form asks for besides name and address, for the letter's own page."""
    rules = {name: getattr(letter, f"{name}_field") for name in ABOUT}
    return [str(ABOUT[name][0]) for name, rule in rules.items() if rule != FieldRule.OFF]
