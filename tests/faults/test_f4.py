"""F4, short: a few seconds of each mood."""

from __future__ import annotations

import pytest

from tests.faults import f4
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_a_bad_mail_server_loses_no_mail_and_slows_nobody_who_signs(stage: Stage) -> None:
    figures = f4.run(stage, people=100, mood_seconds=2, drained_within=60, sign_most=10)
    assert not figures.missed(), str(figures)
