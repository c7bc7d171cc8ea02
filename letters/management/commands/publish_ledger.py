"""`manage.py publish_ledger --to DIR`: the public ledgers as files, for a CDN or a mirror."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from advocacy.storage import AtomicFolder
from letters.delivery import ledger
from letters.delivery.shelf import Shelf
from letters.models import Letter
from letters.queries import leaves


class Command(BaseCommand):
    """The workers publish to LEDGER_PUBLISH by themselves; this is for any other place."""

    help = "Writes the signed ledgers of all letters, or of one, into a folder; what is there already stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and which."""
        parser.add_argument("--to", required=True, type=Path, help="the folder, made if it is not there")
        parser.add_argument("--letter", help="the letter's address, like openness-in-ai; without it all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is signed, and say what was written."""
        letters = Letter.objects.exclude(origin="").order_by("pk")
        if options["letter"]:
            letters = letters.filter(slug=options["letter"])
            if not letters.exists():
                raise CommandError(f"No published letter at /letters/{options['letter']}/.")
        onto = Shelf(AtomicFolder(options["to"]))
        for letter in letters:
            signed = leaves.published(letter_id=letter.pk)
            if signed is None:
                self.stdout.write(f"{letter.slug}: not signed yet")
                continue
            try:
                ledger.write(letter, signed.checkpoint, signed.note, vkeys=signed.vkeys, onto=onto)
            except ledger.Refused as refusal:
                raise CommandError(f"{letter.slug}: {refusal}") from refusal
            home = options["to"] / ledger.folder(letter)
            self.stdout.write(f"{letter.slug}: {signed.checkpoint.size} leaves in {home}")
