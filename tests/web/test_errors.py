"""When something is away or wrong, a page says so, what it means for the reader, and how to go on."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from django.test import Client

from letters.queries import letters
from letters.web import signatures
from tests import builders

pytestmark = pytest.mark.django_db
FORM = {"name": "Ben Okafor", "email": "ben@example.org", "visibility": "public"}


def away(**_: object) -> None:
    raise OperationalError("connection refused by secret-host")


@pytest.fixture
def without_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL refuses every connection from here on."""
    builders.letter()
    for name in ("find", "with_number", "page", "to_sign"):
        monkeypatch.setattr(letters, name, away)


@pytest.mark.usefixtures("without_database")
@pytest.mark.parametrize("path", ["/", "/letters/night-trains/", "/letters/night-trains/signatures/"])
def test_without_the_database_a_page_says_so(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response["Cache-Control"] == "no-store"
    assert "Back in a moment" in response.content.decode()
    assert "secret-host" not in response.content.decode()


@pytest.mark.usefixtures("without_database")
def test_a_form_that_was_not_taken_is_never_a_success(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="letters"):
        response = client.post("/letters/night-trains/sign/", FORM)
    assert response.status_code == 503
    assert "it was not taken" in response.content.decode()
    assert "secret-host" in caplog.text


def test_the_page_speaks_the_language_of_its_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "find", away)
    monkeypatch.setattr(letters, "with_number", away)
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/letters/night-trains/").content.decode()


def test_any_other_fault_is_not_called_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(slug: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(signatures, "find", broken)
    response = Client(raise_request_exception=False).get("/letters/night-trains/sign/")
    assert response.status_code == 500
    assert "nothing was counted that should not be" in response.content.decode()


@pytest.mark.parametrize("path", ["/accessibility/", "/developers/", "/privacy/", "/how-we-count/"])
def test_every_standing_page_says_whom_to_write_to(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert 'href="mailto:letters@testserver"' in response.content.decode()
    assert not response.cookies
