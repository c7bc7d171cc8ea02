"""`manage.py replay_erasures`: forget again everybody whom a restore brought back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advocacy.storage import AtomicFolder
from letters.delivery import journal, shelf
from letters.delivery.shelf import Shelf
from letters.services import erasures


class Command(BaseCommand):
    """Run it after a restore, before the site answers; doing it again changes nothing."""

    help = "Reads the journal of erasures and erases again whoever stands in the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the journal is."""
        parser.add_argument(
            "--from", dest="source", type=Path, help="a copy of LEDGER_PUBLISH; without it that folder itself"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, and say how many."""
        source = options["source"]
        if source and not (source / journal.FOLDER).is_dir():
            raise CommandError(f"{source / journal.FOLDER} is no folder.")
        there = Shelf(AtomicFolder(source)) if source else shelf.default()
        try:
            found = journal.replay(there=there, at=timezone.now())
        except (journal.Unreadable, OSError) as error:
            raise CommandError(f"The journal cannot be read, nothing was done: {error}") from error
        kinds = (erasures.ERASED, erasures.DELETED, erasures.KNOWN, erasures.UNKNOWN)
        figures = ", ".join(f"{found.get(kind, 0)} {kind}" for kind in kinds)
        self.stdout.write(f"{sum(found.values())} in the journal: {figures}")
