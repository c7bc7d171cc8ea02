"""`manage.py create_organizer`: the first login of a new installation."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from advocacy import env
from letters.services import users

PASSWORD_LEAST = 12


class Command(BaseCommand):
    """Prints the login once, when it is made."""

    help = (
        "Makes the first organizer, from DJANGO_SUPERUSER_EMAIL and DJANGO_SUPERUSER_PASSWORD or at random."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the login unless it is there."""
        email = env.text(
            "DJANGO_SUPERUSER_EMAIL",
            "organizer@undersigned.example",
            hint="Write the organizer's mail address.",
        )
        chosen = env.text("DJANGO_SUPERUSER_PASSWORD", "", hint="Write a password, or leave it out.")
        if chosen and len(chosen) < PASSWORD_LEAST:
            raise CommandError(
                f"DJANGO_SUPERUSER_PASSWORD has {len(chosen)} characters.\n"
                f"How to fix: use at least {PASSWORD_LEAST}, or leave it out for a random one."
            )
        password = chosen or secrets.token_urlsafe(12)
        made = users.create_organizer(email=email, password=password, at=timezone.now())
        self.stdout.write(f"organizer {email} {password if made else '(password set earlier)'}")
