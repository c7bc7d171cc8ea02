"""What readers see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters import tokens
from letters.enums import Visibility
from letters.services import letters, signatures
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"


def page(client: Client, path: str = PAGE, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_the_front_page_lists_what_is_open_and_says_so_when_there_is_nothing(client: Client) -> None:
    assert "No letters yet." in page(client, "/")
    builders.letter()
    builders.draft("secret", title="Not yet")
    listed = page(client, "/")
    assert "Keep the night trains running" in listed
    assert "Not yet" not in listed


def test_a_new_letter_invites_the_first_signature(client: Client) -> None:
    builders.letter()
    assert "Be the first to sign." in page(client)


def test_a_draft_and_nothing_at_all_are_not_found(client: Client) -> None:
    builders.draft()
    for path in (PAGE, PAGE + "signatures/", PAGE + "sign/", "/letters/none/"):
        page(client, path, 404)


def test_a_scheduled_letter_says_when_it_opens_and_shows_no_text(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + timedelta(days=1))
    shown = page(client)
    assert "This letter opens on" in shown
    assert "Dear Ministers" not in shown
    assert "<form" not in shown
    assert "Keep the night trains" not in page(client, "/")


@pytest.mark.parametrize(
    ("stop", "says"), [("pause", "Signing is paused"), ("close", "This letter is closed")]
)
def test_a_letter_that_is_not_open_keeps_its_text_and_has_no_form(
    client: Client, stop: str, says: str
) -> None:
    letter = builders.letter()
    builders.counted(letter)
    getattr(letters, stop)(letter=letter, by=None, at=timezone.now())
    shown = page(client)
    assert says in shown
    assert "Dear Ministers" in shown
    assert "Ben Okafor" in shown
    assert "<form" not in shown


def test_names_are_shown_once_counted_and_private_ones_never(client: Client) -> None:
    letter = builders.letter()
    builders.confirmed(letter, name="Confirmed Only", email="a@example.org")
    assert "Confirmed Only" not in page(client)
    builders.counted(letter, name="Ben Okafor")
    builders.counted(letter, name="Private Person", email="b@example.org", visibility=Visibility.PRIVATE)
    for shown in (page(client), page(client, PAGE + "signatures/")):
        assert "Ben Okafor" in shown
        assert "Confirmed Only" in shown
        assert "Private Person" not in shown
        assert "2 public · 1 private" in shown


def test_a_withdrawn_name_is_gone_before_the_number_follows(client: Client) -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    signatures.withdraw(uid=one.uid, at=timezone.now())
    assert "Ben Okafor" not in page(client)


def test_paging_shows_every_name_once(client: Client) -> None:
    letter = builders.letter()
    names = [f"Signer {chr(65 + number // 26)}{chr(65 + number % 26)}" for number in range(230)]
    for number, name in enumerate(names):
        builders.confirmed(letter, name=name, email=f"s{number}@example.org")
    builders.counted(letter, name="Last One", email="last@example.org")
    seen: list[str] = []
    path = PAGE + "signatures/"
    for _ in range(9):
        shown = page(client, path)
        seen += [name for name in [*names, "Last One"] if f">{name}<" in shown]
        if 'rel="next"' not in shown:
            break
        path = PAGE + "signatures/" + shown.split('href="?cursor=')[1].split('"')[0].join(("?cursor=", ""))
    assert sorted(seen) == sorted([*names, "Last One"])


@pytest.mark.parametrize("cursor", ["x", "", "%00", "a" * 4000])
def test_a_broken_cursor_is_not_found(client: Client, cursor: str) -> None:
    builders.letter()
    page(client, f"{PAGE}signatures/?cursor={cursor}", 404)


def test_readers_pages_set_no_cookie_and_may_be_kept_by_a_shared_cache(client: Client) -> None:
    builders.letter()
    for path in ("/", PAGE, PAGE + "signatures/", "/how-we-count/", "/privacy/"):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response["Cache-Control"].startswith("public, max-age=0, must-revalidate, s-maxage=")


def test_every_page_carries_the_headers_that_keep_readers_safe(client: Client) -> None:
    response = client.get("/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_page_of_names_is_no_search_result(client: Client) -> None:
    builders.letter()
    assert client.get(PAGE + "signatures/")["X-Robots-Tag"] == "noindex"


def test_a_letter_takes_few_statements(client: Client, django_assert_max_num_queries: object) -> None:
    builders.counted(builders.letter())
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        page(client)


def test_a_preview_is_for_the_desk(client: Client) -> None:
    draft = builders.draft()
    page(client, f"/preview/{draft.pk}/", 404)
    client.force_login(builders.organizer())
    shown = page(client, f"/preview/{draft.pk}/")
    assert "This is a preview" in shown
    assert "Dear Ministers" in shown


def test_a_withdrawn_letter_says_why_and_shows_neither_words_nor_names(client: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(hours=1))
    builders.counted(letter, at=timezone.now(), name="Zbigniew Herbert")
    page(client)
    letters.withdraw(letter=letter, reason="The ministry <has> agreed.", by=None, at=timezone.now())
    for path in (PAGE, PAGE + "signatures/", PAGE + "sign/", PAGE + "ledger/"):
        shown = page(client, path, 410)
        assert "The ministry &lt;has&gt; agreed." in shown
        assert "noindex" in shown
        assert not any(word in shown for word in ("Dear Ministers", "Zbigniew", "<form"))
    answers = {"name": "Ben", "email": "ben@example.org", "visibility": "public"}
    assert client.post(PAGE + "sign/", answers).status_code == 410
    assert "Keep the night trains" not in page(client, "/")


def test_who_signed_a_withdrawn_letter_can_still_withdraw(client: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(hours=1))
    one = builders.counted(letter, at=timezone.now())
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=timezone.now())
    link = tokens.make(tokens.Purpose.MANAGE, uid=one.uid, at=timezone.now())
    assert client.get(f"/s/{link}/", follow=True).status_code == 200
    assert client.post(f"/my-signature/{one.uid}/withdraw/", follow=True).status_code == 200
    assert builders.stored(one.uid).state == "withdrawn"
