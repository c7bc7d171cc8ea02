"""Many rows, one task: each has its turn, whatever became of those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

Row = TypeVar("Row")


def take(*, rows: Iterable[Row], do: Callable[[Row], object]) -> None:
    """Do something with each row. Raises ExceptionGroup in the end for those with which it failed.

    Where the database is away or the time is up, nothing is tried any more: that is raised at once.
    """
    failures: list[Exception] = []
    for row in rows:
        try:
            do(row)
        except (OperationalError, InterfaceError, SoftTimeLimitExceeded):
            raise
        except Exception as failure:  # noqa: BLE001 - all of them are raised below
            failures.append(failure)
    if failures:
        raise ExceptionGroup("Some rows failed, others had their turn", failures)
