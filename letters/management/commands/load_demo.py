"""`manage.py load_demo`: the letter that a new installation shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from letters.delivery import ledger
from letters.demo import letter as demo
from letters.demo.people import people
from letters.management import seeding
from letters.models import Letter, LetterText, Organization, Signature, User
from letters.services import features, letters, organizations
from letters.services.features import Check


class Command(BaseCommand):
    """Does nothing when the letter is there."""

    help = "Loads the demo letter with its invented signatories, unless it is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, publish and sign it, as an organizer and 1,743 people would have."""
        if Letter.objects.filter(slug=demo.SLUG).exists():
            self.stdout.write(f"the demo letter is there: /letters/{demo.SLUG}/")
            return
        now = timezone.now()
        opened = seeding.opened_before(now)
        by = User.objects.filter(is_superuser=True).order_by("pk").first()
        organization = organizations.create(organization=Organization(**demo.ORGANIZATION), by=by, at=opened)
        draft = Letter(organization=organization, slug=demo.SLUG, place=demo.PLACE, time_zone=demo.TIME_ZONE)
        letters.create(letter=draft, by=by, at=opened)
        text = self._write(draft, by=by, at=opened)
        seeding.make_ready(letter=draft, by=by, at=opened)
        letters.publish(letter=draft, by=by, at=opened)
        crowd = chain(demo.FIRST, people(demo.SIGNATURES - len(demo.FIRST), seed=demo.SLUG))
        seeding.load(text=text, crowd=crowd, seed=demo.SLUG, since=opened, until=now)
        self._check(draft, by=by, at=now)
        ledger.publish(letter_id=draft.pk, at=timezone.now())
        self.stdout.write(f"the demo letter is loaded: /letters/{demo.SLUG}/")

    def _write(self, letter: Letter, *, by: User | None, at: datetime) -> LetterText:
        """Write the letter and its translations, and return the text that binds."""
        text = LetterText(letter=letter, title=demo.TITLE, addressees=demo.ADDRESSEES, body=demo.body("en"))
        letters.write(text=text, by=by, at=at)
        for language, (title, addressees) in demo.TRANSLATIONS.items():
            other = LetterText(letter=letter, language=language, authoritative=False)
            other.title, other.addressees, other.body = title, addressees, demo.body(language)
            letters.write(text=other, by=by, at=at)
        return text

    def _check(self, letter: Letter, *, by: User | None, at: datetime) -> None:
        for name, who, how in demo.CHECKED:
            one = Signature.objects.filter(letter=letter, name=name).order_by("counted_at")[0]
            check = Check(by=who, how=how, on=at.date() - timedelta(days=1))
            features.feature(letter=letter, uid=one.uid, check=check, by=by, at=at)
