"""The owner's pages: a mailed link opens one signature, for a while, and nothing changes by looking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits, tokens
from letters.enums import SignatureState, TextKind
from letters.models import LetterText, Mailbox, Signature
from letters.services import letters, signatures, versions
from letters.tokens import Purpose
from tests import builders

pytestmark = pytest.mark.django_db


def link(one: Signature, purpose: Purpose = Purpose.CONFIRM, at: datetime | None = None) -> str:
    return f"/s/{tokens.make(purpose, uid=one.uid, at=at or timezone.now())}/"


def waiting(**fields: Any) -> Signature:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    return builders.signed(letter, at=timezone.now(), **fields)


def confirm_page(client: Client, one: Signature) -> Any:
    return client.get(client.get(link(one))["Location"])


def press_confirm(client: Client, one: Signature) -> Any:
    seen = confirm_page(client, one).context["signature"].seen_digest()
    return client.post(f"/my-signature/{one.uid}/confirm/", {"seen": seen})


def state(uid: UUID) -> str:
    return builders.stored(uid).state


def test_the_link_is_exchanged_for_a_cookie_and_an_address_without_a_token(client: Client) -> None:
    one = waiting()
    response = client.get(link(one))
    assert (response.status_code, response["Location"]) == (303, f"/my-signature/{one.uid}/confirm/")
    cookie = response.cookies["signature"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        f"/my-signature/{one.uid}/",
        True,
        "Lax",
    )
    assert cookie["max-age"] == limits.MANAGE_FOR.total_seconds()
    assert response["Cache-Control"] == "private, no-store"


def test_the_page_shows_what_will_be_published_and_the_button_counts_it(client: Client) -> None:
    one = waiting(name="Noor van den Berg", role="Piano tuner")
    shown = confirm_page(client, one).content.decode()
    assert "Noor van den Berg" in shown
    assert "Piano tuner" in shown
    response = press_confirm(client, one)
    assert (response.status_code, response["Location"]) == (303, f"/my-signature/{one.uid}/thanks/")
    assert "Your name is on the letter." in client.get(response["Location"]).content.decode()
    assert state(one.uid) == SignatureState.CONFIRMED


def test_looking_confirms_nothing_however_often(client: Client) -> None:
    one = waiting()
    path = link(one)
    for method in (client.head, client.options):
        method(path)
        method(f"/my-signature/{one.uid}/confirm/")
    for _ in range(50):
        client.get(path, follow=True, headers={"purpose": "prefetch"})
    assert state(one.uid) == SignatureState.PENDING
    assert press_confirm(client, one).status_code == 303


def test_the_address_alone_opens_nothing(client: Client) -> None:
    one = waiting()
    confirm_page(client, one)
    stranger = Client()
    for page in ("", "confirm/", "thanks/", "withdraw/"):
        response = stranger.get(f"/my-signature/{one.uid}/{page}")
        assert response.status_code == 403
        assert "Ben Okafor" not in response.content.decode()
    stranger.post(f"/my-signature/{one.uid}/confirm/", {"seen": one.seen_digest()})
    stranger.post(f"/my-signature/{one.uid}/withdraw/")
    assert state(one.uid) == SignatureState.PENDING


def test_the_cookie_of_one_signature_opens_no_other(client: Client) -> None:
    one, other = (
        waiting(),
        builders.signed(builders.Letter.objects.get(), email="cleo@example.org", at=timezone.now()),
    )
    value = client.get(link(one)).cookies["signature"].value
    stranger = Client()
    stranger.cookies["signature"] = value
    assert stranger.get(f"/my-signature/{other.uid}/").status_code == 403
    assert stranger.get(f"/my-signature/{one.uid}/").status_code == 200


def test_the_cookie_lasts_an_hour(client: Client) -> None:
    one = waiting()
    old = timezone.now() - limits.MANAGE_FOR - timedelta(seconds=1)
    client.cookies["signature"] = tokens.make(Purpose.COOKIE, uid=one.uid, at=old)
    assert client.get(f"/my-signature/{one.uid}/").status_code == 403


def test_a_link_expires_after_a_week_and_says_what_to_do(client: Client) -> None:
    one = waiting()
    fresh = timezone.now() - limits.CONFIRM_WITHIN + timedelta(minutes=1)
    assert client.get(link(one, at=fresh)).status_code == 303
    response = client.get(link(one, at=fresh - timedelta(minutes=2)))
    assert response.status_code == 410
    assert "This link has expired" in response.content.decode()
    assert "/letters/night-trains/my-signature/" in response.content.decode()  # sends a new one


def test_a_manage_link_lives_as_long_as_the_signature(client: Client) -> None:
    one = waiting()
    assert client.get(link(one, Purpose.MANAGE, timezone.now() - timedelta(days=900))).status_code == 303


@pytest.mark.parametrize("path", ["/s/nonsense/", "/s/a.b/", f"/s/{'x' * 3000}/"])
def test_a_foreign_link_has_its_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_a_link_to_what_is_gone_has_its_page(client: Client) -> None:
    response = client.get(link(Signature(uid=uuid4())))
    assert response.status_code == 410
    assert "This signature is gone" in response.content.decode()


def test_what_changed_since_it_was_shown_is_shown_again(client: Client) -> None:
    one = waiting()
    seen = confirm_page(client, one).context["signature"].seen_digest()
    builders.signed(one.letter, name="Mallory", at=timezone.now())
    response = client.post(f"/my-signature/{one.uid}/confirm/", {"seen": seen})
    assert response.status_code == 409
    assert "Your details changed" in response.content.decode()
    assert "Mallory" in response.content.decode()
    assert state(one.uid) == SignatureState.PENDING


def test_a_double_confirm_shows_the_same_page(client: Client) -> None:
    one = waiting()
    first, second = (
        press_confirm(client, one),
        client.post(f"/my-signature/{one.uid}/confirm/", {"seen": "old"}),
    )
    assert (first["Location"], first.status_code) == (second["Location"], second.status_code)


def test_confirming_after_the_letter_closed(client: Client) -> None:
    one = waiting()
    letters.close(letter=one.letter, by=None, at=timezone.now())
    assert press_confirm(client, one).status_code == 303
    late = builders.signed(builders.letter("late"), at=timezone.now())
    confirm_page(client, late)
    type(late.letter).objects.filter(pk=late.letter_id).update(closes_at=timezone.now() - timedelta(hours=49))
    type(late).objects.filter(pk=late.pk).update(created_at=timezone.now() - timedelta(hours=50))
    shown = client.get(f"/my-signature/{late.uid}/confirm/").content.decode()
    assert "was not confirmed in time" in shown
    response = client.post(f"/my-signature/{late.uid}/confirm/", {"seen": late.seen_digest()})
    assert response.status_code == 409
    assert state(late.uid) == SignatureState.PENDING


def test_withdrawing_asks_once(client: Client) -> None:
    one = waiting()
    press_confirm(client, one)
    assert "Withdraw my signature" in client.get(f"/my-signature/{one.uid}/").content.decode()
    assert client.get(f"/my-signature/{one.uid}/withdraw/").status_code == 200
    assert state(one.uid) == SignatureState.CONFIRMED
    response = client.post(f"/my-signature/{one.uid}/withdraw/")
    assert (response.status_code, response["Location"]) == (303, f"/my-signature/{one.uid}/")
    shown = client.get(response["Location"]).content.decode()
    assert "You withdrew your signature" in shown
    assert "Sign again" in shown
    assert state(one.uid) == SignatureState.WITHDRAWN


def test_confirming_what_was_withdrawn_changes_nothing(client: Client) -> None:
    one = waiting()
    confirm_page(client, one)
    signatures.withdraw(uid=one.uid, at=timezone.now())
    response = client.post(f"/my-signature/{one.uid}/confirm/", {"seen": one.seen_digest()})
    assert response.status_code == 409
    assert state(one.uid) == SignatureState.WITHDRAWN


def test_the_owners_forms_need_their_csrf_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    one = waiting()
    confirm_page(strict, one)
    response = strict.post(f"/my-signature/{one.uid}/confirm/", {"seen": one.seen_digest()})
    assert response.status_code == 403
    assert "Your form timed out" in response.content.decode()
    assert state(one.uid) == SignatureState.PENDING


def test_this_was_not_me_deletes_the_form(client: Client) -> None:
    one = waiting()
    confirm_page(client, one)
    page = f"/my-signature/{one.uid}/not-me/"
    assert "Delete it" in client.get(page).content.decode()
    response = client.post(page)
    assert response.status_code == 200
    assert "Nothing was counted." in response.content.decode()
    assert not Signature.objects.exists()
    assert client.get(page).status_code == 403


def test_never_again_is_a_tick_beside_it(client: Client) -> None:
    one = waiting()
    confirm_page(client, one)
    shown = client.post(f"/my-signature/{one.uid}/not-me/", {"never_again": "1"}).content.decode()
    assert "will never write to this address again" in shown
    assert Mailbox.objects.get().never_again_at


def test_whoever_lacks_the_cookie_cannot_disown(client: Client) -> None:
    one = waiting()
    assert client.post(f"/my-signature/{one.uid}/not-me/", {"never_again": "1"}).status_code == 403
    assert Signature.objects.get().uid == one.uid
    assert not Mailbox.objects.exists()


def test_who_confirms_an_earlier_text_is_told_that_it_changed(client: Client) -> None:
    one = waiting()
    assert "The text has changed" not in confirm_page(client, one).content.decode()
    words = {"title": "T", "addressees": "A", "body": "B"}
    text = LetterText(letter=one.letter, kind=TextKind.AMENDMENT, reason="More.", **words)
    versions.publish(text=text, by=None, at=timezone.now())
    shown = confirm_page(client, one).content.decode()
    assert "The text has changed since you signed it" in shown
    assert f"/letters/{one.letter.slug}/versions/" in shown
    press_confirm(client, one)
    assert state(one.uid) == SignatureState.CONFIRMED
