"""One stage for the short versions of all faults: setting it costs more than a fault does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.stage import Stage, standing


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """A site whose leases and pauses are seconds, on a PostgreSQL that syncs to disk."""
    with standing(app="tests.faults.hurried") as one:
        yield one
