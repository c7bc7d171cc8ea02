"""`manage.py rotate_ledger_key`: from now on another key signs the ledgers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from letters import signing
from letters.delivery import ledger
from letters.models import Checkpoint, Letter
from letters.queries import leaves
from letters.queries import ledger as waiting
from letters.refusal import Refusal
from letters.services import keys

HINT = (
    "How to fix: stop the processes that run the queue `ledger`, run this command with LEDGER_KEY set to the "
    "new key and LEDGER_KEY_OLD to the one in force, and start them with both."
)


class Command(BaseCommand):
    """Run it with the new key in LEDGER_KEY and the one in force in LEDGER_KEY_OLD. Again, it goes on."""

    help = "Accepts a changed LEDGER_KEY, and announces it in every ledger, signed by both keys."

    def handle(self, *args: Any, **options: Any) -> None:
        """Accept the key, and bring it into every ledger."""
        try:
            changed = keys.rotate_ledger(at=timezone.now())
        except Refusal as refusal:
            raise CommandError(f"{refusal}\n{HINT}") from refusal
        self.stdout.write("the new key is accepted" if changed else "this key was accepted before")
        behind = []
        for letter in Letter.objects.filter(pk__in=waiting.counted()).order_by("pk"):
            ledger.advance(letter_id=letter.pk, at=timezone.now())
            ledger.publish(letter_id=letter.pk, at=timezone.now())
            done = _announced(letter)
            self.stdout.write(f"{letter.slug}: {'announced and published' if done else 'NOT published'}")
            if not done:
                behind.append(letter.slug)
        if behind:
            raise CommandError(
                f"Not announced in: {', '.join(behind)}. The log says why.\n"
                "How to fix: put that right and run this command again, with both keys."
            )


def _announced(letter: Letter) -> bool:
    """Return whether the newest state of a ledger names the key in force, and is published."""
    newest, signed = Checkpoint.objects.newest(letter_id=letter.pk), leaves.published(letter_id=letter.pk)
    if newest is None or signed is None or signed.checkpoint != newest:
        return False
    # No key is named where none was in force before: then the note under it speaks for itself.
    return signing.vkey(letter.origin) == (newest.key or signed.vkeys[0])
