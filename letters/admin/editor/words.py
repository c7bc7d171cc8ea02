"""The text stage: title, whom the letter is addressed to, and its words, in the language that binds."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from letters import languages, limits, prose
from letters.admin.editor.forms import StageForm
from letters.admin.forms import WORDS, newest_text
from letters.models import Letter, LetterText, Organization

PUBLISHED: Final = _("Published words never change silently. A new version stands beside the old one.")
TAKEN: Final = _(
    "Somebody else has changed the text since you opened this page. Your words are still here: copy them, "
    "open the page again, and put them into the text as it is now."
)


class TextForm(StageForm):
    """The words, and for a new letter who publishes it where that is not clear. `seen` is their hash."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Published by"), empty_label=None
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=languages.choices,
        help_text=_("Of the binding text. Translations follow on the next page."),
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=limits.TITLE_MAX,
        widget=AdminTextInputWidget,
        help_text=_("What you ask for, in a few words."),
    )
    addressees = forms.CharField(
        label=_("To"),
        max_length=limits.ADDRESSEES_MAX,
        required=False,
        widget=AdminTextInputWidget,
        help_text=_("Whom the letter is addressed to, by name or office."),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=limits.BODY_MAX,
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 24}),
        help_text=_(
            "An empty line begins a paragraph. *italic*, **bold**, ## heading, > quote, - list, "
            "[words](https://example.org) for a link."
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    sections = (("", "", ("organization", "language", "title", "addressees", "body")),)

    class Meta:
        model = Letter
        fields = ("organization",)

    def __init__(self, *args: Any, homes: QuerySet[Organization], **kwargs: Any) -> None:
        letter: Letter = kwargs["instance"]
        self.text = newest_text(letter) if letter.pk else None
        super().__init__(*args, **kwargs)
        if self.text:
            self.initial.update({name: getattr(self.text, name) for name in ("language", *WORDS)})
            self.initial["seen"] = self.text.h
        else:
            self.initial["language"] = languages.nearest(get_language() or "")
        home: Any = self.fields.get("organization")
        if home and (letter.pk or homes.count() < 2):
            del self.fields["organization"]
        elif home:
            home.queryset = homes

    def told(self, name: str) -> Any:
        """Return the words that are there, and who publishes them."""
        if name == "organization":
            return str(self.instance.organization)
        if self.text is None or name not in (*WORDS, "language"):
            return ""
        if name == "language":
            return languages.name(self.text.language)
        return prose.html(self.text.body) if name == "body" else getattr(self.text, name)

    def clean(self) -> dict[str, Any]:
        """Refuse a language that is taken, and words that somebody else has written over."""
        cleaned: dict[str, Any] = super().clean() or {}
        letter: Letter = self.instance
        others = (
            letter.texts.filter(authoritative=False, language=cleaned.get("language", ""))
            if letter.pk
            else LetterText.objects.none()
        )
        if others.exists():
            self.add_error("language", _("There is a translation into this language. Delete that first."))
        if self.text and cleaned.get("seen") and cleaned["seen"] != self.text.h:
            self.add_error(None, TAKEN)
        return cleaned

    def words(self) -> dict[str, str]:
        """Return the words as they were typed, with line ends as they are stored, and their language."""
        words = {name: prose.canonical(self.cleaned_data[name]) for name in WORDS}
        return {"language": self.cleaned_data["language"], **words}

    def has_new_words(self) -> bool:
        """Whether the words differ from those that are stored."""
        return self.text is None or any(
            getattr(self.text, name) != words for name, words in self.words().items()
        )
