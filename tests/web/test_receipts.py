"""Receipts on the web: the owner's download, and the page that checks what anybody brings."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from letters import tokens
from letters.enums import RemovalReason
from letters.ledger import receipts
from letters.models import Letter, Signature
from letters.queries import leaves
from letters.services import erasures, ledger, removals, signatures
from letters.tokens import Purpose
from tests import builders
from tests.test_get_never_writes import everything

pytestmark = pytest.mark.django_db
PAGE = "/letters/night-trains/ledger/receipt/"


def enter(client: Client, one: Signature) -> str:
    """Open the owner's pages and return the address of the receipt."""
    client.get(f"/s/{tokens.make(Purpose.MANAGE, uid=one.uid, at=timezone.now())}/")
    return f"/my-signature/{one.uid}/receipt/"


def counted(letter: Letter | None = None, **fields: Any) -> Signature:
    one = builders.counted(letter or builders.letter(), **fields)
    builders.published(one.letter)
    return one


def receipt(one: Signature) -> str:
    found = leaves.receipt(signature=builders.stored(one.uid))
    assert found
    return receipts.write(found).decode()


def bring(client: Client, text: str, status: int = 200) -> str:
    response = client.post(PAGE, {"pasted": text})
    assert response.status_code == status
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def test_its_owner_downloads_it(client: Client) -> None:
    one = counted()
    path = enter(client, one)
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Content-Disposition"] == 'attachment; filename="receipt-night-trains.json"'
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.decode() == receipt(one)
    assert response.json()["claim"]["name"] == "Ben Okafor"
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_nobody_else_does(client: Client) -> None:
    one = counted()
    other = counted(one.letter, email="cleo@example.org")
    stranger = Client()
    assert stranger.get(f"/my-signature/{one.uid}/receipt/").status_code == 403
    enter(client, other)
    cookie = client.cookies["signature"].value
    stranger.cookies["signature"] = cookie
    response = stranger.get(f"/my-signature/{one.uid}/receipt/")
    assert response.status_code == 403
    assert "Ben Okafor" not in response.content.decode()


def test_the_owners_page_links_to_it_and_says_that_it_is_private(client: Client) -> None:
    one = counted()
    path = enter(client, one)
    shown = client.get(path.removesuffix("receipt/")).content.decode()
    assert f'href="{path}"' in shown
    assert "It holds your name and your email address: keep it private." in shown


def test_until_there_is_one_the_page_says_when(client: Client) -> None:
    letter = builders.letter()
    pending = builders.signed(letter)
    path = enter(client, pending)
    shown = client.get(path)
    assert (shown.status_code, shown["Cache-Control"]) == (404, "private, no-store")
    assert "you have not confirmed it yet" in shown.content.decode()
    signatures.confirm(uid=pending.uid, seen=pending.seen_digest(), at=builders.NOW)
    assert "It will be within two minutes" in client.get(path).content.decode()
    assert f'href="{path}"' not in client.get(path.removesuffix("receipt/")).content.decode()
    ledger.seal(letter_id=letter.pk, at=builders.NOW)
    assert "It will be within two minutes" in client.get(path).content.decode()
    builders.published(letter)
    assert client.get(path).status_code == 200


def test_after_erasure_there_is_none_any_more(client: Client) -> None:
    one = counted()
    path = enter(client, one)
    erasures.erase(uid=one.uid, at=builders.NOW)
    response = client.get(path)
    assert response.status_code == 404
    assert "No receipt any more" in response.content.decode()
    assert f'href="{path}"' not in client.get(path.removesuffix("receipt/")).content.decode()


def test_the_page_that_checks_needs_no_login_and_no_cookie(client: Client) -> None:
    one = counted()
    text = receipt(one)
    response = client.get(PAGE)
    assert response.status_code == 200
    assert not response.cookies
    strict = Client(enforce_csrf_checks=True)
    assert "This signature counts." in bring(strict, text)
    assert client.get("/letters/none/ledger/receipt/").status_code == 404
    assert client.post("/letters/none/ledger/receipt/", {"pasted": text}).status_code == 404


def test_it_says_whose_it_is_and_where_it_stands(client: Client) -> None:
    shown = bring(client, receipt(counted(name="O’Connor & <Sons>")))
    assert "This signature counts." in shown
    assert "O’Connor &amp; &lt;Sons&gt;" in shown
    assert "Leaf 3, proved under the signed state of 5 leaves" in shown
    assert "changed later" not in shown


@pytest.mark.parametrize("end", ["withdrawn", "removed", "lost"])
def test_it_says_what_became_of_the_signature(client: Client, end: str) -> None:
    one = counted()
    text = receipt(one)
    if end == "withdrawn":
        signatures.withdraw(uid=one.uid, at=builders.NOW)
    elif end == "removed":
        removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=builders.NOW)
    else:
        Signature.objects.filter(pk=one.pk).delete()
    ledger.seal(letter_id=one.letter_id, at=builders.NOW + timedelta(minutes=1))
    assert f"This signature was {end}." in bring(client, text)


