"""A letter in two languages, written side by side at the desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import LetterStatus, TextKind
from letters.models import Letter, LetterText
from letters.services import letters, versions
from tests import builders

pytestmark = pytest.mark.django_db
WORDS = {"title": "Gardez les trains", "addressees": "Les ministres", "body": "Gardez-les."}


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def draft() -> Letter:
    return builders.draft()


def page(letter: Letter, language: str = "fr") -> str:
    return reverse("admin:letters_letter_translation", args=[letter.pk, language])


def page_of_list() -> str:
    return reverse("admin:letters_letter_changelist")


def french(letter: Letter) -> LetterText | None:
    return letter.texts.filter(language="fr").order_by("-version").first()


def test_a_translation_is_begun_finished_and_published_with_its_letter(ada: Client, draft: Letter) -> None:
    every = reverse("admin:letters_letter_translations", args=[draft.pk])
    opened = ada.get(every, {"language": "fr"}, follow=True)
    assert "English, the binding text" in opened.content.decode()
    ada.post(page(draft), {"title": WORDS["title"], "save": ""})
    shown = ada.get(every).content.decode()
    assert "a draft, not complete" in shown
    assert "missing: to, text" in shown
    assert "Français (not complete)" in ada.get(page_of_list()).content.decode()
    with pytest.raises(letters.NotReady, match="Français"):
        letters.publish(letter=draft, by=None, at=timezone.now())
    ada.post(page(draft), {**WORDS, "save": ""})
    letter = letters.publish(letter=builders.ready(draft), by=None, at=timezone.now())
    assert letter.status == LetterStatus.PUBLISHED
    assert "Gardez-les." in ada.get(f"/fr/letters/{letter.slug}/").content.decode()
    assert "cannot be changed" in ada.get(page(letter)).content.decode()


def test_it_is_looked_at_as_readers_will_see_it(ada: Client, draft: Letter) -> None:
    preview = ada.post(page(draft), {**WORDS, "preview": ""}, follow=True).content.decode()
    assert "This is a preview" in preview
    assert "Gardez-les." in preview


def test_a_draft_is_deleted_and_what_is_published_is_not(ada: Client, draft: Letter) -> None:
    ada.post(page(draft), {**WORDS, "save": ""})
    ada.post(page(draft), {**WORDS, "delete": ""})
    assert french(draft) is None
    ada.post(page(draft), {**WORDS, "save": ""})
    letter = letters.publish(letter=builders.ready(draft), by=None, at=timezone.now())
    for act in ("delete", "save", "publish"):
        assert (
            "cannot be changed" in ada.post(page(letter), {**WORDS, "title": "X", act: ""}).content.decode()
        )
    text = french(letter)
    assert text is not None
    assert text.title == WORDS["title"]


def test_a_published_letter_takes_another_language(ada: Client) -> None:
    letter = builders.letter(at=timezone.now())
    ada.post(page(letter), {"title": "Gardez", "save": ""})
    refused = ada.post(page(letter), {"title": "Gardez", "publish": ""})
    assert "A version needs a title" in refused.content.decode()
    assert ada.get(f"/letters/{letter.slug}/").status_code == 200
    ada.post(page(letter), {**WORDS, "publish": ""})
    text = french(letter)
    assert text is not None
    assert (text.published_at is not None, text.version, text.number) == (True, 1, 2)


def test_a_language_of_no_catalogue_waits_for_words_about_data_and_says_where_they_are_written(
    ada: Client,
) -> None:
    letter, greek = builders.letter(at=timezone.now()), {**WORDS, "title": "Τρένα"}
    way = reverse("admin:letters_letter_notice", args=[letter.pk])
    refused = ada.post(page(letter, "el"), {**greek, "publish": ""}).content.decode()
    assert "This site has no words in Ελληνικά for what people are told about their data." in refused
    assert f'<a href="{way}">Say what becomes of data</a>' in refused
    kept = ada.get(page(letter, "el")).content.decode()
    assert "1 thing is missing" in kept
    assert "Τρένα" in kept
    assert 'name="publish"' not in kept
    assert not letter.texts.filter(language="el").exclude(published_at=None).exists()
    ada.post(way, {"notice_el": "Όλα."})
    assert 'name="publish"' in ada.get(page(letter, "el")).content.decode()
    ada.post(page(letter, "el"), {**greek, "publish": ""})
    told = ada.get(f"/el/letters/{letter.slug}/").content.decode()
    assert '<span lang="el" dir="ltr">Όλα.</span>' in told


def test_words_about_data_outlast_a_translation_that_is_deleted(ada: Client) -> None:
    letter = builders.letter(at=timezone.now())
    way = reverse("admin:letters_letter_notice", args=[letter.pk])
    for language in ("el", "fi"):
        ada.post(page(letter, language), {**WORDS, "save": ""})
        assert ada.post(way, {f"notice_{language}": "…"}).status_code == 302
        ada.post(page(letter, language), {**WORDS, "delete": ""})
    letter.refresh_from_db()
    assert letter.notices.keys() == {"de", "el", "fi"}


def test_a_draft_follows_the_letter_to_its_next_version(ada: Client) -> None:
    letter = builders.letter(at=timezone.now())
    ada.post(page(letter), {**WORDS, "save": ""})
    text = LetterText(
        letter=letter, kind=TextKind.AMENDMENT, reason="More.", **{**WORDS, "body": "All of them."}
    )
    versions.publish(text=text, by=None, at=timezone.now())
    ada.post(page(letter), {**WORDS, "publish": ""})
    published = french(letter)
    assert published is not None
    assert (published.version, published.kind, published.reason) == (2, "amendment", "More.")


def test_the_binding_language_is_chosen_and_takes_no_translation(ada: Client, draft: Letter) -> None:
    assert ada.get(page(draft, "en")).status_code == 302
    assert ada.get(page(draft, "tlh")).status_code == 404
    ada.post(page(draft), {**WORDS, "save": ""})
    text = reverse("admin:letters_letter_text", args=[draft.pk])
    refused = ada.post(text, {**WORDS, "language": "fr"})
    assert "There is a translation into this language" in refused.content.decode()
    ada.post(text, {**WORDS, "language": "nl"})
    assert draft.texts.get(authoritative=True).language == "nl"


def test_whoever_is_overtaken_keeps_their_words(
    ada: Client, draft: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []

    def texts(page: object, letter: Letter) -> list[LetterText]:
        known = list(letter.texts.order_by("-authoritative"))
        if not looked:  # a colleague saves between our look and our write
            text = LetterText(letter=letter, language="fr", authoritative=False, **WORDS)
            letters.write(text=text, by=None, at=timezone.now())
        looked.append(letter)
        return known

    monkeypatch.setattr("letters.admin.translations.Translations.texts", texts)
    refused = ada.post(page(draft), {**WORDS, "title": "Mes mots", "save": ""})
    assert refused.status_code == 200
    assert "Mes mots" in refused.content.decode()
    assert "Somebody else was faster" in refused.content.decode()
    assert draft.texts.get(language="fr").title == WORDS["title"]
