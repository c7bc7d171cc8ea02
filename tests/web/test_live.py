"""The letter beside the words that somebody is typing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters.enums import Role
from letters.models import Event, Letter, LetterText
from tests import builders

pytestmark = pytest.mark.django_db
TYPED = {"title": "Keep <b>them</b>", "addressees": "The ministers", "body": "Dear *Ministers*,\n\n<script>x",
         "language": "ar"}  # fmt: skip


def live(letter: Letter | None = None) -> str:
    return reverse("letters:live", args=[letter.pk]) if letter else reverse("letters:live_new")


@pytest.fixture
def draft() -> Letter:
    return builders.draft()


def test_words_that_nobody_saved_stand_on_the_real_page_and_are_not_stored(
    client: Client, draft: Letter
) -> None:
    client.force_login(builders.member(draft.organization, Role.EDITOR))
    before = (LetterText.objects.values().get(), Letter.objects.values().get(), Event.objects.count())
    answer = client.post(live(draft), TYPED)
    shown = answer.content.decode()
    assert "Keep &lt;b&gt;them&lt;/b&gt;" in shown
    assert "Dear <em>Ministers</em>," in shown
    assert 'lang="ar" dir="rtl"' in shown
    assert draft.organization.name in shown
    assert "<script" not in shown
    assert "no-store" in answer["Cache-Control"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    after = (LetterText.objects.values().get(), Letter.objects.values().get(), Event.objects.count())
    assert after == before


def test_a_letter_that_is_not_saved_yet_has_the_letterhead_of_its_organization(client: Client) -> None:
    one, two = builders.organization("a", name="Alpha"), builders.organization("b", name="Beta")
    other = builders.organization("c", name="Gamma")
    for home in (one, two):
        client.force_login(builders.member(home, Role.EDITOR))
    assert "Alpha" in client.post(live(), TYPED).content.decode()
    assert "Beta" in client.post(live(), {**TYPED, "organization": two.pk}).content.decode()
    assert "Gamma" not in client.post(live(), {**TYPED, "organization": other.pk}).content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("who", ["reader", "viewer", "stranger"])
def test_whoever_may_not_write_it_finds_nothing(client: Client, draft: Letter, who: str) -> None:
    if who == "viewer":
        client.force_login(builders.member(draft.organization, Role.VIEWER))
    if who == "stranger":
        client.force_login(builders.member(builders.organization("other")))
    assert client.post(live(draft), TYPED).status_code == 404
    if who != "stranger":
        assert client.post(live(), TYPED).status_code == 404


def test_it_is_asked_for_by_our_own_pages_only(draft: Letter) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(builders.member(draft.organization))
    assert client.post(live(draft), TYPED).status_code == 403
    assert client.get(live(draft)).status_code == 405


def test_more_words_than_a_letter_may_have_are_cut(client: Client, draft: Letter) -> None:
    client.force_login(builders.member(draft.organization))
    shown = client.post(live(draft), {"title": "x" * 500, "language": "xx"}).content.decode()
    assert "x" * 160 in shown
    assert "x" * 161 not in shown


def test_the_pages_for_writing_lead_there_and_hold_no_script_of_their_own(
    client: Client, draft: Letter
) -> None:
    client.force_login(builders.organizer())
    pages = {
        reverse("admin:letters_letter_add"): live(),
        reverse("admin:letters_letter_text", args=[draft.pk]): live(draft),
        reverse("admin:letters_letter_translation", args=[draft.pk, "fr"]): live(draft),
    }
    for page, address in pages.items():
        shown = client.get(page).content.decode()
        assert f'data-live="{address}" hidden' in shown
        assert 'sandbox="allow-same-origin"' in shown
