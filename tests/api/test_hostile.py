"""Whatever is sent, the API answers with JSON and never with a fault of ours."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters import cursors
from tests.api import numbers, readers

pytestmark = pytest.mark.django_db
LIST = "/api/v1/letters"
HOSTILE = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%C3%28",
    "%ED%A0%80",
    "%F0%9F%9A%82",
    "%0d%0aSet-Cookie:%20a=b",
    "%3Cscript%3E",
    "'%20OR%201=1--",
    "x" * 60_000,
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "[]",
    "{}",
]
NAMES = ("state", "q", "organization", "updated_since", "lang", "sort", "limit", "cursor")
ANYTHING = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


def refused(client: Client, url: str) -> None:
    response = client.get(url)
    assert 400 <= response.status_code < 500
    assert response["Content-Type"] == "application/problem+json"
    assert not response.cookies


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:20])
def test_hostile_values_names_and_addresses(client: Client, value: str) -> None:
    numbers.known()
    for name in NAMES:
        if name != "q":
            refused(client, f"{LIST}?{name}={value}")
    searched = client.get(f"{LIST}?q={value}")  # words may be anything, and none of these is found
    assert searched.status_code == 400 or searched.json()["data"] == []
    refused(client, f"{LIST}?{value}=1")
    refused(client, f"{LIST}/night-trains/count?{value}")
    refused(client, f"{LIST}/{value}")
    refused(client, f"{LIST}/{value}/count")
    refused(client, f"/api/v1/{value}")


def test_too_many_parameters(client: Client) -> None:
    refused(client, f"{LIST}?{'&'.join(f'a{number}=1' for number in range(1000))}")


def test_a_long_unknown_name_is_not_repeated_in_full(client: Client) -> None:
    assert len(client.get(f"{LIST}?{'x' * 60_000}=1").content) < 1_000


@pytest.mark.parametrize(
    "name", ["Accept", "If-None-Match", "If-Modified-Since", "If-Match", "Origin", "Cookie"]
)
def test_hostile_headers(client: Client, name: str) -> None:
    numbers.known()
    values = [
        "x" * 20_000,
        "\x00",
        "ÿþ",
        '"',
        'W/"',
        ",,,;;;===",
        "a;b*=utf-9''%ff",
        "Sun, 99 Zzz 99999 99:99:99 GMT",
    ]
    for value in values:
        assert client.get(f"{LIST}/night-trains", headers={name: value}).status_code in {200, 304, 406, 412}


def test_a_body_where_none_belongs(client: Client) -> None:
    numbers.known()
    body = b"\x00\xff" * 1000
    assert client.generic("GET", LIST, body, content_type="application/json").status_code == 200
    assert client.generic("POST", LIST, body, content_type="application/json").status_code == 405


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.one_of(st.sampled_from(NAMES), ANYTHING), ANYTHING, max_size=4))
def test_any_query_is_answered(client: Client, query: dict[str, str]) -> None:
    assert client.get(LIST, query, REMOTE_ADDR=readers.another()).status_code in {200, 400}


@given(micros=st.integers(0, 4 * 10**15), pk=st.integers(1, 2**63 - 1))
def test_a_cursor_brings_back_its_place_to_the_microsecond(micros: int, pk: int) -> None:
    moment = cursors.EPOCH + micros * cursors.MICROSECOND
    assert cursors.read_moment(cursors.make(of="x", value=moment, pk=pk), of="x") == (moment, pk)


@given(count=st.integers(0, 2**31 - 1), pk=st.integers(1, 2**63 - 1))
def test_a_cursor_brings_back_every_number_in_its_own_list_only(count: int, pk: int) -> None:
    cursor = cursors.make(of="x", value=count, pk=pk)
    assert cursor == cursors.make(of="x", value=count, pk=pk)
    assert cursors.read(cursor, of="x") == (count, pk)
    with pytest.raises(cursors.BadCursor):
        cursors.read(cursor, of="y")
