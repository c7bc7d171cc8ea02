"""`manage.py retention [--dry-run]`: delete what the schedule says, or say what it would delete."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from letters.services import retention


class Command(BaseCommand):
    """Beat does the same every night."""

    help = "Delete the addresses of signatories whose letters closed long enough ago."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="only say what would be deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is due, then delete it."""
        now = timezone.now()
        due = retention.due(at=now)
        for one in due:
            self.stdout.write(f"{one.slug}: {one.addresses} addresses")
        if options["dry_run"]:
            self.stdout.write("Nothing was deleted." if due else "Nothing is due.")
            return
        for one in due:
            after: int | None = 0
            while after is not None:
                after = retention.forget(letter_id=one.letter_id, after=after, at=now)
        self.stdout.write(f"Done: {sum(one.addresses for one in due)} addresses of {len(due)} letters.")
