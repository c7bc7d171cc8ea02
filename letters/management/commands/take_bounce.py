"""`manage.py take_bounce`: take one report of a mail server, from standard input."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from letters import limits
from letters.delivery import bounces
from letters.delivery.bounces import Outcome


class Command(BaseCommand):
    """For a mail server that pipes what comes to BOUNCES_TO. It answers with the codes of sysexits.h."""

    help = "Reads a delivery status report and settles the mail it is about as bounced, if it says so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address that the report came to."""
        parser.add_argument("--to", default="", help="the address it came to; without it, its headers tell")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        """Exit with 0; 65 for what is not a mail; 75, upon which the server tries again, without database."""
        raw = sys.stdin.buffer.read(limits.BOUNCE_READ)
        try:
            outcome = bounces.take(raw=raw, to=to, at=timezone.now())
        except DatabaseError:
            sys.exit(os.EX_TEMPFAIL)
        if outcome is Outcome.BROKEN:
            sys.exit(os.EX_DATAERR)
