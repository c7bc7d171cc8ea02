"""F5, short: web workers die five times."""

from __future__ import annotations

import pytest

from tests.faults import f5
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_killing_web_workers_leaves_one_signature_and_nothing_half(stage: Stage) -> None:
    figures = f5.run(stage, people=200, kills=5)
    assert not figures.missed(), str(figures)
