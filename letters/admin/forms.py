"""The form of a letter: its options and, while it is a draft, its words."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from letters import languages, limits, prose
from letters.models import Letter, LetterText

WORDS: Final = ("title", "addressees", "body")
TIME_ZONES: Final = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


class MomentInput(forms.DateTimeInput):
    """One field that browsers and phones fill in with their own calendar and clock, without script."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """What an organizer decides. A draft may be incomplete; publishing asks for the rest."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=languages.choices,
        initial="en",
        help_text=_("Of the binding text. Translations are added once this is saved."),
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

    class Meta:
        model = Letter
        fields = (
            "organization", "slug", "place", "role_field", "affiliation_field", "country_field",
            "names_after_review", "names_in_api", "discreet", "opens_at", "closes_at", "time_zone", "target",
            "target_reason",
        )  # fmt: skip
        widgets = {"time_zone": forms.Select(choices=TIME_ZONES)}  # noqa: RUF012 - Django's own declaration
        help_texts = {  # noqa: RUF012 - the same
            "slug": _("The end of the letter's web address. Permanent once published."),
            "opens_at": _("In UTC. Empty: it opens when you publish it."),
            "closes_at": _("In UTC. Empty: it stays open until you close it."),
            "time_zone": _("Readers see dates and times in this zone."),
            "role_field": _("Their profession or office."),
            "affiliation_field": _("The institution they belong to."),
            "target": _("A number of signatures that you really need. Empty: no meter is shown."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = newest_text(self.instance) if self.instance.pk else None
        if self.text:
            self.initial.update({name: getattr(self.text, name) for name in ("language", *WORDS)})
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "opens_at" in self.fields and self.instance.published_at:
            self.fields["opens_at"].required = True

    def clean(self) -> dict[str, Any]:
        """Say what does not go together before the database refuses it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = slugify(cleaned.get("title", ""))[:80].strip("-")
            if not cleaned["slug"]:
                self.add_error("slug", _("Write an address in letters a to z, digits and hyphens."))
        others = (
            self.instance.texts.filter(authoritative=False) if self.instance.pk else LetterText.objects.none()
        )
        if others.filter(language=cleaned.get("language", "")).exists():
            self.add_error("language", _("There is a translation into this language. Delete that first."))
        opens = cleaned.get("opens_at", self.instance.opens_at)
        closes = cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Choose a closing time after the opening time."))
        if cleaned.get("target") == 0:
            self.add_error("target", _("Enter 1 or more, or leave it empty."))
        if cleaned.get("target") and not cleaned.get("target_reason", "").strip():
            self.add_error("target_reason", _("Say why you need this number, or leave the target empty."))
        return cleaned

    def words(self) -> dict[str, str]:
        """Return the words as they were typed, with line ends as they are stored, and their language."""
        words = {name: prose.canonical(self.cleaned_data[name]) for name in WORDS}
        return {"language": self.cleaned_data["language"], **words}

    def has_new_words(self) -> bool:
        """Whether the words differ from those that are stored."""
        if "body" not in self.cleaned_data:
            return False
        return self.text is None or any(
            getattr(self.text, name) != words for name, words in self.words().items()
        )

    def has_new_options(self) -> bool:
        """Whether anything but the words was changed."""
        return bool(set(self.changed_data).difference(("language", *WORDS)))


def texts_of(letter: Letter) -> list[LetterText]:
    """Return all texts of a letter, the newest and binding one first. One row reads them once."""
    ordered = LetterText.objects.order_by("-version", "-authoritative", "language")
    prefetch_related_objects([letter], Prefetch("texts", ordered))
    return list(letter.texts.all())


def newest_text(letter: Letter) -> LetterText | None:
    """Return the text that readers see, or will see."""
    return next(iter(texts_of(letter)), None)
