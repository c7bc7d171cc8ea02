"""F1, short: the mail worker dies twice."""

from __future__ import annotations

import pytest

from tests.faults import f1
from tests.faults.stage import Stage

pytestmark = pytest.mark.xdist_group("faults")


def test_killing_the_mail_worker_loses_no_mail(stage: Stage) -> None:
    figures = f1.run(stage, people=200, kills=2, sent_within=60)
    assert not figures.missed(), str(figures)
