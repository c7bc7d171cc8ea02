"""F6, short: what counts dies 60 times."""

from __future__ import annotations

import pytest

from tests.faults import f6
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_killing_what_counts_never_makes_the_number_contradict_itself(stage: Stage) -> None:
    figures = f6.run(stage, kills=60, celery_kills=1)
    assert not figures.missed(), str(figures)
