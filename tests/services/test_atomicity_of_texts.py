"""Versions of a text, updates, the answer to a letter and its daily records, too, are all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from letters.enums import Recipients, Role, TextKind
from letters.models import Approval, Letter, LetterText, Mailing, Update
from letters.models.reading import shown
from letters.services import (
    ledger,
    letters,
    mailings,
    notices,
    press,
    previews,
    publications,
    snapshots,
    updates,
    versions,
    withholdings,
)
from letters.services.notices import Said
from letters.services.withholdings import Order
from tests import builders
from tests.breaking import prove_whole
from tests.builders import NOW

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {"title": "T", "addressees": "A", "body": "B"}


def answer() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: letters.answer(letter=letter, answer="Yes.", answered_by="The Minister", by=None, at=NOW)


def publish() -> Callable[[], object]:
    letter = builders.letter()

    def call() -> object:
        text = LetterText(letter=letter, kind=TextKind.AMENDMENT, reason="Better so.", **WORDS)
        german = LetterText(letter=letter, language="de", **WORDS)
        return versions.publish(text=text, translations=[german], by=None, at=NOW)

    return call


def asked(letter: Letter) -> Approval:
    text = LetterText(letter=letter, reason="Better so.", **WORDS)
    return versions.ask(text=text, by=builders.member(letter.organization), at=NOW)


def ask_a_second() -> Callable[[], object]:
    letter = builders.letter()
    fay = builders.member(letter.organization)
    text = LetterText(letter=letter, reason="Better so.", **WORDS)
    return lambda: versions.ask(text=text, by=fay, at=NOW)


def let_through() -> Callable[[], object]:
    letter = builders.letter()
    approval, sam = asked(letter), builders.member(letter.organization, email="sam@example.org")
    return lambda: versions.correct(pk=approval.pk, grounds="A slip.", by=sam, at=NOW)


def withhold() -> Callable[[], object]:
    letter = builders.letter()
    ada, ola = builders.organizer(), builders.organizer("ola@platform.example")
    order = Order("A court", "24 O 17/26", NOW.date(), "It names a witness.")
    asked = withholdings.ask(letter=letter, numbers=[1], order=order, by=ada, at=NOW)
    return lambda: withholdings.carry_out(pk=asked.pk, grounds="I read it.", by=ola, at=NOW)


def translate() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: versions.translate(text=LetterText(letter=letter, language="de", **WORDS), by=None, at=NOW)


def drop() -> Callable[[], object]:
    text = LetterText(letter=builders.draft(), language="de", authoritative=False, **WORDS)
    letters.write(text=text, by=None, at=NOW)
    return lambda: letters.drop(text=text, by=None, at=NOW)


def write_update() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: updates.write(update=Update(letter=letter, title="T", body="B"), by=None, at=NOW)


def publish_update() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: builders.update(letter)


def queue_mails() -> Callable[[], object]:
    letter = builders.letter()
    builders.counted(letter, updates=True)
    builders.update(letter)
    return lambda: mailings.advance(mailing_id=Mailing.objects.get().pk, at=NOW)


def stop_mails() -> Callable[[], object]:
    builders.update(builders.letter())
    return lambda: mailings.stop(mailing_id=Mailing.objects.get().pk, by=None, at=NOW)


def seal_the_end() -> Callable[[], object]:
    letter = builders.letter()
    letters.close(letter=letter, by=None, at=NOW)
    return lambda: ledger.seal(letter_id=letter.pk, at=NOW)


def freeze() -> Callable[[], object]:
    letter = builders.counted(builders.letter()).letter
    at = NOW + timedelta(days=1)
    return lambda: snapshots.freeze(letter_id=letter.pk, day=NOW.date(), at=at)


def correct() -> Callable[[], object]:
    snapshot = builders.frozen(builders.counted(builders.letter()).letter)
    return lambda: snapshots.correct(snapshot=snapshot, wrong="All.", said_by="Ada", by=None, at=NOW)


def read_preview() -> Callable[[], object]:
    letter = builders.draft()
    seen = shown(letter=letter, text=builders.text_of(letter))
    return lambda: previews.read(letter=letter, language="en", seen=seen, by=None, at=NOW)


def say_notice() -> Callable[[], object]:
    said = Said(Recipients.ADDRESSEES, builders.DATA["kept_until"])
    letter = builders.draft()
    return lambda: notices.say(letter=letter, said=said, by=None, at=NOW)


def ask_second() -> Callable[[], object]:
    letter = builders.draft(organization=builders.organization(publishes_by_two=True))
    fay = builders.member(letter.organization)
    return lambda: publications.ask(letter=letter, reason="", by=fay, at=NOW)


def approve_publication() -> Callable[[], object]:
    letter = builders.draft(organization=builders.organization(publishes_by_two=True))
    asked = builders.asked(letter)
    sam = builders.member(letter.organization, Role.EDITOR, "sam@example.org")
    return lambda: publications.approve(pk=asked.pk, grounds="Right.", by=sam, at=NOW)


def give_press_link() -> Callable[[], object]:
    letter = builders.draft()
    fay = builders.member(letter.organization)
    return lambda: builders.press_link(letter, by=fay)


def agree_to_embargo() -> Callable[[], object]:
    link = builders.press_link(builders.draft())
    return lambda: press.agree(uid=link.uid, at=NOW)


def revoke_press_link() -> Callable[[], object]:
    link = builders.press_link(builders.draft())
    fay = builders.member(link.letter.organization)
    return lambda: press.revoke(letter=link.letter, pk=link.pk, by=fay, at=NOW)


@pytest.mark.parametrize(
    ("prepare", "table"),
    [
        (give_press_link, "letters_event"),
        (agree_to_embargo, "letters_presslink"),
        (revoke_press_link, "letters_event"),
        (read_preview, "letters_event"),
        (say_notice, "letters_event"),
        (ask_second, "letters_event"),
        (approve_publication, "letters_event"),
        (freeze, "letters_event"),
        (correct, "letters_event"),
        (correct, "letters_letter"),
        (answer, "letters_event"),
        (publish, "letters_event"),
        (publish, "letters_letter"),
        (ask_a_second, "letters_event"),
        (let_through, "letters_event"),
        (let_through, "letters_letter"),
        (let_through, "letters_lettertext"),
        (withhold, "letters_event"),
        (withhold, "letters_letter"),
        (withhold, "letters_lettertext"),
        (translate, "letters_letter"),
        (drop, "letters_event"),
        (publish, "letters_mailing"),
        (queue_mails, "letters_message"),
        (queue_mails, "letters_event"),
        (queue_mails, "letters_mailing"),
        (stop_mails, "letters_mailing"),
        (seal_the_end, "letters_mailing"),
        (write_update, "letters_event"),
        (publish_update, "letters_event"),
        (publish_update, "letters_mailing"),
        (publish_update, "letters_letter"),
    ],
)
def test_nothing_remains_of_what_broke(prepare: Callable[[], Callable[[], object]], table: str) -> None:
    prove_whole(prepare(), table)
