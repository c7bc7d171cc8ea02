"""`manage.py recover_ledger`: take over what was published since a restored backup."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advocacy.storage import AtomicFolder
from letters.delivery import ledger, recovery, shelf
from letters.delivery.shelf import Shelf
from letters.models import Checkpoint, Letter
from letters.refusal import Refusal


class Command(BaseCommand):
    """Sealing refuses while more is published than the database holds; this is the way on."""

    help = "Reads the published leaves that the database has lost and brings its signatures into agreement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which letter, and from where."""
        parser.add_argument("--letter", help="the letter's address, like openness-in-ai; without it all")
        parser.add_argument(
            "--from", dest="source", type=Path, help="a copy of LEDGER_PUBLISH; without it that folder itself"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Recover each letter by itself, and say what that meant."""
        self.check(tags=[Tags.database], databases=["default"])
        letters = Letter.objects.exclude(origin="").order_by("pk")
        if options["letter"]:
            letters = Letter.objects.filter(slug=options["letter"])
            if not letters.exists():
                raise CommandError(f"No letter at /letters/{options['letter']}/.")
        source = options["source"]
        if source and not (source / "ledger").is_dir():
            raise CommandError(f"{source / 'ledger'} is no folder.")
        there = Shelf(AtomicFolder(source)) if source else shelf.default()
        refused = [why for letter in letters if (why := self._recover(letter, there))]
        if refused:
            raise CommandError("\n".join(refused))

    def _recover(self, letter: Letter, there: Shelf) -> str:
        """Recover one letter; return why that cannot be."""
        try:
            found = recovery.recover(letter=letter, there=there, at=timezone.now())
        except (ledger.Refused, Refusal, OSError) as error:
            return f"{letter.slug}: nothing was changed: {error}"
        if found is None:
            self.stdout.write(f"{letter.slug}: nothing to recover, the database holds all that is published")
            return ""
        newest = Checkpoint.objects.newest(letter_id=letter.pk)
        self.stdout.write(
            f"{letter.slug}: {found['leaves']} leaves taken over; {found['found']} signatures brought into "
            f"agreement, {found['emptied']} that no longer count left empty, {found['lost']} lost"
            + (f"; {newest.parts['count']} count now" if newest else "")
        )
        return ""
