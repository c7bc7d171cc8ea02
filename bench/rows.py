"""Rows to measure with: a letter, its crowd, and signatures that wait for their owners."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, islice

from django.db import connection
from django.utils import timezone

from bench import posts
from letters import addresses, crypto, tokens
from letters.demo import letter as demo
from letters.demo.people import people
from letters.enums import Display, SignatureState
from letters.management import seeding
from letters.models import Letter, LetterText, Organization, Signature
from letters.models.signature import address_context
from letters.services import letters, organizations
from letters.tokens import Purpose

AT_ONCE = 1000


def publish() -> LetterText:
    """Publish the demo letter without its signatories."""
    opened = seeding.opened_before(timezone.now())
    organization = organizations.create(organization=Organization(**demo.ORGANIZATION), by=None, at=opened)
    draft = Letter(organization=organization, slug=demo.SLUG, place=demo.PLACE, time_zone=demo.TIME_ZONE)
    letters.create(letter=draft, by=None, at=opened)
    text = LetterText(letter=draft, title=demo.TITLE, addressees=demo.ADDRESSEES, body=demo.body("en"))
    letters.write(text=text, by=None, at=opened)
    seeding.make_ready(letter=draft, by=None, at=opened)
    letters.publish(letter=draft, by=None, at=opened)
    return text


def fill(text: LetterText, size: int) -> None:
    """Load the letter up to `size` signatures, confirmed and counted, as `manage.py seed_load` does."""
    stored, now = Signature.objects.count(), timezone.now()
    if size > stored:
        crowd, since = people(size - stored, seed=f"bench:{stored}"), now - timedelta(days=1)
        seeding.load(text=text, crowd=crowd, seed=f"bench:{stored}", since=since, until=now)
    with connection.cursor() as cursor:
        # What autovacuum would do some minutes later, in the middle of a round.
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def pending(text: LetterText, *, numbers: count[int], many: int, at: datetime) -> list[Signature]:
    """Store signatures as `signatures.sign` leaves them, but without their mails."""
    rows = [_pending(text, number, at) for number in islice(numbers, many)]
    return Signature.objects.bulk_create(rows, batch_size=AT_ONCE)


def confirmations(rows: list[Signature], *, port: int, at: datetime) -> Iterator[bytes]:
    """Return the request of each owner's button: cookie, CSRF token, and what they were shown."""
    secret, token = posts.csrf()
    requests = []
    for row in rows:
        cookie = f"signature={tokens.make(Purpose.COOKIE, uid=row.uid, at=at)}; csrftoken={secret}"
        fields = {"csrfmiddlewaretoken": token, "seen": row.seen_digest()}
        path = f"/my-signature/{row.uid}/confirm/"
        requests.append(posts.post(path, port=port, fields=fields, cookie=cookie))
    return iter(requests)


def _pending(text: LetterText, number: int, at: datetime) -> Signature:
    answers = posts.answers(number)
    letter, email = text.letter, answers.pop("email")
    key = addresses.mailbox_key(email, letter_id=letter.pk, version=letter.address_rules)
    return Signature(
        **answers,
        letter=letter,
        text=text,
        language=text.language,
        display=Display.SHOWN,
        state=SignatureState.PENDING,
        email_key=key,
        email_sealed=crypto.seal(email, context=address_context(key)),
        form_key=os.urandom(12).hex(),
        created_at=at,
    )
