"""Every service is all or nothing: break its last insert, and nothing of it remains."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError
from django.test import override_settings

from letters import crypto, limits
from letters.demo.people import people
from letters.enums import MessageState, RemovalReason, Role
from letters.models import Block, Card, KeyCheck, Letter, LetterText, Message, Organization, User
from letters.services import (
    blocks,
    cards,
    erasures,
    keys,
    ledger,
    letters,
    mailboxes,
    organizations,
    outbox,
    pending,
    removals,
    seeds,
    signatures,
    users,
)
from tests import builders
from tests.breaking import broken, everything, prove_whole
from tests.builders import NOW
from tests.services import writes_of_owners

pytestmark = pytest.mark.django_db(transaction=True)


def sign() -> Callable[[], object]:
    text = builders.text_of(builders.letter())
    return lambda: signatures.sign(text=text, answers=builders.answers(), at=NOW)


def confirm() -> Callable[[], object]:
    one = builders.signed(builders.letter())
    return lambda: signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=NOW)


def withdraw() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: signatures.withdraw(uid=one.uid, at=NOW)


def withdraw_uncounted() -> Callable[[], object]:
    one = builders.confirmed(builders.letter())
    return lambda: signatures.withdraw(uid=one.uid, at=NOW)


def seal() -> Callable[[], object]:
    one = builders.confirmed(builders.letter())
    return lambda: ledger.seal(letter_id=one.letter_id, at=NOW)


def publish() -> Callable[[], object]:
    letter = builders.draft()
    return lambda: letters.publish(letter=letter, by=None, at=NOW)


def change_state(verb: str) -> Callable[[], Callable[[], object]]:
    def prepare() -> Callable[[], object]:
        letter = builders.letter()
        if verb == "resume":
            letters.pause(letter=letter, by=None, at=NOW)
        return lambda: getattr(letters, verb)(letter=letter, by=None, at=NOW)

    return prepare


def change_letter() -> Callable[[], object]:
    letter = builders.letter()
    letter.place = "Paris"
    return lambda: letters.change(letter=letter, by=None, at=NOW)


def create_letter() -> Callable[[], object]:
    organization = builders.organization()
    return lambda: letters.create(letter=Letter(slug="new", organization=organization), by=None, at=NOW)


def write() -> Callable[[], object]:
    text = LetterText.objects.get(letter=builders.draft())
    text.title = "Another title"
    return lambda: letters.write(text=text, by=None, at=NOW)


def create_organization() -> Callable[[], object]:
    user = builders.organizer()
    new = Organization(name="New", slug="new", legal_name="New", contact="new@example.org")
    return lambda: organizations.create(organization=new, by=user, at=NOW)


def change_organization() -> Callable[[], object]:
    organization = builders.organization()
    organization.name = "Renamed"
    return lambda: organizations.change(organization=organization, by=None, at=NOW)


def put_mark() -> Callable[[], object]:
    organization = builders.letter().organization
    return lambda: builders.marked(organization)


def remove_mark() -> Callable[[], object]:
    organization = builders.marked(builders.letter().organization)
    return lambda: organizations.remove_mark(organization=organization, by=None, at=NOW)


def grant() -> Callable[[], object]:
    organization, user = builders.organization(), builders.organizer()
    return lambda: organizations.grant(
        organization=organization, user=user, role=Role.EDITOR, by=None, at=NOW
    )


def revoke() -> Callable[[], object]:
    home = builders.organization()
    builders.member(home)
    user = builders.member(home, Role.VIEWER, "eve@example.org")
    return lambda: organizations.revoke(organization=home, user=user, by=None, at=NOW)


def approve() -> Callable[[], object]:
    home = builders.organization()
    Organization.objects.update(approved_at=None)
    return lambda: organizations.approve(organization=home, by=None, at=NOW)


def create_organizer() -> Callable[[], object]:
    return lambda: users.create_organizer(email="new@example.org", password=builders.PASSWORD, at=NOW)


def load() -> Callable[[], object]:
    text = builders.text_of(builders.letter())
    crowd = list(people(3, seed="x"))
    return lambda: seeds.load(text=text, people=crowd, seed="x", first=0, at=NOW)


def remove() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)


def restore() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    return lambda: removals.restore(uid=one.uid, by=None, at=NOW)


def erase() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: erasures.erase(uid=one.uid, at=NOW)


def erase_again() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: erasures.repeat(uid=one.uid, since=NOW, at=NOW)


def erase_a_form() -> Callable[[], object]:
    one = builders.signed(builders.letter())
    return lambda: erasures.repeat(uid=one.uid, since=NOW, at=NOW)


def rotate() -> Callable[[], object]:
    KeyCheck.objects.filter(name="ledger").update(fingerprint=crypto.fingerprint(b"o" * 32))

    def call() -> object:
        with override_settings(LEDGER_KEY_OLD=b"o" * 32):
            return keys.rotate_ledger(at=NOW)

    return call


def disown() -> Callable[[], object]:
    one = builders.signed(builders.letter())
    return lambda: pending.disown(uid=one.uid, never_again=True, at=NOW)


def remind() -> Callable[[], object]:
    builders.signed(builders.letter())
    return lambda: pending.remind(at=NOW + limits.REMIND_AFTER)


def take_slot() -> Callable[[], object]:
    builders.signed(builders.letter())
    message = Message.objects.get()
    return lambda: mailboxes.take_slot(message=message, address="ben@example.org", at=NOW)


def bounce() -> Callable[[], object]:
    builders.signed(builders.letter())
    [message] = outbox.claim(most=1, at=NOW)
    outbox.settle(message=message, state=MessageState.SENT, at=NOW)
    return lambda: outbox.bounce(uid=message.uid, error="5.1.1", at=NOW)


def reopen() -> Callable[[], object]:
    disown()()
    return lambda: mailboxes.reopen(address="ben@example.org", by=None, at=NOW)


def put_block() -> Callable[[], object]:
    return lambda: blocks.put(block=Block(domain="example.org", reason="Spam"), by=None, at=NOW)


def lift_block() -> Callable[[], object]:
    block = blocks.put(block=Block(domain="example.org", reason="Spam"), by=None, at=NOW)
    return lambda: blocks.lift(block=Block.objects.get(pk=block.pk), by=None, at=NOW)


def record_card() -> Callable[[], object]:
    text = builders.text_of(builders.letter())
    card = Card(text=text, organization="A", design=1, digest="d", file="cards/d.png", made_at=NOW)
    return lambda: cards.record(card=card)


LAST_WRITES = [
    *writes_of_owners.LAST_WRITES,
    (remove, "letters_message"),
    (sign, "letters_message"),
    (confirm, "letters_event"),
    (withdraw, "letters_namesrevision"),
    (withdraw_uncounted, "letters_message"),
    (remove, "letters_namesrevision"),
    (restore, "letters_namesrevision"),
    (erase, "letters_namesrevision"),
    (erase, "letters_erasure"),
    (erase_again, "letters_namesrevision"),
    (erase_a_form, "letters_erasure"),
    (rotate, "letters_event"),
    (disown, "letters_signature"),
    (disown, "letters_event"),
    (remind, "letters_message"),
    (take_slot, "letters_message"),
    (bounce, "letters_message"),
    (reopen, "letters_event"),
    (put_block, "letters_event"),
    (lift_block, "letters_block"),
    (record_card, "letters_event"),
    (seal, "letters_namesrevision"),
    (seal, "letters_message"),
    (publish, "letters_event"),
    (change_state("pause"), "letters_event"),
    (change_state("resume"), "letters_event"),
    (change_state("close"), "letters_event"),
    (change_letter, "letters_event"),
    (create_letter, "letters_event"),
    (write, "letters_event"),
    (create_organization, "letters_event"),
    (change_organization, "letters_event"),
    (put_mark, "letters_event"),
    (remove_mark, "letters_event"),
    (grant, "letters_event"),
    (revoke, "letters_membership"),
    (approve, "letters_event"),
    (create_organizer, "letters_event"),
    (load, "letters_event"),
]


@pytest.mark.parametrize(("prepare", "table"), LAST_WRITES)
def test_nothing_remains_of_what_broke(prepare: Callable[[], Callable[[], object]], table: str) -> None:
    prove_whole(prepare(), table)


def test_settling_a_mail_is_one_statement() -> None:
    builders.signed(builders.letter())
    [message] = outbox.claim(most=1, at=NOW)
    with broken("letters_message"), pytest.raises(DatabaseError, match="broken"):
        outbox.settle(message=message, state=MessageState.SENT, at=NOW)
    assert Message.objects.get().state == MessageState.QUEUED


def test_recording_keys_again_changes_nothing() -> None:
    keys.record()
    before = everything()
    keys.record()
    assert everything() == before
    assert User.objects.count() == 0
