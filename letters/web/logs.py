"""What may not stand in a log."""

from __future__ import annotations

import logging
import re
from typing import Final

MAILED_LINK: Final = re.compile(r"(/s/|/accounts/invitation/|/embargo/)[^/\s]+")


class NoTokens(logging.Filter):
    """Masks the token of a mailed link: Django logs the path of every answer from 400 on."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without a token."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                MAILED_LINK.sub(r"\1…", one) if isinstance(one, str) else one for one in record.args
            )
        return True
