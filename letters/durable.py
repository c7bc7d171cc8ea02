"""One service call is one durable transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper


def commit() -> AbstractContextManager[None]:
    """Open the outermost transaction: when the block ends, everything in it is on disk.

    Raises RuntimeError inside another transaction, which could still undo it.
    """
    return transaction.atomic(durable=True)


@contextmanager
def statement() -> Iterator[CursorWrapper]:
    """Open a cursor for one statement that is a transaction of its own, on disk when it returns.

    It saves the two round trips of BEGIN and COMMIT. Raises RuntimeError as `commit` does.
    """
    if _inside():
        raise RuntimeError("A durable statement cannot be nested within an atomic block.")
    with connection.cursor() as cursor:
        yield cursor


@contextmanager
def snapshot() -> Iterator[None]:
    """Open a transaction that only reads and sees one state of the database, whatever others write.

    Raises RuntimeError inside another transaction.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def demand() -> None:
    """Raise TransactionManagementError unless the caller has opened a transaction."""
    if not _inside():
        raise transaction.TransactionManagementError("Open a transaction with durable.commit() first.")


def _inside() -> bool:
    # Django's TestCase wraps a test in transactions of its own; they are not the caller's.
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)
