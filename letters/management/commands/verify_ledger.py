"""`manage.py verify_ledger [--letter SLUG]`: do ledger, database and published files say the same?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters.delivery import audits
from letters.queries import audits as ledgers


class Command(BaseCommand):
    """What a stranger checks, and what only we can: the rows behind the number."""

    help = "Checks every ledger, or one, against the database and the published files. It repairs nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument("--letter", help="the letter's address, like openness-in-ai; without it all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say OK, or what differs. Exits with 1 when something does."""
        letters = ledgers.letters(slug=options["letter"])
        if not letters and options["letter"]:
            raise CommandError(f"No published letter at /letters/{options['letter']}/.")
        wrong = 0
        for letter in letters:
            audited = audits.audit(letter=letter, at=timezone.now())
            for line in audited.differences:
                self.stdout.write(f"{letter.slug}: {line}")
            if audited.differences:
                wrong += 1
                continue
            covered = f"{audited.leaves:,} leaves, {audited.signed:,} of them signed and published"
            self.stdout.write(f"{letter.slug}: OK: {audited.count:,} signatures, {covered}")
        if wrong:
            raise CommandError(f"{wrong} of {len(letters)} ledgers differ from what they should be.")
