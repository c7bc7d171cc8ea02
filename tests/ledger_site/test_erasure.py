"""Forgetting a person leaves the published ledger as it is, and nothing in it that leads to them."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from letters.ledger import commitments
from letters.models import Signature, claim
from tests import builders
from tests.ledger_site import places
from tests.ledger_site.life import Life

pytestmark = pytest.mark.django_db(transaction=True)


def opened(signature: Signature) -> bytes:
    """Return the commitment that name, address and salt in the row lead to."""
    salt = claim.salt_of(signature)
    assert salt is not None
    return commitments.commit(salt=salt, claim=claim.claim_of(signature))


def test_nothing_that_was_published_changes(site: str, life: Life, ledger_folder: Path) -> None:
    """Byte by byte; and what comes next is only appended."""
    before, count = places.written(ledger_folder), life.tally().count
    own = f"ledger/{life.letter.public_id}/"
    life.erase(10, 11)
    assert places.written(ledger_folder) == before
    done = places.check_site(site, life, "--expect", count)
    assert done.status == 0, done.line
    leaves = life.leaves()
    life.confirm(1)
    life.seal()
    assert life.leaves()[: len(leaves)] == leaves
    after = places.written(ledger_folder)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {f"{own}checkpoint"}
    assert life.tally().count == count + 1
    assert life.tally().erased_counted == 4  # two in the life of this letter, of whom one before counting
    assert places.check_site(site, life).status == 0


def test_erasing_alone_writes_no_leaf(life: Life) -> None:
    """The seal looks at it and finds that the number stays: the ledger must not say who was forgotten."""
    leaves = life.leaves()
    life.erase(10)
    life.seal()
    new = life.leaves()[len(leaves) :]
    assert [b'"t":"tally"' in leaf for leaf in new] == [True]


def test_name_address_and_salt_are_gone_and_the_leaf_stays(life: Life) -> None:
    one = builders.stored(life.people[10].uid)
    [leaf] = [leaf for leaf in life.leaves() if commitments_in(leaf) == opened(one)]
    life.erase(10)
    row = Signature.objects.filter(pk=one.pk).values().get()
    assert (row["name"], row["email_sealed"], row["salt_sealed"]) == ("", None, None)
    assert (row["leaf"], row["state"], row["counted_at"]) == (one.leaf, "confirmed", one.counted_at)
    assert life.leaves()[one.leaf] == leaf
    for told in ("Zoë".encode(), b"p10@", b"name"):
        assert not any(told in published for published in life.leaves())
    # Whoever guesses name and address, and even knows everything else, still lacks the 32 bytes of the salt.
    guessed = claim.claim_of(one)
    for salt in (bytes(32), b"s" * 32):
        assert commitments.commit(salt=salt, claim=guessed) != commitments_in(leaf)


def commitments_in(leaf: bytes) -> bytes | None:
    """Return the commitment of a leaf that has one."""
    c = json.loads(leaf).get("c")
    return base64.urlsafe_b64decode(c + "=") if c else None


def test_erased_before_it_was_sealed_it_still_counts(site: str, life: Life) -> None:
    count = life.tally().count
    [one] = life.confirm(1)
    commitment = bytes(builders.stored(one.uid).commitment)
    life.erase(len(life.people) - 1)
    life.seal()
    assert any(commitments_in(leaf) == commitment for leaf in life.leaves())
    assert life.tally().count == count + 1
    assert places.check_site(site, life).status == 0


def test_withdrawn_and_then_erased_it_is_counted_down_first(site: str, life: Life) -> None:
    count = life.tally().count
    life.withdraw(10)
    life.erase(10)
    life.seal()
    assert life.tally().count == count - 1
    assert places.check_site(site, life).status == 0
