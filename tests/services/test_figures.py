"""What the desk alone reads of a letter: links, languages, forms and mails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.models import Figures, Letter, Message
from letters.queries import figures as queries
from letters.services import erasures, figures, ledger, letters, signatures
from letters.tasks import figures as task
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LATER = NOW + timedelta(hours=1)


def crowd(letter: Letter, *sources: str) -> None:
    start = letter.signatures.count()
    for number, source in enumerate(sources, start):
        builders.confirmed(letter, email=f"n{number}@example.org", source=source)
    ledger.seal(letter_id=letter.pk, at=NOW)


def refreshed(letter: Letter) -> Figures:
    return figures.refresh(letter_id=letter.pk, at=LATER)


def test_links_and_languages_add_up_to_the_number() -> None:
    letter = builders.letter()
    crowd(letter, "poster", "poster", "mail", "")
    builders.signed(letter, email="waits@example.org", source="mail")
    one = refreshed(letter)
    assert one.sources == [("poster", 2), ("mail", 1)]
    assert (one.sources_other, one.sources_none) == (0, 1)
    assert one.languages == [("en", 4)]
    assert one.as_of == Letter.objects.get().tally.as_of


def test_links_beyond_the_first_stand_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOURCES_MOST", 1)
    letter = builders.letter()
    crowd(letter, "poster", "poster", "mail", "flyer")
    one = refreshed(letter)
    assert (one.sources, one.sources_other) == ([("poster", 2)], 2)


def test_forms_are_confirmed_waiting_or_too_late_and_half_of_them_were_quick() -> None:
    letter = builders.letter(at=NOW - 20 * DAY)
    for number, minutes in enumerate((1, 3, 50)):
        waiting = builders.signed(letter, email=f"n{number}@example.org")
        signatures.confirm(uid=waiting.uid, seen=waiting.seen_digest(), at=NOW + minutes * MINUTE)
    builders.signed(letter, email="waits@example.org")
    builders.signed(letter, email="late@example.org", at=NOW - 8 * DAY)
    builders.signed(letter, email="gone@example.org", at=NOW - 15 * DAY)
    one = refreshed(letter)
    assert (one.forms, one.forms_confirmed, one.forms_waiting, one.median_seconds) == (5, 3, 1, 180)
    assert one.forms_since == LATER - limits.PENDING_KEPT


def test_somebody_who_was_forgotten_is_a_form_without_a_time() -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    erasures.erase(uid=one.uid, at=NOW)
    made = refreshed(letter)
    assert (made.forms, made.forms_confirmed, made.median_seconds) == (1, 1, None)


def test_a_letter_that_nobody_signed_has_figures_of_nothing() -> None:
    one = refreshed(builders.letter())
    assert (one.sources, one.languages, one.mails, one.forms, one.median_seconds) == ([], [], [], 0, None)


def test_mails_are_counted_by_kind_and_state() -> None:
    letter, other = builders.letter(), builders.letter("other")
    crowd(letter, "")
    builders.signed(letter, email="waits@example.org")
    builders.signed(other)
    Message.objects.filter(kind="signed").update(
        state="bounced", settled_at=NOW, mailbox=None, recipient_sealed=None
    )
    assert refreshed(letter).mails == [("reply", "queued", 2), ("signed", "bounced", 1)]


def test_a_letter_is_due_when_its_number_moved_and_now_and_then() -> None:
    letter = builders.letter()
    assert queries.due(at=NOW) == [letter.pk]
    figures.refresh(letter_id=letter.pk, at=NOW)
    assert queries.due(at=NOW + MINUTE) == []
    crowd(letter, "")
    assert queries.due(at=NOW + timedelta(seconds=1)) == []
    assert queries.due(at=NOW + MINUTE) == [letter.pk]
    figures.refresh(letter_id=letter.pk, at=NOW)
    assert queries.due(at=NOW + limits.FIGURES_OLDEST + MINUTE) == [letter.pk]


def test_a_letter_that_ended_long_ago_rests() -> None:
    letter = builders.letter()
    letters.close(letter=letter, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW)
    after = NOW + limits.GIVE_UP_AFTER + DAY
    figures.refresh(letter_id=letter.pk, at=after)
    assert queries.due(at=after + DAY) == []


def test_the_task_counts_them_in_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    letter = builders.letter()
    task.refresh()
    assert Figures.objects.get().letter == letter
    with django_assert_max_num_queries(9):
        refreshed(letter)
