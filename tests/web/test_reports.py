"""Reporting a name: what is taken, what comes back, and what is said to everybody alike."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import ReportReason
from letters.models import Event, Report
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
NAMES = "/letters/night-trains/signatures/"
PAGE = "/letters/night-trains/report/"
MADE = "/letters/night-trains/report/made/"
GOOD = {
    "name": "Ben Okafor", "reason": "not_signed", "words": "I was asleep.\r\nAll day.",
    "email": "ben@example.org",
}  # fmt: skip
HOSTILE = [
    "\x00", "a\x00b", "\x1b[31m", "\u202eBen\u2066", "x" * 10_000, "<script>alert(1)</script>", "' OR 1=1--",
    "\u200b\u2060", "\ufffe\uffff", "👩\u200d👩\u200d👧", "Z\u0300\u0301\u0302\u0303algo",
    "\r\nBcc: x@example.org", "{{ 7 }}{% now %}", "\ud7ff\ue000",
]  # fmt: skip


def post(client: Client, **changes: Any) -> Any:
    data = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    headers = data.pop("headers", {})
    return client.post(PAGE, data, headers=headers)


def test_the_list_leads_to_the_form_with_the_words_that_were_looked_for(client: Client) -> None:
    builders.counted(builders.letter())
    for query, link in {
        "": PAGE, "?q=ben": f"{PAGE}?q=ben", "?q=nobody+%26": f"{PAGE}?q=nobody+%26", "?method=email": PAGE,
    }.items():  # fmt: skip
        links = re.findall(rf'href="({PAGE}[^"]*)"', client.get(NAMES + query).content.decode())
        assert links == [link]
        assert client.get(link).status_code == 200
    assert 'value="nobody &amp;"' in client.get(f"{PAGE}?q=nobody+%26").content.decode()
    assert f'href="{PAGE}"' in client.get("/letters/night-trains/").content.decode()


def test_the_form_is_one_page_for_everybody(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    builders.letter()
    for path in (PAGE, MADE):
        with django_assert_max_num_queries(2):
            response = client.get(path)
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=10"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
        assert response.content == client.get(path).content
    assert "There is a problem" not in client.get(PAGE).content.decode()


def test_a_report_is_stored_and_the_answer_says_what_happens_next(client: Client) -> None:
    builders.letter()
    response = post(client)
    assert (response.status_code, response["Location"], response.content) == (303, MADE, b"")
    one = Report.objects.get()
    assert (one.name, one.reason, one.words) == ("Ben Okafor", "not_signed", "I was asleep.\nAll day.")
    assert one.address == "ben@example.org"
    shown = client.get(MADE).content.decode()
    for sentence in (
        "A person will read your report", "That can take some days.", "Nothing is removed before that.",
        "If you gave an address, Night Rail Alliance answers there.", "deleted 30 days after it is settled",
        "mailto:press@nightrail.example",
    ):  # fmt: skip
        assert sentence in shown


@pytest.mark.parametrize("reason", [*ReportReason])
def test_every_answer_is_the_same_and_what_is_optional_may_be_missing(
    client: Client, reason: ReportReason
) -> None:
    letter = builders.letter()
    builders.counted(letter)
    answers = {
        (response.status_code, tuple(response.items()), response.content)
        for response in (
            post(client, reason=reason), post(client, reason=reason, name="Nobody at all"),
            post(client, reason=reason, words=None, email=None), post(client, reason=reason, email=" "),
        )
    }  # fmt: skip
    assert len(answers) == 1
    assert [bool(one.address) for one in Report.objects.order_by("pk")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Enter the name as it stands in the list."),
        ("name", "\u200b \u2060", "Enter the name as it stands in the list."),
        ("name", None, "Enter the name as it stands in the list."),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", "Ben\x00", "Null characters are not allowed"),
        ("reason", None, "Choose what is wrong."),
        ("reason", "because", "Choose what is wrong."),
        ("words", "x" * 1001, "at most 1000 characters"),
        ("words", "\x00", "Null characters are not allowed"),
        ("email", "ben@", "Enter an email address in the correct format"),
        ("email", "ben@example.org\nBcc: x@example.org", "Enter an email address in the correct format"),
    ],
)
def test_a_bad_answer_comes_back_with_a_sentence_and_nothing_is_lost(
    client: Client, field: str, value: str | None, says: str
) -> None:
    builders.letter()
    response = post(client, **{field: value})
    shown = response.content.decode()
    assert response.status_code == 422
    assert response["Cache-Control"] == "private, no-store"
    assert "There is a problem" in shown
    assert says in shown
    assert "<title>Error:" in shown
    assert f'href="#id_{field}' in shown
    assert field == "name" or 'value="Ben Okafor"' in shown
    assert field == "words" or "I was asleep." in shown
    assert field == "email" or 'value="ben@example.org"' in shown
    assert not Report.objects.exists()


def test_a_line_break_is_one_character_as_the_browser_counts(client: Client) -> None:
    builders.letter()
    assert post(client, words="x\r\n" * 500).status_code == 303
    assert post(client, words="x\r\n" * 500 + "x").status_code == 422


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
@pytest.mark.parametrize("field", ["name", "reason", "words", "email", "q", "another"])
def test_hostile_words_are_answered(client: Client, field: str, value: str) -> None:
    builders.letter()
    for response in (post(client, **{field: value}), client.get(f"{PAGE}?{field}={quote(value)}")):
        assert response.status_code in {200, 303, 422}
        assert b"<script>alert" not in response.content
        assert len(response.content) < 30_000
    for one in Report.objects.all():
        assert one.name.isprintable() or "\u200d" in one.name


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"name=%ff%fe%00&reason=%ff", "application/x-www-form-urlencoded"),
        (b"x" * 10_000_000, "application/x-www-form-urlencoded"),
        (b"nothing", "multipart/form-data; boundary="),
        (b"{}", "application/json"),
        (b"name=x", "application/x-www-form-urlencoded; charset=nonsense"),
    ],
    ids=["utf-8", "10 MB", "empty boundary", "json", "charset"],
)
def test_broken_bodies_get_a_4xx(client: Client, body: bytes, content_type: str) -> None:
    builders.letter()
    client.raise_request_exception = False
    assert 400 <= client.generic("POST", PAGE, body, content_type=content_type).status_code < 500


ANYTHING = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=ANYTHING, words=ANYTHING, email=ANYTHING)
def test_anything_may_be_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, words: str, email: str
) -> None:
    monkeypatch.setattr(limits, "REPORTS_MOST", 1000)
    if not Report.objects.exists() and not letters.Letter.objects.exists():
        builders.letter()
    assert post(client, name=name, words=words, email=email).status_code in {303, 422}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, 303),
        ({"origin": "null"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
    ],
)
def test_a_form_of_another_site_is_refused_and_ours_needs_no_cookie(
    headers: dict[str, str], status: int
) -> None:
    builders.letter()
    response = post(Client(enforce_csrf_checks=True), headers=headers)
    assert response.status_code == status
    assert not response.cookies
    assert Report.objects.exists() == (status == 303)
    if status == 403:
        assert "This form was sent from another site. Fill it in here." in response.content.decode()


def test_a_flood_is_told_when_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REPORTS_MOST", 2)
    builders.letter(at=NOW - timedelta(days=1), time_zone="Europe/Brussels")
    with time_machine.travel(datetime(2026, 3, 14, 12, 4, 30, tzinfo=UTC), tick=False):
        assert [post(client).status_code for _ in range(3)] == [303, 303, 429]
    with time_machine.travel(datetime(2026, 3, 14, 13, 4, 0, tzinfo=UTC), tick=False):
        response = post(client)
        assert response.status_code == 429
        assert response["Retry-After"] == "61"
        assert response["Cache-Control"] == "private, no-store"
        assert "Try again after 14\u00a0March\u00a02026, 14:05\u00a0CET." in response.content.decode()
        assert client.get(PAGE).status_code == 200
    with time_machine.travel(datetime(2026, 3, 14, 13, 5, 0, tzinfo=UTC), tick=False):
        assert post(client).status_code == 303
    assert Report.objects.count() == Event.objects.filter(name="report.made").count() == 3


def test_names_of_a_closed_letter_can_be_reported_and_a_withdrawn_one_is_gone(
    client: Client,
) -> None:
    letter = builders.letter()
    letters.close(letter=letter, by=None, at=NOW)
    assert (client.get(PAGE).status_code, post(client).status_code) == (200, 303)
    letters.withdraw(letter=letter, reason="It was a mistake.", by=None, at=NOW)
    assert [client.get(path).status_code for path in (PAGE, MADE)] == [410, 410]
    assert post(client).status_code == 410
    assert client.get("/letters/unknown/report/").status_code == 404
    assert Report.objects.count() == 1


def test_a_report_stays_in_the_language_that_was_read(client: Client) -> None:
    builders.letter()
    assert f'action="/fr{PAGE}"' in client.get(f"/fr{PAGE}").content.decode()
    assert client.post(f"/fr{PAGE}", GOOD)["Location"] == f"/fr{MADE}"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    builders.letter()
    assert getattr(client, method)(PAGE).status_code == 405
    assert client.post(MADE).status_code == 405
