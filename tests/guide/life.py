"""The letter that the guide asks about: it opened on 17 February 2026, and it is the morning of 15 March."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import chain, groupby
from typing import Final

from letters.delivery import ledger as publishing
from letters.demo import letter as demo
from letters.demo.people import people
from letters.models import Letter, LetterText, Organization
from letters.services import breakdowns, features, ledger, letters, organizations, seeds, snapshots
from letters.services.features import Check
from tests import builders

OPENED: Final = datetime(2026, 2, 17, 20, 40, tzinfo=UTC)
MORNING: Final = datetime(2026, 3, 15, 9, 0, tzinfo=UTC)
SEALED_EVERY: Final = timedelta(hours=6)
NOTED: Final = timedelta(minutes=10)


def lived() -> Letter:
    """Publish the demo letter, let everybody sign in their hour, and freeze each day after it ended."""
    home = organizations.create(organization=Organization(**demo.ORGANIZATION), by=None, at=OPENED)
    letter = Letter(organization=home, slug=demo.SLUG, place=demo.PLACE, time_zone=demo.TIME_ZONE)
    letter.names_in_api = True
    letters.create(letter=letter, by=None, at=OPENED)
    text = LetterText(letter=letter, title=demo.TITLE, addressees=demo.ADDRESSEES, body=demo.body("en"))
    letters.write(text=text, by=None, at=OPENED)
    letters.publish(letter=builders.ready(letter), by=None, at=OPENED)
    _sign(text)
    for name, who, how in demo.CHECKED:
        one = letter.signatures.filter(name=name).order_by("counted_at")[0]
        check = Check(by=who, how=how, on=OPENED.date())
        features.feature(letter=letter, uid=one.uid, check=check, by=None, at=MORNING)
    publishing.publish(letter_id=letter.pk, at=MORNING)
    return letter


def _sign(text: LetterText) -> None:
    crowd = chain(demo.FIRST, people(demo.SIGNATURES - len(demo.FIRST), seed=demo.SLUG))
    first, frozen = 0, OPENED.date()
    for number, group in groupby(crowd, key=lambda one: timedelta(minutes=one.minute) // SEALED_EVERY):
        some, moment = list(group), OPENED + SEALED_EVERY * (number + 1)
        while frozen < moment.date():
            _freeze(text, frozen)
            frozen += timedelta(days=1)
        seeds.load(text=text, people=some, seed=demo.SLUG, first=first, at=moment)
        while ledger.seal(letter_id=text.letter_id, at=moment):
            pass
        first += len(some)
    _freeze(text, frozen)
    breakdowns.refresh(letter_id=text.letter_id, at=MORNING)


def _freeze(text: LetterText, day: datetime) -> None:
    over = datetime.combine(day, time(), UTC) + timedelta(days=1) + NOTED
    snapshots.freeze(letter_id=text.letter_id, day=day, at=over)
