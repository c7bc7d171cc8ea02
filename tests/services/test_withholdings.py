"""Words withheld by order of law: by two operators, out of every sight, and still in the row."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError

from letters.delivery import ledger as publishing
from letters.delivery import shelf
from letters.models import Card, Event, Letter, LetterText, Withholding
from letters.models.lettertext import Withheld
from letters.queries import ledger as waiting
from letters.queries import letters as reading
from letters.services import ledger, signatures, versions, withholdings
from letters.services.withholdings import Order
from tests import builders, restores
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SAID = "Withheld by order of law"
ORDER = Order("The Regional Court", "24 O 17/26", NOW.date(), "It names a witness.")


@pytest.fixture
def letter() -> Letter:
    return builders.letter()


def lift(order: Withholding) -> Withholding:
    first, second = builders.organizer(), builders.organizer("ola@platform.example")
    asked = withholdings.ask_to_lift(withholding=order, reason="Set aside.", by=first, at=NOW)
    return withholdings.carry_out(pk=asked.pk, grounds="I read it.", by=second, at=NOW + timedelta(hours=1))


def test_the_words_do_not_leave_the_database_and_are_there_all_the_same(letter: Letter) -> None:
    before = LetterText.objects.values().get()
    order = builders.withheld(letter)
    for text in (
        LetterText.objects.get(),
        LetterText.objects.select_related("letter").get(),
        letter.texts.defer("body").get(),
        LetterText.objects.only("body").get(),
        builders.text_of(letter),
    ):
        assert (text.title, text.addressees, text.body) == (SAID, "…", SAID)
        with pytest.raises(Withheld):
            text.content()
    after = LetterText.objects.values().get()
    assert after == {**before, "withholding_id": order.pk}
    with pytest.raises(DatabaseError, match="Cannot"):
        LetterText.objects.update(body="Other words.")


def test_what_was_loaded_before_is_left_out_once_it_is_read_again(letter: Letter) -> None:
    early = LetterText.objects.defer("body").get()
    builders.withheld(letter)
    assert early.body == SAID
    early.refresh_from_db()
    assert early.title == SAID


def test_one_person_is_not_enough(letter: Letter) -> None:
    ada = builders.organizer()
    asked = withholdings.ask(letter=letter, numbers=[1], order=ORDER, by=ada, at=NOW)
    with pytest.raises(withholdings.SamePerson):
        withholdings.carry_out(pk=asked.pk, grounds="I am sure.", by=ada, at=NOW)
    assert not Withholding.objects.exists()


def test_it_stands_in_the_trail_and_moves_every_kept_page(letter: Letter) -> None:
    before = Letter.objects.get().revision
    lift(builders.withheld(letter))
    assert Letter.objects.get().revision == before + 2
    names = list(Event.objects.filter(subject=letter.public_id).order_by("pk").values_list("name", flat=True))
    assert names[-6:] == [
        "approval.asked", "text.withheld", "approval.given",
        "approval.asked", "text.released", "approval.given",
    ]  # fmt: skip
    assert LetterText.objects.get().body.startswith("Dear Ministers")
    assert Withholding.objects.get().lifted_at is not None


@pytest.mark.parametrize(
    "change", [{"authority": " "}, {"reason": ""}, {"ordered_on": NOW.date() + timedelta(1)}]
)
def test_an_order_says_who_when_and_why(letter: Letter, change: dict[str, object]) -> None:
    said = {**ORDER.__dict__, **change}
    with pytest.raises(withholdings.Incomplete):
        withholdings.ask(letter=letter, numbers=[1], order=Order(**said), by=builders.organizer(), at=NOW)


def test_what_is_withheld_already_or_not_published_is_not_asked_for(letter: Letter) -> None:
    order = builders.withheld(letter)
    for numbers in ([1], [7]):
        with pytest.raises(withholdings.Already):
            withholdings.ask(letter=letter, numbers=numbers, order=ORDER, by=builders.organizer(), at=NOW)
    lift(order)
    with pytest.raises(withholdings.Already):
        lift(order)


def test_nobody_signs_or_confirms_it_until_it_is_lifted(letter: Letter) -> None:
    waits = builders.signed(letter)
    order = builders.withheld(letter)
    text = reading.to_sign(slug=letter.slug)
    assert text is not None
    with pytest.raises(signatures.Withheld, match="cannot be signed"):
        signatures.sign(text=text, answers=builders.answers(email="cleo@example.org"), at=NOW)
    with pytest.raises(signatures.Withheld):
        signatures.confirm(uid=waits.uid, seen=waits.seen_digest(), at=NOW)
    lift(order)
    assert signatures.confirm(uid=waits.uid, seen=waits.seen_digest(), at=NOW).confirmed_at


def test_the_next_version_can_be_signed_and_is_an_amendment(letter: Letter) -> None:
    builders.withheld(letter)
    words = {"title": "Keep them", "addressees": "The ministers", "body": "Keep the trains."}
    text = LetterText(letter=letter, reason="Shorter.", **words)
    with pytest.raises(versions.Incomparable, match="Publish an amendment"):
        versions.ask(text=text, by=builders.organizer(), at=NOW)
    builders.changed(letter, **words)
    found = reading.to_sign(slug=letter.slug)
    assert found is not None
    signatures.sign(text=found, answers=builders.answers(), at=NOW)


def test_number_and_names_stay(letter: Letter) -> None:
    builders.counted(letter)
    builders.withheld(letter)
    found = reading.find(slug=letter.slug, at=NOW)
    assert found is not None
    assert (found.tally.count, found.text.title) == (1, SAID)


def test_a_list_of_letters_finds_none_by_words_that_are_withheld(letter: Letter) -> None:
    wanted = reading.Wanted(words="trains")
    page = {"at": NOW, "size": 5, "order": reading.Order.NEWEST, "wanted": wanted}
    assert reading.page(**page).total == 1  # type: ignore[arg-type]
    builders.withheld(letter)
    assert reading.page(**page).total == 0  # type: ignore[arg-type]


def test_the_published_files_and_the_card_follow_both_ways(letter: Letter, ledger_folder: Path) -> None:
    ledger.seal(letter_id=letter.pk, at=NOW)
    builders.counted(letter)
    publishing.publish(letter_id=letter.pk, at=NOW)
    card = builders.card(letter)
    home = f"ledger/{letter.public_id}"
    words = shelf.default().read(f"{home}/text/1") or b""
    order = builders.withheld(letter)
    assert waiting.unsettled() == [order.pk]
    publishing.settle(withholding_id=order.pk, at=NOW)
    assert waiting.unsettled() == []
    assert shelf.default().read(f"{home}/text/1") is None
    notice = shelf.default().read(f"{home}/withheld/1") or b""
    assert hashlib.sha256(words).hexdigest().encode() in notice
    assert b"Every evening" not in notice
    assert not Card.objects.exists()
    assert not default_storage.exists(card.file)
    done = restores.verify(letter, ledger_folder, at=NOW)
    assert done.status == 0, done.output
    assert "Text 1 is withheld by order of law, the site says: 'The Regional Court'," in done.output
    lift(order)
    publishing.settle(withholding_id=order.pk, at=NOW)
    assert shelf.default().read(f"{home}/text/1") == words
    assert shelf.default().read(f"{home}/withheld/1") is None
    assert restores.verify(letter, ledger_folder, at=NOW).status == 0


def test_a_text_without_words_and_without_notice_is_not_ok(letter: Letter, ledger_folder: Path) -> None:
    builders.counted(letter)
    publishing.publish(letter_id=letter.pk, at=NOW)
    builders.withheld(letter)
    publishing.settle(withholding_id=Withholding.objects.get().pk, at=NOW)
    path = ledger_folder / "ledger" / letter.public_id / "withheld" / "1"
    path.write_text(path.read_text().replace('"n":1', '"n":2'))
    assert restores.verify(letter, ledger_folder, at=NOW).status == 1
    path.unlink()
    assert restores.verify(letter, ledger_folder, at=NOW).status != 0
