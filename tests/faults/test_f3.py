"""F3, short: Valkey dies twice."""

from __future__ import annotations

import pytest

from tests.faults import f3
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_killing_valkey_is_noticed_by_nobody_who_signs(stage: Stage) -> None:
    figures = f3.run(stage, people=120, kills=2, longest_outage=1, sign_most=10)
    assert not figures.missed(), str(figures)
