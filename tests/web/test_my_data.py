"""Taking one's data along, being forgotten, deleting everything: each after a fresh mail."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters import limits
from letters.delivery import email
from letters.enums import SignatureState
from letters.models import Erasure, Message, Signature, Tally
from letters.services import ledger, reasons
from letters.tokens import Purpose
from tests import builders
from tests.smtp import Inbox
from tests.web import own

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/"
PERSON = ("Ben Okafor", "ben@example.org", "Nurse", "For my sister.")


def test_an_older_link_opens_no_data_but_sends_the_mail_that_does(client: Client, inbox: Inbox) -> None:
    one = own.counted()
    Message.objects.all().delete()
    own.opened(client, one, Purpose.MANAGE)
    for name in ("data/download/", "data/forget/", "data/delete/"):
        assert client.get(own.page(one, name))["Location"] == own.page(one, "data/")
        if name != "data/download/":
            assert client.post(own.page(one, name))["Location"] == own.page(one, "data/")
    assert builders.stored(one.uid).erased_at is None
    for _ in range(3):  # pressed again and again, it is one mail
        assert client.post(own.page(one, "data/"))["Location"] == own.page(one, "data/?sent=1")
    email.drain(clock=timezone.now)
    [mail] = inbox.mails
    assert (mail["To"], mail["Subject"].strip()) == ("ben@example.org", "Your data")
    link = inbox.link()
    assert client.get(link)["Location"] == own.page(one, "data/")
    assert "Download my data" in client.get(own.page(one, "data/")).content.decode()


def test_the_link_works_for_an_hour(client: Client) -> None:
    one = own.counted()
    late = timezone.now() - limits.FRESH_FOR - timedelta(seconds=2)
    response = own.opened(client, one, Purpose.DATA, at=late)
    assert response.status_code == 410
    assert client.get(own.page(one, "data/")).status_code == 403


def test_the_file_holds_all_that_is_known_of_a_person_and_no_secret(client: Client) -> None:
    one = own.counted(country="NG", affiliation="City Hospital")
    reasons.give(uid=one.uid, reason="For my sister.", at=timezone.now())
    own.opened(client, one, Purpose.DATA)
    response = client.get(own.page(one, "data/download/"))
    assert response["Content-Disposition"] == 'attachment; filename="my-data-night-trains.json"'
    assert response["Cache-Control"] == "private, no-store"
    found = json.loads(response.content)
    said = found["signature"]
    assert [said[name] for name in ("name", "email", "role", "affiliation", "country", "reason")] == [
        "Ben Okafor", "ben@example.org", "Nurse", "City Hospital", "NG", "For my sister.",
    ]  # fmt: skip
    assert {event["name"] for event in found["events"]} >= {"signature.confirmed", "reason.given"}
    handed = {*said, "email_sealed", "salt_sealed", "form_key", "search_name"}
    assert set(Signature.Privacy.personal) <= handed  # a new personal field is handed over, too


def test_forgotten_the_person_is_gone_and_the_voice_stays(client: Client) -> None:
    one = own.counted()
    reasons.give(uid=one.uid, reason="For my sister.", at=timezone.now())
    own.opened(client, one, Purpose.DATA)
    assert "Ben Okafor" in client.get(own.page(one, "data/forget/")).content.decode()
    done = client.post(own.page(one, "data/forget/"))
    assert "You are forgotten, and you count" in done.content.decode()
    ledger.seal(letter_id=one.letter_id, at=timezone.now() + timedelta(minutes=2))
    assert (Tally.objects.get().count, Tally.objects.get().erased_counted) == (1, 1)
    row = str(Signature.objects.filter(pk=one.pk).values().get())
    assert [word for word in PERSON if word in row] == []
    assert Erasure.objects.filter(uid=one.uid).exists()
    shown = client.get(own.page(one)).content.decode()
    assert "you asked to be forgotten" in shown
    assert "Withdraw my signature" in shown


def test_deleted_the_person_and_the_voice_are_gone(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.DATA)
    assert "Withdrawn and deleted" in client.post(own.page(one, "data/delete/")).content.decode()
    assert client.post(own.page(one, "data/delete/")).status_code == 200  # twice changes nothing
    ledger.seal(letter_id=one.letter_id, at=timezone.now() + timedelta(minutes=2))
    after = builders.stored(one.uid)
    assert (after.state, after.name, after.email_sealed) == (SignatureState.WITHDRAWN, "", None)
    tally = Tally.objects.get()
    assert (tally.count, tally.withdrawn, tally.erased_counted) == (0, 1, 0)


def test_who_was_forgotten_can_still_withdraw_and_delete(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.DATA)
    client.post(own.page(one, "data/forget/"))
    client.post(own.page(one, "data/delete/"))
    ledger.seal(letter_id=one.letter_id, at=timezone.now() + timedelta(minutes=2))
    assert (Tally.objects.get().count, Tally.objects.get().erased_counted) == (0, 0)


def test_a_form_that_was_never_confirmed_is_deleted_whole(client: Client) -> None:
    one = builders.signed(own.letter(), at=timezone.now())
    own.opened(client, one, Purpose.DATA)
    client.post(own.page(one, "data/delete/"))
    assert not Signature.objects.exists()
    assert Erasure.objects.filter(uid=one.uid).exists()  # a restored copy forgets it, too
