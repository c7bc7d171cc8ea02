"""F7, short: some dozens of people between the backup and the loss."""

from __future__ import annotations

import pytest

from tests.faults import f7
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_a_lost_database_forks_no_ledger(stage: Stage) -> None:
    figures = f7.run(stage, people=60, after=60)
    assert not figures.missed(), str(figures)
