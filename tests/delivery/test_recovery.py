"""After a restore: what the published ledger says is true, whatever the database remembers."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from letters import addresses, durable
from letters.delivery import ledger as publishing
from letters.enums import Display, Method, RemovalReason, SignatureState, Tallied, Visibility
from letters.ledger import leaves as spelling
from letters.ledger.batches import Batch
from letters.models import Checkpoint, Letter, Signature, TallyPoint, claim
from letters.records import leaves
from letters.records.leaves import Facts
from letters.services import erasures, letters, recounts, removals, signatures
from tests import builders, restores
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
LAST = NOW + timedelta(minutes=10)
AFTER = NOW + timedelta(minutes=20)


@pytest.fixture
def letter() -> Letter:
    """Ben and Cleo are counted and published; Dov has confirmed and waits."""
    made = builders.letter()
    for name in ("ben", "cleo"):
        builders.confirmed(made, email=f"{name}@example.org")
    restores.seal(made, at=NOW)
    builders.confirmed(made, email="dov@example.org", at=NOW)
    return made


def of(letter: Letter, name: str) -> Signature:
    """Return the newest signature of somebody, also when it is erased since."""
    address = f"{name}@example.org"
    key = addresses.mailbox_key(address, letter_id=letter.pk, version=letter.address_rules)
    rows = Signature.objects.select_related("letter", "text").filter(letter=letter, email_key=key)
    return rows.order_by("-pk")[0]


def recovered(letter: Letter, folder: Path, *, at: datetime = AFTER, **figures: int) -> None:
    """Recover, and demand these figures; then seal, and demand that everything agrees."""
    found = restores.recover(letter, at=at)
    assert found is not None
    assert {name: found[name] for name in figures} == figures
    assert recounts.compare(letter_id=letter.pk, at=at) == {}
    restores.seal(letter, at=at)
    assert recounts.compare(letter_id=letter.pk, at=at) == {}
    done = restores.verify(letter, folder, at=at)
    assert done.status == 0, done.output


def test_who_waited_at_the_backup_and_was_counted_since_keeps_the_leaf(
    letter: Letter, ledger_folder: Path
) -> None:
    with restores.lost():
        restores.seal(letter, at=LATER)
        before = Signature.objects.filter(pk=of(letter, "dov").pk).values().get()
        tally = restores.tally(letter)
    recovered(letter, ledger_folder, found=1, lost=0, emptied=0)
    after = Signature.objects.filter(pk=before["id"]).values().get()
    assert after == before
    now = restores.tally(letter)
    assert (now.count, now.parts(), now.as_of) == (3, tally.parts(), tally.as_of)
    assert now.revision > tally.revision


def test_who_came_after_the_backup_leaves_the_count(letter: Letter, ledger_folder: Path) -> None:
    waiting = builders.signed(letter, email="eve@example.org")
    with restores.lost():
        builders.confirmed(letter, email="fay@example.org", visibility=Visibility.PRIVATE)
        signatures.confirm(uid=waiting.uid, seen=waiting.seen_digest(), at=NOW)
        restores.seal(letter, at=LATER)
        assert restores.tally(letter).count == 5
    recovered(letter, ledger_folder, found=1, lost=2)
    tally = restores.tally(letter)
    assert (tally.count, tally.signed, tally.lost, tally.public, tally.private) == (3, 5, 2, 3, 0)
    assert [leaf for leaf in restores.leaves(letter) if '"t":"lost"' in leaf] != []
    assert of(letter, "eve").state == SignatureState.PENDING
    signatures.confirm(uid=waiting.uid, seen=waiting.seen_digest(), at=AFTER)
    restores.seal(letter, at=AFTER + timedelta(minutes=1))
    assert restores.tally(letter).count == 4


def test_each_leaf_of_the_lost_holds_256(letter: Letter, ledger_folder: Path) -> None:
    with restores.lost():
        for number in range(300):
            builders.confirmed(letter, email=f"p{number}@example.org")
        restores.seal(letter, at=LATER)
    recovered(letter, ledger_folder, lost=300)
    lost = [leaf.count(",") for leaf in restores.leaves(letter) if '"t":"lost"' in leaf]
    assert len(lost) == 2
    assert restores.tally(letter).count == 3


def test_decisions_and_withdrawals_come_back(letter: Letter, ledger_folder: Path) -> None:
    removals.remove(uid=of(letter, "cleo").uid, reason=RemovalReason.COURT, by=None, at=NOW)
    restores.seal(letter, at=NOW + timedelta(minutes=1))
    with restores.lost():
        signatures.withdraw(uid=of(letter, "ben").uid, at=LATER)
        removals.restore(uid=of(letter, "cleo").uid, by=None, at=LATER)
        restores.seal(letter, at=LATER)
        removals.remove(uid=of(letter, "dov").uid, reason=RemovalReason.FLOOD, by=None, at=LAST)
        restores.seal(letter, at=LAST)
    recovered(letter, ledger_folder, found=3, lost=0)
    ben, cleo, dov = (of(letter, name) for name in ("ben", "cleo", "dov"))
    assert (ben.state, ben.tallied, ben.withdrawn_at) == ("withdrawn", "withdrawn", LATER)
    assert (cleo.state, cleo.tallied, cleo.removal, cleo.removed_at) == ("confirmed", "shown", "", None)
    assert (dov.state, dov.tallied, dov.removal, dov.removed_at) == ("removed", "removed", "flood", LAST)


def test_the_last_word_wins_over_several_batches(letter: Letter, ledger_folder: Path) -> None:
    with restores.lost():
        for step, deed in enumerate([removals.remove, removals.restore] * 2 + [removals.remove]):
            more: dict[str, Any] = {} if deed is removals.restore else {"reason": RemovalReason.FLOOD}
            deed(uid=of(letter, "ben").uid, by=None, at=LATER, **more)
            restores.seal(letter, at=LATER + timedelta(seconds=step))
    recovered(letter, ledger_folder, found=2)
    assert of(letter, "ben").state == SignatureState.REMOVED


def test_a_lost_signature_that_no_longer_counted_leaves_an_empty_row(
    letter: Letter, ledger_folder: Path
) -> None:
    with restores.lost():
        eve, fay = (builders.confirmed(letter, email=f"{name}@example.org") for name in ("eve", "fay"))
        restores.seal(letter, at=LATER)
        signatures.withdraw(uid=eve.uid, at=LAST)
        removals.remove(uid=fay.uid, reason=RemovalReason.FLOOD, by=None, at=LAST)
        restores.seal(letter, at=LAST)
    recovered(letter, ledger_folder, emptied=2, lost=0)
    rows = Signature.objects.filter(letter=letter, erased_at=AFTER).order_by("state")
    assert [(row.state, row.removal, row.name, row.address) for row in rows] == [
        ("removed", "flood", "", None), ("withdrawn", "", "", None),
    ]  # fmt: skip
    tally = restores.tally(letter)
    assert (tally.count, tally.signed, tally.withdrawn, tally.removed) == (3, 5, 1, 1)


def test_what_happened_since_the_restore_is_newer_than_the_ledger(
    letter: Letter, ledger_folder: Path
) -> None:
    with restores.lost():
        removals.remove(uid=of(letter, "cleo").uid, reason=RemovalReason.FLOOD, by=None, at=LATER)
        restores.seal(letter, at=LATER)
        removals.restore(uid=of(letter, "cleo").uid, by=None, at=LAST)
        restores.seal(letter, at=LAST)
    for name in ("ben", "dov"):
        signatures.withdraw(uid=of(letter, name).uid, at=AFTER)
    removals.remove(uid=of(letter, "cleo").uid, reason=RemovalReason.COURT, by=None, at=AFTER)
    builders.confirmed(letter, email="eve@example.org", at=AFTER)
    recovered(letter, ledger_folder, found=2)
    assert [of(letter, name).state for name in ("ben", "dov", "cleo")] == [
        "withdrawn",
        "withdrawn",
        "removed",
    ]
    tally = restores.tally(letter)
    assert (tally.count, tally.signed, tally.withdrawn, tally.removed) == (1, 4, 2, 1)


def test_a_change_that_the_database_forgot_hides_the_name_and_its_receipt(
    letter: Letter, ledger_folder: Path
) -> None:
    with restores.lost():
        private = {"visibility": Visibility.PRIVATE, "display": Display.PRIVATE}
        restores.change(of(letter, "ben"), at=LATER, **private)
        restores.change(of(letter, "cleo"), at=LATER, method=Method.ORCID)
        restores.seal(letter, at=LATER)
        places = [of(letter, name).claim_leaf for name in ("ben", "cleo")]
    recovered(letter, ledger_folder, found=3)
    ben, cleo = of(letter, "ben"), of(letter, "cleo")
    assert [ben.claim_leaf, cleo.claim_leaf] == places
    assert (ben.display, ben.salt_sealed, ben.is_on_the_wall) == (Display.WAITING, None, False)
    assert (cleo.method, cleo.counted_method) == (Method.ORCID, Method.ORCID)
    tally = restores.tally(letter)
    assert (tally.count, tally.public, tally.private, tally.by_orcid) == (3, 1, 2, 1)


def test_a_change_that_waited_keeps_its_salt(letter: Letter, ledger_folder: Path) -> None:
    restores.change(of(letter, "ben"), at=NOW, role="Doctor")
    with restores.lost():
        restores.seal(letter, at=LATER)
    recovered(letter, ledger_folder, found=2)
    ben = of(letter, "ben")
    assert (ben.commitment, ben.display) == (None, Display.SHOWN)
    assert claim.salt_of(ben) is not None
    assert ben.claim_leaf != ben.leaf


def test_the_chart_is_that_of_before(letter: Letter, ledger_folder: Path) -> None:
    columns = ("interval", "start", "new", "withdrawn", "removed", "total")
    with restores.lost():
        signatures.withdraw(uid=of(letter, "ben").uid, at=LATER)
        restores.seal(letter, at=LATER)
        builders.confirmed(letter, email="eve@example.org", at=LATER)
        restores.seal(letter, at=LATER + timedelta(hours=30))
        removals.remove(uid=of(letter, "cleo").uid, reason=RemovalReason.FLOOD, by=None, at=LAST)
        restores.seal(letter, at=LATER + timedelta(hours=31))
        before = list(TallyPoint.objects.filter(letter=letter).order_by(*columns).values(*columns))
    restores.recover(letter, at=NOW + timedelta(hours=60))
    points = TallyPoint.objects.filter(letter=letter).order_by(*columns)
    since = NOW + timedelta(hours=50)
    assert list(points.exclude(start__gt=since).filter(interval="hour").values(*columns)) == [
        point for point in before if point["interval"] == "hour"
    ]
    assert [(one.removed, one.total) for one in points.filter(start__gt=since, interval="hour")] == [(1, 1)]


def test_a_letter_whose_end_was_forgotten_is_closed(letter: Letter, ledger_folder: Path) -> None:
    with restores.lost():
        letters.close(letter=letter, by=None, at=LATER)
        restores.seal(letter, at=LATER)
    recovered(letter, ledger_folder)
    letter.refresh_from_db()
    assert (letter.status, letter.closed_at) == ("closed", LATER)
    assert Checkpoint.objects.newest(letter_id=letter.pk).closed  # type: ignore[union-attr]


def test_the_erased_stay_counted_and_erased(letter: Letter, ledger_folder: Path) -> None:
    with restores.lost():
        restores.seal(letter, at=LATER)
        erased = [of(letter, name).uid for name in ("ben", "dov")]
        for uid in erased:
            erasures.erase(uid=uid, at=LATER)
        restores.seal(letter, at=LAST)
    for uid in erased:
        assert erasures.repeat(uid=uid, since=LATER, at=AFTER) == erasures.ERASED
    recovered(letter, ledger_folder, found=1)
    tally = restores.tally(letter)
    assert (tally.count, tally.erased_counted, tally.public) == (3, 2, 1)


def give_up(letter: Letter, one: Signature) -> None:
    """Write what a recovery from an older backup wrote: this signature is lost."""
    with durable.commit():
        tally, before = restores.tally(letter), Checkpoint.objects.newest(letter_id=letter.pk)
        assert before is not None
        batch = Batch(before.size)
        batch.add(spelling.lost(indexes=[one.leaf or 0], why="not in the restored database"))
        step = {"lost": 1, "count": -1, "persons": -1, "public": -1, "by_email": -1}
        tally.move(step, texts={1: -1}, as_of=LATER)
        leaves.append(tally=tally, before=before, batch=batch, facts=Facts(before.texts, before.key))
    publishing.publish(letter_id=letter.pk, at=LATER)


@pytest.mark.parametrize("closed", [False, True])
def test_who_was_given_up_once_and_is_back_is_counted_anew(
    letter: Letter, ledger_folder: Path, closed: bool
) -> None:
    restores.seal(letter, at=NOW + timedelta(minutes=1))
    if closed:
        letters.close(letter=letter, by=None, at=NOW)
        restores.seal(letter, at=NOW + timedelta(minutes=2))
    with restores.lost():
        give_up(letter, of(letter, "ben"))
    recovered(letter, ledger_folder, found=1, lost=0, at=AFTER + timedelta(days=3 if closed else 0))
    tally, ben = restores.tally(letter), of(letter, "ben")
    assert (tally.count, tally.signed, tally.lost) == ((2, 3, 1) if closed else (3, 4, 1))
    assert (ben.state, ben.tallied) == (("removed", "") if closed else ("confirmed", Tallied.SHOWN))
