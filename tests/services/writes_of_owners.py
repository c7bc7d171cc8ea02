"""What signatories write of their own signatures, and what the schedule deletes: each with its last write."""

from __future__ import annotations

from collections.abc import Callable

from letters import limits
from letters.enums import Visibility
from letters.services import claims, erasures, letters, links, news, reasons, renewals, retention
from letters.services.claims import Words
from tests import builders
from tests.builders import NOW


def words() -> Words:
    return Words("Ben Lind", "Nurse", "", "", Visibility.PRIVATE, updates=True)


def change_claim() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: claims.change(uid=one.uid, words=words(), at=NOW)


def delete_all() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: erasures.delete(uid=one.uid, at=NOW)


def renew_signature() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    text = builders.changed(one.letter, title="Another title", asks_again=True)
    return lambda: renewals.renew(uid=one.uid, seen=text.h, at=NOW)


def give_reason() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: reasons.give(uid=one.uid, reason="For my sister.", at=NOW)


def decide_reason(verb: str) -> Callable[[], Callable[[], object]]:
    def prepare() -> Callable[[], object]:
        one = builders.counted(builders.letter())
        reasons.give(uid=one.uid, reason="For my sister.", at=NOW)
        return lambda: getattr(reasons, verb)(uid=one.uid, by=None, at=NOW)

    return prepare


def revoke_links() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: links.revoke(uid=one.uid, at=NOW)


def send_link() -> Callable[[], object]:
    letter = builders.letter()
    return lambda: links.send(letter=letter, email="ben@example.org", at=NOW)


def send_fresh_link() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: links.send_fresh(uid=one.uid, at=NOW)


def stop_news() -> Callable[[], object]:
    one = builders.counted(builders.letter(), updates=True)
    return lambda: news.stop(uid=one.uid, at=NOW)


def ask_for_news() -> Callable[[], object]:
    one = builders.counted(builders.letter())
    return lambda: news.ask(uid=one.uid, at=NOW)


def erase_after_addresses() -> Callable[[], object]:
    one = builders.counted(builders.letter(), updates=True)
    letters.close(letter=one.letter, by=None, at=NOW)
    later = NOW + limits.KEPT_AFTER_CLOSING
    retention.forget(letter_id=one.letter_id, after=0, at=later)
    return lambda: erasures.erase(uid=one.uid, at=later)


def forget_addresses(after: int) -> Callable[[], Callable[[], object]]:
    def prepare() -> Callable[[], object]:
        one = builders.counted(builders.letter())
        letters.close(letter=one.letter, by=None, at=NOW)
        later = NOW + limits.KEPT_AFTER_CLOSING
        return lambda: retention.forget(letter_id=one.letter_id, after=after or one.pk, at=later)

    return prepare


LAST_WRITES = [
    (change_claim, "letters_event"),
    (change_claim, "letters_namesrevision"),
    (renew_signature, "letters_event"),
    (renew_signature, "letters_namesrevision"),
    (delete_all, "letters_event"),
    (delete_all, "letters_erasure"),
    (give_reason, "letters_event"),
    (decide_reason("show"), "letters_namesrevision"),
    (decide_reason("decline"), "letters_event"),
    (stop_news, "letters_event"),
    (ask_for_news, "letters_event"),
    (erase_after_addresses, "letters_erasure"),
    (revoke_links, "letters_event"),
    (send_link, "letters_message"),
    (send_fresh_link, "letters_message"),
    (forget_addresses(-1), "letters_signature"),
    (forget_addresses(0), "letters_event"),
]
