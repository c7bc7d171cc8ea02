"""`manage.py seed_load --letter SLUG --signatures N`: invented signatories, confirmed and counted."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters.demo.people import people
from letters.management import seeding
from letters.queries import letters


class Command(BaseCommand):
    """For measuring and for showing; the same seed gives the same people."""

    help = "Loads invented signatories into a published letter, confirmed and counted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which letter, how many, and which ones."""
        parser.add_argument("--letter", required=True, help="the letter's address, like openness-in-ai")
        parser.add_argument("--signatures", required=True, type=int, help="how many")
        parser.add_argument("--seed", default="", help="other people for another word")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how fast it was."""
        now = timezone.now()
        found = letters.find(slug=options["letter"], at=now)
        if found is None:
            raise CommandError(
                f"No published letter at /letters/{options['letter']}/. Publish it in the admin first."
            )
        if options["signatures"] < 1:
            raise CommandError("--signatures must be at least 1.")
        seed = options["seed"] or f"{found.letter.slug}:{found.tally.signed}"
        began = time.perf_counter()
        since = max(found.tally.as_of, found.letter.opens_at or now)
        crowd = people(options["signatures"], seed=seed)
        seeding.load(text=found.text, crowd=crowd, seed=seed, since=since, until=now)
        took = time.perf_counter() - began
        rate = options["signatures"] / took
        self.stdout.write(f"{options['signatures']} signatures in {took:.1f} s, {rate:,.0f} a second")
