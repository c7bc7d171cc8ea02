"""Who signed an earlier text is asked, reads what changed, and signs the new one or does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from letters import tokens
from letters.models import LetterText, Signature, Tally
from letters.services import ledger, versions
from letters.tokens import Purpose
from tests import builders
from tests.web import own

pytestmark = pytest.mark.django_db
LETTER = "/letters/night-trains/"
SAYS = "Sign the new text"


def amend(one: Signature, **fields: Any) -> LetterText:
    values = {"title": "Keep all night trains", "asks_again": True, "reason": "Ministers agreed."}
    return builders.changed(one.letter, at=timezone.now(), **{**values, **fields})


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def test_the_link_of_the_mail_leads_to_one_button(client: Client) -> None:
    one = own.counted()
    new = amend(one)
    link = f"/s/{tokens.make(Purpose.MANAGE, uid=one.uid, at=timezone.now())}/?new-text"
    response = client.get(link)
    assert (response.status_code, response["Location"]) == (303, own.page(one, "new-text/"))
    shown = client.get(response["Location"])
    assert shown["Cache-Control"] == "private, no-store"
    for words in (SAYS, "You signed version 1.", "Ministers agreed.", "<ins>", "Ben Okafor", new.h):
        assert words in text(shown)
    done = client.post(own.page(one, "new-text/"), {"seen": new.h})
    assert "Your signature stands on version 2 now." in text(done)
    assert builders.stored(one.uid).text == new
    again = client.post(own.page(one, "new-text/"), {"seen": new.h})
    assert again.status_code == 200
    assert client.get(own.page(one, "new-text/")).status_code == 303


def test_its_own_page_offers_it_while_it_is_asked(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    assert "sign the new text" not in text(client.get(own.page(one)))
    amend(one)
    assert "sign the new text" in text(client.get(own.page(one)))


def test_where_nobody_is_asked_there_is_no_such_page(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    new = amend(one, asks_again=False)
    response = client.get(own.page(one, "new-text/"))
    assert (response.status_code, response["Location"]) == (303, own.page(one))
    assert client.post(own.page(one, "new-text/"), {"seen": new.h}).status_code == 409
    assert builders.stored(one.uid).text.version == 1


def test_a_text_that_was_replaced_while_it_was_read_is_shown_anew(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, Purpose.MANAGE)
    read = amend(one)
    newer = amend(one, title="Keep every night train")
    response = client.post(own.page(one, "new-text/"), {"seen": read.h})
    assert response.status_code == 409
    assert "The text has changed once more." in text(response)
    assert newer.h in text(response)
    assert builders.stored(one.uid).text.version == 1


def test_a_stranger_sees_and_signs_nothing(client: Client) -> None:
    one = own.counted()
    new = amend(one)
    assert client.get(own.page(one, "new-text/")).status_code == 403
    assert client.post(own.page(one, "new-text/"), {"seen": new.h}).status_code == 403
    assert builders.stored(one.uid).text.version == 1


def test_between_two_languages_the_whole_text_is_shown(client: Client) -> None:
    one = own.counted()
    german = LetterText(letter=one.letter, language="de", title="Z", addressees="A", body="Alle Züge.")
    versions.translate(text=german, by=None, at=timezone.now())
    Signature.objects.filter(pk=one.pk).update(text=german, counted_text=1)
    own.opened(client, one, Purpose.MANAGE)
    amend(one)
    shown = text(client.get(own.page(one, "new-text/")))
    assert "<ins>" not in shown
    assert "Every evening people" in shown


def test_readers_see_how_many_signed_which(client: Client) -> None:
    one = own.counted()
    own.counted(one.letter, email="cleo@example.org")
    new = amend(one)
    own.opened(client, one, Purpose.MANAGE)
    client.post(own.page(one, "new-text/"), {"seen": new.h})
    ledger.seal(letter_id=one.letter_id, at=timezone.now() + timedelta(minutes=1))
    assert Tally.objects.get().count == 2
    assert "1 signed this text, 1 an earlier one." in text(client.get(LETTER))
    history = text(client.get(f"{LETTER}versions/"))
    assert "1 signed the newest text, 1 an earlier one." in history
    assert "Those who signed an earlier version were asked to sign this one." in history
    rows = client.get("/api/v1/letters/night-trains/versions").json()["data"]
    assert [(row["asks_again"], row["confirmed_on_version"]) for row in rows] == [(True, 1), (False, 1)]


def test_a_letter_of_one_version_says_nothing_of_it(client: Client) -> None:
    own.counted()
    assert "signed this text" not in text(client.get(LETTER))
