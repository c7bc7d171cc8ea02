"""The owner of a signature changes what it says, says why they signed, and revokes links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from letters.enums import Display, ReasonDisplay, SignatureState
from letters.models import Event, LedgerEntry, Signature
from letters.services import claims, ledger, reasons
from letters.tokens import Purpose
from tests import builders
from tests.web import own

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"


def answers(**fields: Any) -> dict[str, Any]:
    said = {"name": "Ben Okafor-Lind", "role": "Head nurse", "affiliation": "", "country": "NG"}
    return {**said, "visibility": "public", "language": "en", **fields}


def test_a_new_name_is_shown_at_once_and_in_the_ledger_with_the_next_seal(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    shown = client.get(own.page(one, "change/")).content.decode()
    assert 'value="Ben Okafor"' in shown
    response = client.post(own.page(one, "change/"), answers())
    assert (response.status_code, response["Location"]) == (303, own.page(one))
    assert "Ben Okafor-Lind" in client.get(f"{PAGE}signatures/").content.decode()
    ledger.seal(letter_id=one.letter_id, at=timezone.now() + timedelta(minutes=2))
    after = builders.stored(one.uid)
    assert after.claim_leaf is not None
    assert after.claim_leaf > (one.claim_leaf or 0)


def test_before_confirming_a_slip_is_mended_and_shown_again(client: Client) -> None:
    one = builders.signed(own.letter(), at=timezone.now(), name="Ben Okafro")
    own.opened(client, one, Purpose.CONFIRM)
    response = client.post(own.page(one, "change/"), answers(name="Ben Okafor"))
    assert response["Location"] == own.page(one, "confirm/")
    assert "Ben Okafor" in client.get(response["Location"]).content.decode()
    assert builders.stored(one.uid).state == SignatureState.PENDING
    assert not Event.objects.filter(subject=str(one.uid)).exists()  # a form that nobody confirmed is no event


def test_hiding_a_name_is_seen_at_once(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    client.post(own.page(one, "change/"), answers(name="Ben Okafor", visibility="private"))
    assert "Ben Okafor" not in client.get(PAGE).content.decode()
    assert builders.stored(one.uid).display == Display.PRIVATE


def test_where_names_are_read_first_a_changed_one_waits_again(client: Client) -> None:
    one = own.counted(own.letter(names_after_review=True))
    Signature.objects.filter(pk=one.pk).update(display=Display.SHOWN)
    own.opened(client, one, Purpose.MANAGE)
    assert "A person reads your name again" in client.get(own.page(one, "change/")).content.decode()
    client.post(own.page(one, "change/"), answers())
    assert builders.stored(one.uid).display == Display.WAITING


def test_wishes_about_mails_change_nothing_that_the_ledger_holds(client: Client) -> None:
    one = own.counted(country="NG")
    own.opened(client, one, Purpose.MANAGE)
    said = answers(name="Ben Okafor", role="Nurse", updates="on", language="ar")
    client.post(own.page(one, "change/"), said)
    after = builders.stored(one.uid)
    assert (after.updates, after.language) == (True, "ar")
    assert not LedgerEntry.objects.filter(signature=one).exists()
    assert '<html lang="ar" dir="rtl">' in client.get(own.page(one)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"name": ""}, "Enter your full name."), ({"name": "a\u202eb"}, "U+202E"), ({"language": "xx"}, "xx")],
)
def test_a_mistake_keeps_what_was_typed(client: Client, wrong: dict[str, str], says: str) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    response = client.post(own.page(one, "change/"), answers(role="Midwife", **wrong))
    shown = response.content.decode()
    assert response.status_code == 422
    assert says in shown
    assert 'value="Midwife"' in shown
    assert builders.stored(one.uid).role == "Nurse"


def test_a_reason_waits_for_a_person_and_stands_with_the_name_afterwards(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    client.post(own.page(one, "reason/"), {"reason": "My sister\r\nlives in Vienna."})
    assert builders.stored(one.uid).reason == "My sister lives in Vienna."
    assert "My sister" not in client.get(PAGE).content.decode()
    assert "A person reads it first." in client.get(own.page(one)).content.decode()
    reasons.show(uid=one.uid, by=None, at=timezone.now())
    assert "My sister lives in Vienna." in client.get(PAGE).content.decode()
    client.post(own.page(one, "reason/"), {"reason": "My sister moved."})
    assert "My sister" not in client.get(PAGE).content.decode()
    assert builders.stored(one.uid).reason_display == ReasonDisplay.WAITING


def test_a_reason_goes_with_the_name_and_comes_back_with_it(client: Client) -> None:
    one = own.counted()
    reasons.give(uid=one.uid, reason="For my sister.", at=timezone.now())
    reasons.show(uid=one.uid, by=None, at=timezone.now())
    own.opened(client, one, Purpose.MANAGE)
    client.post(own.page(one, "change/"), answers(visibility="private"))
    assert "For my sister." not in client.get(PAGE).content.decode()
    client.post(own.page(one, "change/"), answers())
    assert "For my sister." in client.get(PAGE).content.decode()


@pytest.mark.parametrize("words", ["x" * 281, "see www.example.com", "a\u202eb", "\x00"])
def test_a_reason_that_cannot_be_shown_is_refused(client: Client, words: str) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    assert client.post(own.page(one, "reason/"), {"reason": words}).status_code == 422
    assert builders.stored(one.uid).reason == ""


def test_revoked_links_open_nothing_and_this_browser_goes_on(client: Client) -> None:
    one, before = own.counted(), timezone.now() - timedelta(seconds=5)
    stranger = Client()
    own.opened(stranger, one, Purpose.MANAGE, at=before)
    assert stranger.get(own.page(one)).status_code == 200
    own.opened(client, one, Purpose.MANAGE)
    assert client.post(own.page(one, "revoke/")).status_code == 303
    assert client.get(own.page(one)).status_code == 200
    assert stranger.get(own.page(one)).status_code == 403
    old = own.opened(Client(), one, Purpose.MANAGE, at=before)
    assert old.status_code == 410
    assert "This link opens nothing any more" in old.content.decode()
    assert f"{PAGE}my-signature/" in old.content.decode()


def test_a_link_made_in_the_second_of_the_revocation_opens_the_page(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    client.post(own.page(one, "revoke/"))
    at_once = Client()
    assert own.opened(at_once, one, Purpose.DATA, at=timezone.now()).status_code == 303
    assert at_once.get(own.page(one, "data/")).status_code == 200


@pytest.mark.parametrize("name", ["change/", "reason/", "revoke/", "data/", "data/forget/", "data/delete/"])
def test_without_the_mail_nothing_opens_and_nothing_changes(client: Client, name: str) -> None:
    one, other = own.counted(), own.counted(builders.letter("other"), email="cleo@example.org")
    own.opened(client, other, Purpose.DATA)  # a cookie of another signature
    before = Signature.objects.filter(pk=one.pk).values().get()
    assert client.get(own.page(one, name)).status_code in {403, 405}
    assert client.post(own.page(one, name), answers(reason="x")).status_code == 403
    assert Signature.objects.filter(pk=one.pk).values().get() == before


def test_what_was_removed_says_why_and_whom_to_ask_and_cannot_be_changed(client: Client) -> None:
    one = own.counted()
    Signature.objects.filter(pk=one.pk).update(
        state=SignatureState.REMOVED, removal="flood", removed_at=timezone.now()
    )
    own.opened(client, one, Purpose.MANAGE)
    shown = client.get(own.page(one)).content.decode()
    assert "The reason: Part of a flood." in shown
    assert "mailto:press@nightrail.example" in shown
    response = client.post(own.page(one, "change/"), answers())
    assert response.status_code == 409
    assert str(claims.NotNow.message) in response.content.decode()
