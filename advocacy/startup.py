"""What every long-running process asks before its first work."""

from __future__ import annotations

import logging
import sys

from django.core.checks import Tags, run_checks
from django.db import OperationalError

log = logging.getLogger(__name__)


def refuse_misfit() -> None:
    """Exit when the database was made with other keys or another locale.

    A database that does not answer is no reason to stay down: it may come back.
    """
    try:
        errors = [
            error for error in run_checks(tags=[Tags.database], databases=["default"]) if error.is_serious()
        ]
    except OperationalError as error:
        log.warning("the database does not answer yet: %s", error)
        return
    if errors:
        sys.exit("\n".join(str(error) for error in errors))
