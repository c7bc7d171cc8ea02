"""`manage.py reset_factor ADDRESS`: the way back for whoever lost every second factor."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from letters.services import resets
from letters.services.resets import NothingToReset


class Command(BaseCommand):
    """At the desk this takes two people; at the server one is enough, who could change every row anyway."""

    help = "Removes all second factors of a person, logs them out, and mails them the way to enrol new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say that there is nothing to do."""
        try:
            user = resets.reset_alone(email=options["address"], at=timezone.now())
        except NothingToReset as refusal:
            raise CommandError(
                "Nobody with this address has a second factor. Check its spelling."
            ) from refusal
        self.stdout.write(f"{user.email} has no second factor any more; a mail with a link is on its way")
