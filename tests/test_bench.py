"""What the benchmarks compare with must be what the site does."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from bench import pgbench
from letters.services import signatures

pytestmark = pytest.mark.django_db


def test_the_insert_beside_which_signing_is_measured_fills_the_columns_of_a_signature() -> None:
    named = re.search(r"INSERT INTO bench_insert\s+\((.*?)\)", pgbench.INSERT, re.DOTALL)
    assert named
    assert tuple(named[1].replace(",", " ").split()) == signatures.COLUMNS
    with connection.cursor() as cursor:
        cursor.execute(pgbench.TABLE)
        cursor.execute(pgbench.INSERT.replace(":number", "7"))
        cursor.execute("SELECT count(*) FROM bench_insert")
        assert cursor.fetchone() == (1,)
