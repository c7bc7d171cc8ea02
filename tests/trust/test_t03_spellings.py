"""T3: one person, many spellings. Whatever is typed, a mailbox signs a letter once.

That 200 parallel posts and 50 parallel confirms of one mailbox give one signature, is in
tests/services/test_parallel.py; here the spellings differ more.
"""

from __future__ import annotations

import dataclasses
import threading

import pytest
from django.test import Client

from letters import addresses
from letters.enums import SignatureState
from letters.models import Letter, Signature
from letters.services import signatures
from tests import builders
from tests.services.test_parallel import together

pytestmark = pytest.mark.django_db(transaction=True)
ONE_MAILBOX = (
    "ben.okafor@gmail.com", "benokafor@gmail.com", "b.e.n.o.k.a.f.o.r@gmail.com", "Ben.Okafor@Gmail.com",
    "BENOKAFOR@GMAIL.COM", "ben.okafor@googlemail.com", "BenOkafor@GoogleMail.com", "ben.okafor+a@gmail.com",
    "benokafor+letters@gmail.com", "ben.okafor+a+b@gmail.com", "b.enokafor+x.y@googlemail.com",
    "benokafor+@gmail.com", " ben.okafor@gmail.com ", "ben.okafor@ｇｍａｉｌ.com", "ben.okafor@gmail。com",
    "benoka.for+2026-03-14@gmail.com", "BEN.OKAFOR+LETTERS@GOOGLEMAIL.COM", "benokafor+ben.okafor@gmail.com",
    "be.nokafo.r@gmail.com", "benokafor+_-@gmail.com",
)  # fmt: skip
TWO_MAILBOXES = (
    ("a.b@example.org", "ab@example.org"),
    ("ab@example.org", "ab@example.com"),
    ("ab@gmail.com", "abc@gmail.com"),
    ("a-b@example.org", "a-c@example.org"),
    ("a_b@gmail.com", "ab@gmail.com"),
)


def post_each_at_once(letter: Letter, spellings: tuple[str, ...]) -> set[int]:
    local = threading.local()

    def post(number: int) -> int:
        client = local.__dict__.setdefault("client", Client())
        data = {"name": "Ben Okafor", "email": spellings[number], "visibility": "public"}
        return client.post(f"/letters/{letter.slug}/sign/", data).status_code

    return set(together(len(spellings), post, threads=min(16, len(spellings))))


def test_there_are_20_spellings() -> None:
    assert len(set(ONE_MAILBOX)) == 20


def test_20_spellings_of_one_mailbox_at_once_are_one_signature_before_and_after_confirming() -> None:
    letter = builders.letter()
    assert post_each_at_once(letter, ONE_MAILBOX) == {303}
    one = Signature.objects.live().get()
    signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=one.created_at)
    assert post_each_at_once(letter, ONE_MAILBOX) == {303}
    assert list(Signature.objects.values_list("uid", "state")) == [(one.uid, SignatureState.CONFIRMED)]


@pytest.mark.parametrize("spellings", TWO_MAILBOXES)
def test_what_no_rule_joins_stays_two(spellings: tuple[str, ...]) -> None:
    letter = builders.letter()
    assert post_each_at_once(letter, spellings) == {303}
    assert Signature.objects.live().count() == 2


@pytest.mark.parametrize(
    "address",
    ["=?utf-8?q?ben?=@example.org", "=?utf-8?q?=62=65=6e?=@example.org", "=?utf-8?b?YmVu?=@example.org"],
)
def test_an_encoded_word_is_no_way_to_spell_a_mailbox_anew(client: Client, address: str) -> None:
    """The mail library would decode it and write to ben@example.org, under another mailbox key."""
    letter = builders.letter()
    data = {"name": "Ben Okafor", "email": address, "visibility": "public"}
    assert client.post(f"/letters/{letter.slug}/sign/", data).status_code == 422
    assert not Signature.objects.exists()


def test_new_rules_leave_the_keys_of_older_letters_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    older = builders.letter()
    before = builders.confirmed(older, email="b.en@example.org")
    first = addresses.VERSIONS[1]
    dotless = dataclasses.replace(first, dotless=first.dotless | {"example.org"})
    monkeypatch.setitem(addresses.VERSIONS, 2, dotless)  # type: ignore[arg-type]
    monkeypatch.setitem(addresses.canonical.__kwdefaults__, "version", 2)
    monkeypatch.setitem(addresses.mailbox_key.__kwdefaults__, "version", 2)
    newer = builders.letter("day-trains", address_rules=2)
    assert Letter.objects.get(pk=older.pk).address_rules == 1

    def live(letter: Letter, address: str) -> int:
        builders.signed(letter, email=address)
        return Signature.objects.live().filter(letter=letter).count()

    assert [live(older, address) for address in ("b.en@example.org", "ben@example.org")] == [1, 2]
    assert [live(newer, address) for address in ("b.en@example.org", "ben@example.org")] == [1, 1]
    again = Signature.objects.get(uid=before.uid)
    assert (again.state, bytes(again.email_key)) == (SignatureState.CONFIRMED, bytes(before.email_key))
