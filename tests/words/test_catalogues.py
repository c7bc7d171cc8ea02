"""French and Arabic say all that English says, and say it as the pages need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.utils import translation

from tests import catalogues
from tests.catalogues import forms

LANGUAGES = sorted(catalogues.PLURALS)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")
COUNTS_IN_WORDS = {"ar": (0, 1, 2)}  # لا توقيعات، توقيع واحد، توقيعان
NO_BREAK = "\u00a0"
# Unicode UAX 9: what stands between these does not mix its direction with the words around it.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
ANY_DIRECTION = ("title", "organization", "name", "legal_name", "addressees", "words", "moment", "site_name")
TYPOGRAPHY = {
    # A space that does not break stands before these, and within the marks of a quotation.
    "fr": re.compile(rf"(?<!{NO_BREAK})([;?»]|:(\s|$))|«(?!{NO_BREAK})|['\"“”]"),
    # Arabic has a comma, a semicolon and a question mark of its own.
    "ar": re.compile(r"[\u0600-\u06ff]»?[,;?]|[\"“”\u0660-\u0669]"),
}


def test_every_language_of_the_site_but_english_has_a_catalogue() -> None:
    assert sorted(code for code, _ in settings.LANGUAGES if code != "en") == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_site_says_and_nothing_else(language: str) -> None:
    said = {_key(message) for message in catalogues.source() if message.id}
    kept = {_key(message) for message in catalogues.stored(language) if message.id}
    assert said - kept == set(), "run `make messages` and translate these"
    assert kept - said == set(), "run `make messages`: nobody says these any more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_a_guess(language: str) -> None:
    most = catalogues.Catalogue(language).num_plurals
    for message in _messages(language):
        assert not message.fuzzy, message.id
        assert all(forms(message)), f"translate {message.id!r} into {language}"
        assert not message.pluralizable or len(message.string) == most, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_in_the_translation_and_no_other(language: str) -> None:
    for message in _messages(language):
        ids = message.id if message.pluralizable else (message.id,)
        given = {name for one in ids for name in _placeholders(one)}
        for number, form in enumerate(forms(message)):
            if message.pluralizable and number in COUNTS_IN_WORDS.get(language, ()):
                assert len(given - _placeholders(form)) <= 1, (message.id, form)
            else:
                assert _placeholders(form) >= given, (message.id, form)
            assert _placeholders(form) <= given, (message.id, form)
            assert "%" not in PLACEHOLDER.sub("", form) or "%" in PLACEHOLDER.sub("", ids[0]), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_translation_has_the_markup_and_the_edges_of_the_message(language: str) -> None:
    for message in _messages(language):
        first = message.id[0] if message.pluralizable else message.id
        for form in forms(message):
            assert sorted(_markup(form)) == sorted(_markup(first)), (message.id, form)
            assert form[:1].isspace() == first[:1].isspace(), (message.id, form)
            assert form[-1:].isspace() == first[-1:].isspace(), (message.id, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_shouted_and_the_punctuation_is_that_of_the_language(language: str) -> None:
    for message in _messages(language):
        for form in forms(message):
            words = re.sub(r"<code.*?</code>|<[^>]*>|`[^`]*`|https?://\S+", "", form)
            assert "!" not in words, (message.id, form)
            assert not TYPOGRAPHY[language].search(words), (message.id, form)


def test_names_and_moments_keep_their_own_direction_in_arabic() -> None:
    for message in _messages("ar"):
        for form in forms(message):
            words = re.sub(r"<[^>]*>", "", form)
            assert not re.search(rf"(?<!{ISOLATE})%\(({'|'.join(ANY_DIRECTION)})\)s", words), form
            assert words.count(ISOLATE) == words.count(END_ISOLATE), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_the_one_that_can_be_read(language: str) -> None:
    assert catalogues.place(language, "mo").read_bytes() == catalogues.compiled(catalogues.merged(language))


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("fr", 0, "signature"),
        ("fr", 1, "signature"),
        ("fr", 2, "signatures"),
        ("ar", 0, "توقيع"),
        ("ar", 2, "توقيعان"),
        ("ar", 3, "توقيعات"),
        ("ar", 12, "توقيعًا"),
        ("ar", 102, "توقيع"),
    ],
)
def test_a_number_is_followed_by_the_right_form_of_its_word(language: str, number: int, words: str) -> None:
    with translation.override(language):
        assert translation.ngettext("signature", "signatures", number) == words


def test_messages_are_found_as_django_looks_them_up(tmp_path, monkeypatch) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% translate 'A \"b\" 5%' %}\n  {% if x %}\n {% translate 'Open' context 'a verb' %}{% endif %}\n"
        "{% blocktranslate count n=n trimmed %}\n  {{ n }} of 10%\n"
        "  {% plural %}\n {{ n }}s\n{% endblocktranslate %}\n"
        "{{ x|default:_('None') }}",
        "utf-8",
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    found = {(message.context, message.id) for message in catalogues.source() if message.id}
    assert found == {
        (None, 'A "b" 5%%'),
        ("a verb", "Open"),
        (None, ("%(n)s of 10%%", "%(n)ss")),
        (None, "None"),
    }


def _messages(language: str) -> Iterator[Message]:
    return (message for message in catalogues.stored(language) if message.id)


def _key(message: Message) -> tuple[object, ...]:
    return (message.context, message.id)


def _placeholders(text: str) -> set[str]:
    return {match[0] for match in PLACEHOLDER.finditer(text)} - {"%%"}


def _markup(text: str) -> list[str]:
    """Return the tags of a text, each with its attributes."""
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(f"{tag} {attrs}")
    parser.handle_endtag = lambda tag: tags.append(f"/{tag}")
    parser.feed(text)
    return tags
