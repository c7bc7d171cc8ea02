"""Mail for development: every message becomes an .eml file that any mail program opens."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes into MAIL_FOLDER. The same message twice is the same file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages and return their number."""
        settings.MAIL_FOLDER.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message()
            digest = hashlib.sha256(str(content["Message-ID"]).encode()).hexdigest()[:16]
            target = settings.MAIL_FOLDER / f"{digest}.eml"
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(content.as_bytes())
            fresh.replace(target)
        return len(email_messages)
