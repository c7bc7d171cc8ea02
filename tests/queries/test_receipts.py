"""A signatory's receipt: there once it proves something, accepted by the verifier, gone with the person."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from letters.enums import RemovalReason
from letters.ledger import batches, receipts
from letters.ledger.receipts import BadReceipt, Receipt
from letters.models import LedgerEntry, Letter, Message, Signature, claim
from letters.models.checkpoint import CheckpointQuerySet
from letters.queries import leaves
from letters.queries.leaves import Standing
from letters.records import entries
from letters.services import erasures, keys, ledger, removals, signatures
from tests import builders
from tests.builders import NOW
from tests.verify import runs
from tests.verify.runs import Result

pytestmark = pytest.mark.django_db
NAMES = ("Zoë Ångström", "Ada", "محمد", "O’Connor & <Sons>")


def receipt(one: Signature) -> Receipt | None:
    return leaves.receipt(signature=builders.stored(one.uid))


def given(one: Signature) -> Receipt:
    found = receipt(one)
    assert found
    return found


def sealed(letter: Letter, after: int) -> None:
    moment = NOW + timedelta(minutes=after)
    ledger.seal(letter_id=letter.pk, at=moment)
    builders.published(letter, at=moment)


def change(one: Signature, **fields: str) -> None:
    """What its owner says is another thing from now on, and the next seal looks at it."""
    one = builders.stored(one.uid)
    for name, value in fields.items():
        setattr(one, name, value)
    claim.commit(one)
    one.save()
    with transaction.atomic():
        entries.put(signature=one, at=NOW)


def standing(one: Receipt, letter: Letter) -> Standing | None:
    proven = receipts.verify(one, vkeys=leaves.keys_at(letter_id=letter.pk, size=one.size))
    return leaves.standing(letter_id=letter.pk, receipt=one, proven=proven)


def test_there_is_none_before_a_signed_state_covers_it() -> None:
    letter = builders.letter()
    builders.published(letter)
    one = builders.signed(letter)
    assert receipt(one) is None
    one = signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=NOW)
    assert receipt(one) is None
    ledger.seal(letter_id=letter.pk, at=NOW)
    assert receipt(one) is None
    builders.published(letter)
    assert given(one).index == builders.stored(one.uid).leaf == 3


def test_it_is_proved_under_the_newest_signed_state() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    first = builders.published(letter)
    builders.counted(letter, email="cleo@example.org")
    assert given(one).note == first.note
    second = builders.published(letter)
    assert given(one).note == second.note != first.note
    assert given(one).size == second.checkpoint.size


def by_the_verifier(one: Receipt, letter: Letter, folder: Path, client: object) -> Result:
    path, bundle = folder / "me.json", folder / "letter.tar"
    path.write_bytes(receipts.write(one))
    response = client.get(f"/letters/{letter.slug}/ledger/bundle.tar")  # type: ignore[attr-defined]
    bundle.write_bytes(b"".join(response.streaming_content))
    later = f"{NOW + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    return runs.here("--bundle", bundle, "--receipt", path, "--now", later)


@pytest.mark.parametrize("name", NAMES)
def test_the_verifier_accepts_it(name: str, tmp_path: Path, client: object) -> None:
    letter = builders.letter()
    one = builders.counted(letter, name=name, affiliation="L'Université «libre»", role="№ 1")
    builders.published(letter)
    done = by_the_verifier(given(one), letter, tmp_path, client)
    assert done.status == 0, done.output
    assert f"signed as {name!a}." in done.output
    assert "Your signature is now counted." in done.output


def test_each_of_many_has_its_own(tmp_path: Path, client: object) -> None:
    letter = builders.letter()
    ones = [builders.confirmed(letter, email=f"s{number}@example.org") for number in range(270)]
    ledger.seal(letter_id=letter.pk, at=NOW)
    builders.published(letter)
    found = [given(one) for one in ones]
    assert sorted(one.index for one in found) == list(range(3, 273))
    assert by_the_verifier(found[-1], letter, tmp_path, client).status == 0


def test_a_change_has_no_receipt_until_it_is_sealed_and_then_another(tmp_path: Path, client: object) -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    builders.published(letter)
    early = given(one)
    change(one, name="Benjamin Okafor")
    assert receipt(one) is None
    sealed(letter, after=1)
    late = given(one)
    assert (late.index, early.index) == (builders.stored(one.uid).claim_leaf, builders.stored(one.uid).leaf)
    assert (early.says("name"), late.says("name")) == ("Ben Okafor", "Benjamin Okafor")
    assert standing(early, letter) == standing(late, letter) == Standing(batches.ACTIVE, late.index)
    assert "changed later" in by_the_verifier(early, letter, tmp_path, client).output
    assert "changed later" not in by_the_verifier(late, letter, tmp_path, client).output


def test_there_is_none_once_the_person_or_the_address_is_gone() -> None:
    letter = builders.letter()
    one, other, third = (builders.confirmed(letter, email=f"{name}@example.org") for name in "abc")
    ledger.seal(letter_id=letter.pk, at=NOW)
    builders.published(letter)
    assert all(given(each) for each in (one, other, third))
    erasures.erase(uid=one.uid, at=NOW)
    Signature.objects.filter(pk=other.pk).update(email_sealed=None)
    Signature.objects.filter(pk=third.pk).update(salt_sealed=None)
    assert [receipt(each) for each in (one, other, third)] == [None, None, None]


def test_a_withdrawn_signature_keeps_its_proof_while_its_address_is_kept() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    builders.published(letter)
    signatures.withdraw(uid=one.uid, at=NOW)
    sealed(letter, after=1)
    assert standing(given(one), letter) == Standing(batches.WITHDRAWN, 3)


def test_it_tells_what_became_of_each() -> None:
    letter = builders.letter()
    ones = {name: builders.confirmed(letter, email=f"{name}@example.org") for name in ("a", "b", "c", "d")}
    ledger.seal(letter_id=letter.pk, at=NOW)
    builders.published(letter)
    kept = {name: given(one) for name, one in ones.items()}
    removals.remove(uid=ones["b"].uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    erasures.erase(uid=ones["c"].uid, at=NOW)
    Message.objects.all().delete()
    LedgerEntry.objects.filter(signature=ones["d"]).delete()
    Signature.objects.filter(pk=ones["d"].pk).delete()  # as after a restore
    sealed(letter, after=1)
    found = {name: standing(one, letter) for name, one in kept.items()}
    assert {name: one.state if one else None for name, one in found.items()} == {
        "a": batches.ACTIVE,
        "b": batches.REMOVED,
        "c": batches.ACTIVE,
        "d": batches.LOST,
    }


def test_a_receipt_of_a_ledger_that_is_not_ours_is_known_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    builders.published(letter)
    kept = given(one)
    proven = receipts.verify(kept, vkeys=leaves.keys_at(letter_id=letter.pk, size=kept.size))
    other = builders.letter("day-trains")
    builders.counted(other, email="cleo@example.org")
    assert leaves.standing(letter_id=other.pk, receipt=kept, proven=proven) is None
    before = leaves.at_size(letter_id=letter.pk, size=3)
    # A database from a backup.
    monkeypatch.setattr(CheckpointQuerySet, "newest", lambda self, *, letter_id: before)
    assert leaves.standing(letter_id=letter.pk, receipt=kept, proven=proven) is None


def test_a_receipt_under_an_old_key_is_good_after_the_key_was_changed(settings: Settings) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.published(letter)
    old = given(Signature.objects.get())
    settings.LEDGER_KEY, settings.LEDGER_KEY_OLD = b"n" * 32, settings.LEDGER_KEY
    keys.rotate_ledger(at=NOW)
    settings.LEDGER_KEY_OLD = None
    builders.counted(letter, email="cleo@example.org")
    builders.published(letter)
    assert standing(old, letter) == Standing(batches.ACTIVE, old.index)
    with pytest.raises(BadReceipt):
        receipts.verify(old, vkeys=leaves.keys_at(letter_id=letter.pk, size=3))


def test_what_is_written_holds_the_fields_of_the_document_and_no_other() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    builders.published(letter)
    whole = json.loads(receipts.write(given(one)))
    assert list(whole) == ["letter", "index", "claim", "salt", "leaf", "proof", "checkpoint"]
    assert (whole["letter"], len(whole["salt"])) == (letter.origin, 43)
    assert whole["claim"]["identity"] == "ben@example.org"
