"""`manage.py drain`: send and count what waits, without a broker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from letters import limits
from letters.delivery import email, journal, ledger
from letters.queries import ledger as waiting
from letters.queries import mailings as running
from letters.services import mailings


class Command(BaseCommand):
    """For the hour in which Redis or the workers are away."""

    help = "Sends every mail that is due and counts every confirmed signature, without Redis or Celery."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the workers would do, once."""
        entries = 0
        for letter_id in waiting.due(at=timezone.now()):
            while done := ledger.advance(letter_id=letter_id, at=timezone.now()):
                entries += done
        for letter_id in waiting.unsigned():
            ledger.publish(letter_id=letter_id, at=timezone.now())
        journal.write(at=timezone.now())
        for mailing_id in running.due(at=timezone.now()):
            while mailings.advance(mailing_id=mailing_id, at=timezone.now()):
                pass
        mails = 0
        # What a mail after counting waits for has just been published.
        while sent := email.drain(clock=lambda: timezone.now() + limits.SIGNED_MAIL_AFTER):
            mails += sent
        self.stdout.write(f"{mails} mails sent, {entries} signatures counted or changed")
