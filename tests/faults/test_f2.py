"""F2, short: PostgreSQL dies twice."""

from __future__ import annotations

import pytest

from tests.faults import f2
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_killing_postgres_loses_no_signature_and_no_count_is_wrong(stage: Stage) -> None:
    figures = f2.run(stage, people=120, kills=2, answers_within=30)
    assert not figures.missed(), str(figures)