def test_it_says_that_the_claim_was_changed_later(client: Client) -> None:
    one = counted()
    text = receipt(one)
    Signature.objects.filter(pk=one.pk).update(claim_leaf=7)  # as a seal leaves it after a change
    assert "was changed later, by leaf 7" in bring(client, text)


def test_a_receipt_of_another_history_is_called_evidence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = receipt(counted())
    monkeypatch.setattr(leaves, "standing", lambda **given: None)
    shown = bring(client, text)
    assert "This receipt proves another list than ours" in shown
    assert "it is evidence" in shown


def test_a_file_is_read_before_pasted_text(client: Client) -> None:
    text = receipt(counted())
    for content in (text.encode(), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        file = SimpleUploadedFile("receipt.json", content)
        shown = client.post(PAGE, {"file": file, "pasted": "x"}).content.decode()
        assert "This signature counts." in shown


def changed(text: str, **fields: Any) -> str:
    return json.dumps({**json.loads(text), **fields})


def test_each_error_says_how_to_fix_it_and_keeps_what_was_brought(client: Client) -> None:
    text = receipt(counted())
    other = receipt(counted(builders.letter("day-trains"), email="cleo@example.org"))
    said = {
        "": "Choose the file of your receipt, or paste it.",
        "<b>hello</b>": "copy all of it",
        text[:-5]: "copy all of it",
        "x" * 30_000: "This is longer than any receipt",
        other: "This receipt is for another letter",
        text.replace("Ben Okafor", "Ben Other"): "no longer open the leaf",
        changed(text, proof=[]): "does not lead to its checkpoint",
        changed(text, checkpoint=json.loads(text)["checkpoint"][:-10] + "AAAAAAAA=\n"): "not signed by a key",
    }
    for brought, words in said.items():
        shown = bring(client, brought, 422)
        assert words in shown
        assert "Error:" in shown.split("</title>")[0]
        assert "<b>hello" not in shown
    kept = client.post(PAGE, {"pasted": text[:-5]}).context["form"]
    assert kept["pasted"].value() == text[:-5]
    uploaded = {"file": SimpleUploadedFile("receipt.json", text[:-5].encode())}
    assert client.post(PAGE, uploaded).context["form"]["pasted"].value() == text[:-5]


HOSTILE = [
    b"[" * 15_000, b'{"a":' * 3_000, b"9" * 5_000, b'{"index":1e999}', b"\x00", b"\xff\xfe", b"null",
    b"\xed\xa0\x80",
    b'{"letter":"\\ud800"}', b"NaN", b"\xef\xbb\xbf", b"{}" * 400_000,
]  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_an_error_of_the_form(client: Client, content: bytes) -> None:
    builders.letter()
    file = SimpleUploadedFile("receipt.json", content)
    assert client.post(PAGE, {"file": file}).status_code == 422
    pasted = content.decode("utf-8", "replace")
    assert client.post(PAGE, {"pasted": pasted}).status_code == 422


def test_what_is_no_form_at_all_is_refused(client: Client) -> None:
    builders.letter()
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        assert client.post(PAGE, b"{}", content_type=kind).status_code in (400, 422)
    assert client.post(PAGE, {"pasted": "x" * 1_100_000}).status_code == 413
    assert client.post(PAGE, {str(number): "" for number in range(300)}).status_code == 400
    assert client.put(PAGE).status_code == 405


VALUES = [None, True, -1, 0, 2**63, 10**3_000, 1.5, "", "x", "\ud800", "\x00", [], ["x"] * 70, {}, {"t": []}]


def test_hundreds_of_receipts_with_other_parts_never_break_the_page(client: Client) -> None:
    dice = random.Random(3)
    whole = json.loads(receipt(counted()))
    for _ in range(300):
        broken = json.loads(json.dumps(whole))
        place = dice.choice([broken, broken["claim"]])
        place[dice.choice(list(place))] = dice.choice(VALUES)
        if isinstance(broken["checkpoint"], str):
            lines = broken["checkpoint"].split("\n")
            lines[dice.randrange(len(lines))] = dice.choice(["", "9" * 16, "0", "— x y", "\ud800", "é"])
            broken["checkpoint"] = dice.choice(["\n".join(lines), broken["checkpoint"]])
        expected = 200 if json.dumps(broken) == json.dumps(whole) else 422
        assert client.post(PAGE, {"pasted": json.dumps(broken)}).status_code == expected


def test_checking_stores_nothing(client: Client) -> None:
    text = receipt(counted())
    before = everything()
    bring(client, text)
    bring(client, text[:-5], 422)
    assert everything() == before
