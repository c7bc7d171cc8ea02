"""The picture under its address."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_the_card_is_served_for_good(client: Client) -> None:
    card = builders.card(builders.letter())
    response = client.get(f"/letters/night-trains/card-{card.digest}.png")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert hashlib.sha256(response.content).hexdigest().startswith(card.digest)
    assert not response.cookies
    again = client.get(response.request["PATH_INFO"], headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_any_other_address_is_not_found(client: Client) -> None:
    card = builders.card(builders.letter())
    builders.letter("open-data")
    for path in (
        "/letters/night-trains/card-0123456789abcdef0123.png",
        "/letters/night-trains/card-.png",
        f"/letters/open-data/card-{card.digest}.png",
        f"/letters/none/card-{card.digest}.png",
    ):
        assert client.get(path).status_code == 404


def test_a_letter_that_was_taken_back_has_no_picture(client: Client) -> None:
    letter = builders.letter()
    card = builders.card(letter)
    letters.withdraw(letter=letter, reason="An error.", by=None, at=NOW)
    assert client.get(f"/letters/night-trains/card-{card.digest}.png").status_code == 404


def test_a_file_that_is_lost_is_not_found(client: Client) -> None:
    card = builders.card(builders.letter())
    default_storage.delete(card.file)
    assert client.get(f"/letters/night-trains/card-{card.digest}.png").status_code == 404
