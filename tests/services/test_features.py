"""Who is featured, and every way in which that ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from letters import limits
from letters.enums import RemovalReason, SignatureState, Visibility
from letters.models import Event, Feature, Letter, NamesRevision, Signature
from letters.queries import signatures as asked
from letters.services import claims, erasures, features, removals, signatures
from letters.services.claims import Words
from letters.services.features import Check, Way
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
TOMORROW = NOW.date() + timedelta(days=1)
CHECK = Check("Ada Adeyemi", "by telephone at her office", NOW.date())


@pytest.fixture
def letter() -> Letter:
    return builders.letter()


def signatory(letter: Letter, name: str) -> Signature:
    return builders.counted(letter, name=name, email=f"{name.lower()}@example.org")


def shown(letter: Letter) -> list[str]:
    return [one.name for one in asked.featured(letter=letter, size=100)]


def revision() -> int:
    return NamesRevision.objects.get().value


def test_a_checked_signature_is_featured_and_every_page_is_told(letter: Letter) -> None:
    one = signatory(letter, "Cleo")
    before = revision()
    made = builders.featured(one, by="  Ada Adeyemi ")
    assert (made.checked_by, made.checked_how, made.checked_at) == (CHECK.by, CHECK.how, CHECK.on)
    assert shown(letter) == ["Cleo"]
    assert revision() == before + 1
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.data) == ("feature.put", str(one.uid), {})


def pending(letter: Letter) -> Signature:
    """Nobody confirmed it."""
    return builders.signed(letter)


def uncounted(letter: Letter) -> Signature:
    """It waits for the next seal."""
    return builders.confirmed(letter)


def private(letter: Letter) -> Signature:
    """Its owner keeps the name private."""
    return builders.counted(letter, visibility=Visibility.PRIVATE)


def removed(letter: Letter) -> Signature:
    """It does not count any more."""
    one = builders.counted(letter)
    return removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)


def withdrawn(letter: Letter) -> Signature:
    """Its owner took it back."""
    one = builders.counted(letter)
    return signatures.withdraw(uid=one.uid, at=NOW)


def of_another_letter(letter: Letter) -> Signature:
    """It stands under another letter."""
    return builders.counted(builders.letter("day-trains"))


@pytest.mark.parametrize("make", [pending, uncounted, private, removed, withdrawn, of_another_letter])
def test_what_nobody_reads_under_this_letter_is_not_featured(
    letter: Letter, make: Callable[[Letter], Signature]
) -> None:
    one = make(letter)
    with pytest.raises(features.NotShown):
        features.feature(letter=letter, uid=one.uid, check=CHECK, by=None, at=NOW)
    assert not Feature.objects.exists()


def test_an_unknown_signature_is_not_featured(letter: Letter) -> None:
    with pytest.raises(features.NotShown):
        features.feature(letter=letter, uid=uuid4(), check=CHECK, by=None, at=NOW)


@pytest.mark.parametrize("said", [{"by": ""}, {"by": " "}, {"how": "\t"}, {"on": TOMORROW}])
def test_a_check_says_who_how_and_when(letter: Letter, said: dict[str, object]) -> None:
    one = signatory(letter, "Cleo")
    with pytest.raises(features.Unchecked):
        builders.featured(one, **said)  # type: ignore[arg-type]
    assert not Feature.objects.exists()


def test_the_day_of_a_check_is_a_day_where_the_letter_is() -> None:
    letter = builders.letter(time_zone="Pacific/Kiritimati")  # there, tomorrow has begun
    builders.featured(signatory(letter, "Cleo"), on=TOMORROW)


def test_the_database_demands_it_too(letter: Letter) -> None:
    builders.featured(signatory(letter, "Cleo"))
    for field in ("checked_by", "checked_how"):
        with pytest.raises(IntegrityError, match="feature_says_who_and_how"), transaction.atomic():
            Feature.objects.update(**{field: ""})


def test_nobody_is_featured_twice_and_not_more_than_fit(
    letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FEATURED_MOST", 2)
    one, other, third = (signatory(letter, name) for name in ("Ben", "Cleo", "Dov"))
    builders.featured(one)
    with pytest.raises(features.Featured):
        builders.featured(one)
    builders.featured(other)
    with pytest.raises(features.TooMany):
        builders.featured(third)
    assert shown(letter) == ["Ben", "Cleo"]


def test_neighbours_change_places(letter: Letter) -> None:
    rows = [builders.featured(signatory(letter, name)) for name in ("Ben", "Cleo", "Dov")]
    moves = [
        (2, Way.UP, ["Ben", "Dov", "Cleo"]), (2, Way.UP, ["Dov", "Ben", "Cleo"]),
        (2, Way.UP, ["Dov", "Ben", "Cleo"]), (0, Way.DOWN, ["Dov", "Cleo", "Ben"]),
        (0, Way.DOWN, ["Dov", "Cleo", "Ben"]),
    ]  # fmt: skip
    for which, way, order in moves:
        before, was = revision(), shown(letter)
        features.move(pk=rows[which].pk, way=way, by=None, at=NOW)
        assert shown(letter) == order
        assert revision() - before == (order != was)


def test_letters_have_an_order_of_their_own(letter: Letter) -> None:
    other = builders.letter("day-trains")
    builders.featured(signatory(other, "Eve"))
    first = builders.featured(signatory(letter, "Ben"))
    features.move(pk=first.pk, way=Way.UP, by=None, at=NOW)
    features.move(pk=first.pk, way=Way.DOWN, by=None, at=NOW)
    assert (shown(letter), shown(other)) == (["Ben"], ["Eve"])


def test_whoever_is_taken_off_stands_among_the_others_again(letter: Letter) -> None:
    rows = [builders.featured(signatory(letter, name)) for name in ("Ben", "Cleo", "Dov")]
    before = revision()
    features.unfeature(pk=rows[1].pk, by=None, at=NOW)
    assert shown(letter) == ["Ben", "Dov"]
    assert revision() == before + 1
    assert Event.objects.latest("pk").name == "feature.ended"
    features.move(pk=rows[2].pk, way=Way.UP, by=None, at=NOW)  # over the gap
    builders.featured(rows[1].signature)
    assert shown(letter) == ["Dov", "Ben", "Cleo"]
    for call in (features.unfeature, lambda **said: features.move(way=Way.UP, **said)):
        with pytest.raises(features.Ended):
            call(pk=rows[1].pk, by=None, at=NOW)


def test_a_withdrawal_and_an_erasure_leave_nothing_of_the_check(letter: Letter) -> None:
    one, other = (builders.featured(signatory(letter, name)).signature for name in ("Ben", "Cleo"))
    signatures.withdraw(uid=one.uid, at=NOW)
    assert shown(letter) == ["Cleo"]
    erasures.erase(uid=other.uid, at=NOW)
    assert not Feature.objects.exists()


def test_a_removal_hides_it_and_a_restore_brings_it_back(letter: Letter) -> None:
    one = builders.featured(signatory(letter, "Ben")).signature
    removals.remove(uid=one.uid, reason=RemovalReason.REVIEW, by=None, at=NOW)
    assert shown(letter) == []
    removals.restore(uid=one.uid, by=None, at=NOW)
    assert shown(letter) == ["Ben"]


def words(one: Signature, **other: str) -> Words:
    said = {field: str(getattr(one, field)) for field in ("name", "role", "affiliation")}
    return Words(**{**said, "country": "", "visibility": Visibility.PUBLIC, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["name", "role", "affiliation"])
def test_a_check_holds_for_the_words_that_were_checked(letter: Letter, field: str) -> None:
    one = builders.featured(signatory(letter, "Ben")).signature
    claims.change(uid=one.uid, words=words(one, **{field: "Head of Government"}), at=NOW)
    assert builders.stored(one.uid).is_on_the_wall
    assert shown(letter) == []
    assert not Feature.objects.exists()


def test_a_name_that_is_private_for_a_while_is_not_featured_for_a_while(letter: Letter) -> None:
    one = builders.featured(signatory(letter, "Ben")).signature
    claims.change(uid=one.uid, words=words(one, visibility=Visibility.PRIVATE), at=NOW)
    assert shown(letter) == []
    claims.change(uid=one.uid, words=words(one), at=NOW)
    assert shown(letter) == ["Ben"]


@pytest.mark.parametrize("state", [state for state in SignatureState if state != SignatureState.CONFIRMED])
def test_no_other_state_is_shown_whatever_the_row_says(letter: Letter, state: SignatureState) -> None:
    one = builders.featured(signatory(letter, "Ben")).signature
    times = {"held_at": NOW, "removal": "", "removed_at": None, "withdrawn_at": None}
    if state == SignatureState.REMOVED:
        times |= {"removal": "flood", "removed_at": NOW}
    if state == SignatureState.WITHDRAWN:
        times |= {"withdrawn_at": NOW}
    Signature.objects.filter(pk=one.pk).update(state=state, **times)
    assert shown(letter) == []


def test_the_first_signatories_are_those_who_do_not_stand_there_already(letter: Letter) -> None:
    rows = [signatory(letter, name) for name in ("Ben", "Cleo", "Dov")]
    first = [one.name for one in asked.first(letter=letter, size=2, besides=rows[:1])]
    assert first == ["Cleo", "Dov"]
    assert asked.first(letter=letter, size=0) == asked.first(letter=letter, size=-2) == []
