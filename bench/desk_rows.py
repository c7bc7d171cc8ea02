"""A desk to measure: one letter with a crowd, many others, and rows of every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from letters.demo.people import people
from letters.management import seeding
from letters.models import Letter, Name, Reason, Signature
from letters.services import breakdowns, figures, reasons
from tests import builders
from tests.admin import crowd, stage

LETTERS: Final = 200
ORGANIZATIONS: Final = 20
ROWS: Final = 25
"""Of every other kind."""
EVENTS: Final = """
INSERT INTO letters_event (at, name, subject, actor, letter, data)
SELECT confirmed_at, 'signature.' || what, uid::text, 'signatory', %s, '{}'
FROM letters_signature, (VALUES ('signed'), ('confirmed')) AS two (what) WHERE letter_id = %s
"""
MAILS: Final = """
INSERT INTO letters_message (uid, kind, letter_id, subject, idempotency_key, state, priority, attempts,
next_try_at, created_at, settled_at, error)
SELECT gen_random_uuid(), two.kind, letter_id, uid, 'bench:' || two.kind || uid, 'sent', 1, 1,
confirmed_at, confirmed_at, confirmed_at, ''
FROM letters_signature, (VALUES ('reply'), ('signed')) AS two (kind) WHERE letter_id = %s
"""


@dataclass(frozen=True)
class Desk:
    """Where the pages are, the session of an operator, and the number of the letter with the crowd."""

    pages: dict[str, str]
    session: str
    letter: int


def make(size: int) -> Desk:
    """Fill the database."""
    world = stage.world("Aurora")
    large = builders.letter("crowd", organization=world.organization, names_in_api=True)
    own = replace(world, open=large)
    fits = crowd.fitting(own)
    crowd.grow(own, range(ROWS))
    _others()
    _fill(large, size)
    models: dict[str, Any] = {"signature": Signature, "name": Name, "reason": Reason}
    newest = {name: model.objects.filter(letter=large).order_by("-pk")[0] for name, model in models.items()}
    own = replace(own, rows={**own.rows, "letter": large, **newest})
    pages = {name: crowd.where(name, own, fits) for name in sorted(crowd.pages())}
    client: Any = Client()
    client.force_login(builders.organizer())
    return Desk(pages, client.cookies[settings.SESSION_COOKIE_NAME].value, large.pk)


def _others() -> None:
    homes = [builders.organization(f"home-{one}", name=f"Home {one}") for one in range(ORGANIZATIONS)]
    for number in range(LETTERS):
        builders.letter(f"letter-{number}", organization=homes[number % ORGANIZATIONS])


def _fill(letter: Letter, size: int) -> None:
    text, now = builders.text_of(letter), timezone.now()
    seeding.load(
        text=text, crowd=people(size, seed="bench"), seed="bench", since=now - timedelta(days=90), until=now
    )
    for number in range(ROWS):
        one = builders.confirmed(letter, at=now, name=f"Ida {number}", email=f"ida-{number}@example.org")
        reasons.give(uid=one.uid, reason=f"For the {number}th time.", at=now)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [letter.public_id, letter.pk])
        cursor.execute(MAILS, [letter.pk])
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")
    breakdowns.refresh(letter_id=letter.pk, at=now)
    figures.refresh(letter_id=letter.pk, at=now)
