"""What a reader has already, or cannot pay for, is not looked up."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters import limits
from letters.limits import Budget
from tests import builders
from tests.api import readers

pytestmark = pytest.mark.django_db
API = "/api/v1/letters/night-trains"
DATA = "/letters/night-trains/data"


class Asked(NamedTuple):
    """An address, the words of the statement that is the work behind it, and who pays for it."""

    path: str
    work: str
    budget: Budget = limits.READING


ASKED = (
    Asked(f"{API}/signatures?q=ben&order=name", 'FROM "letters_signature"', limits.NAMES),
    Asked(f"{API}/changes", "FROM letters_tallypoint AS point"),
    Asked(f"{API}/timeseries", "FROM letters_tallypoint AS point"),
    Asked(f"{API}/updates", 'FROM "letters_update"'),
    Asked(f"{API}/versions", 'FROM "letters_lettertext"'),
    Asked(f"{API}/text", '"letters_lettertext"."body"'),
    Asked(f"{API}/ledger/inclusion?index=0&size=4", "FROM letters_leaf"),
    Asked(f"{API}/ledger/consistency?from=1&to=4", "FROM letters_leaf"),
    Asked(f"{DATA}/daily.csv", "FROM letters_tallypoint AS point", limits.FILES),
    Asked(f"{DATA}/signatures.csv", 'FROM "letters_signature"', limits.FILES),
    Asked(f"{DATA}/letter.md", '"letters_lettertext"."body"', limits.FILES),
)


@pytest.fixture
def reader(client: Client) -> Client:
    """Somebody in a network of their own, who may ask about a letter with everything on it."""
    letter = builders.letter(names_in_api=True)
    builders.counted(letter)
    builders.update(letter)
    builders.published(letter)
    client.defaults["REMOTE_ADDR"] = readers.another()
    return client


def ask(reader: Client, asked: Asked, tag: str) -> tuple[int, str, bool]:
    """Return the status and the tag of an answer, and whether the work was done."""
    with CaptureQueriesContext(connection) as captured:
        response = reader.get(asked.path, headers={"If-None-Match": tag})
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]
    worked = any(asked.work in query["sql"] for query in captured.captured_queries)
    return response.status_code, response.get("ETag", ""), worked


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.path.partition("night-trains/")[2])
def test_neither_a_304_nor_a_refusal_costs_the_work_behind_an_answer(reader: Client, asked: Asked) -> None:
    status, tag, worked = ask(reader, asked, '"other"')
    assert (status, worked) == (200, True)
    assert ask(reader, asked, tag) == (304, tag, False)
    readers.exhaust(reader, but=1, budget=asked.budget)
    assert ask(reader, asked, tag) == (304, tag, False)
    assert ask(reader, asked, '"other"') == (429, "", False)


def test_the_newest_update_is_asked_for_once(reader: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(f"{API}/updates").json()["meta"]["total"] == 1
    assert sum('FROM "letters_update"' in query["sql"] for query in captured.captured_queries) == 1
