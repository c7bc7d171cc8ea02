"""The nightly recount sees what somebody changed past the services, says so, and repairs nothing."""

from __future__ import annotations

import logging

import pytest
from django.db import connection

from letters.models import Event, Tally
from letters.services import recounts
from letters.tasks import ledger as tasks
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
ONE_MORE = """
UPDATE letters_tally SET count = count + 1, signed = signed + 1, persons = persons + 1, public = public + 1,
by_email = by_email + 1
"""


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        (ONE_MORE, "count"),
        ("UPDATE letters_signature SET state = 'withdrawn', withdrawn_at = now()", "strays"),
        ("UPDATE letters_signature SET tallied = 'private'", "public"),
        ("UPDATE letters_signature SET counted_method = 'orcid'", "by_orcid"),
        ("UPDATE letters_signature SET method = 'orcid'", "strays"),
        ("UPDATE letters_signature SET commitment = decode(repeat('00', 32), 'hex')", "strays"),
        ("DELETE FROM letters_signature", "signed"),
        ("""UPDATE letters_tally SET by_text = '{"1": 0, "2": 1}'""", "text_2"),
        ("UPDATE letters_tallypoint SET new = new + 1 WHERE interval = 'day'", "points_by_day"),
    ],
)  # fmt: skip
def test_a_hand_in_the_database_raises_an_alarm(
    statement: str, difference: str, caplog: pytest.LogCaptureFixture
) -> None:
    letter = builders.letter()
    builders.counted(letter)
    assert recounts.compare(letter_id=letter.pk, at=NOW) == {}
    with connection.cursor() as cursor:
        cursor.execute(statement)
    before = Tally.objects.values().get()
    with caplog.at_level(logging.ERROR):
        tasks.recount()
    event = Event.objects.get(name="tally.differs")
    assert (event.subject, event.actor) == (letter.public_id, "system")
    assert difference in event.data
    assert letter.public_id in caplog.text
    assert Tally.objects.values().get() == before


def test_what_waits_for_the_seal_is_no_difference() -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.confirmed(letter, email="cleo@example.org")
    tasks.recount()
    assert not Event.objects.filter(name="tally.differs").exists()
