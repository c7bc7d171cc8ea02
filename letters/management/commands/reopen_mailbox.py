"""`manage.py reopen_mailbox ADDRESS`: let mails leave for somebody again who had wanted none."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from letters.services import mailboxes


class Command(BaseCommand):
    """For whoever pressed the button by mistake and writes to the operator."""

    help = "Undoes “never write to this address again”, on request of the owner of the mailbox."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo it, or say that there is nothing to undo."""
        if not mailboxes.reopen(address=options["address"], by=None, at=timezone.now()):
            raise CommandError("Nobody asked us to never write to this address. Check its spelling.")
        self.stdout.write("mails leave for this address again")
