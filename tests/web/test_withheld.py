"""What readers find where words are withheld: a notice, 451 for the text itself, and the words nowhere."""

from __future__ import annotations

import io
import tarfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from letters.delivery import email
from letters.models import Letter, LetterText, Mailing
from letters.services import ledger, mailings, versions
from tests import builders
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
SECRET = "Wolpertinger"
LETTER = "/letters/night-trains/"
API = "/api/v1/letters/night-trains"


@pytest.fixture
def letter() -> Letter:
    """Three versions; title, addressees and body of the second hold a word that stands nowhere else."""
    made = builders.letter(at=timezone.now() - timedelta(hours=2), names_in_api=True)
    builders.confirmed(made, at=timezone.now())
    ledger.seal(letter_id=made.pk, at=timezone.now())
    words = {"title": f"Keep {SECRET}", "addressees": f"{SECRET} and sons", "body": f"We know {SECRET}."}
    builders.changed(made, at=timezone.now(), **words)
    return made


def pages(letter: Letter) -> list[str]:
    """Every address at which words of the letter might stand."""
    files = [f"{LETTER}data/{name}" for name in ("letter.md", "letter.txt", "README.txt", "signatures.csv")]
    api = ["", "/text", "/text?version=2", "/text?format=html", "/versions", "/changes", "/updates", "/count"]
    asked = f"?url=http://testserver{LETTER}"
    return [
        "/", LETTER, f"{LETTER}versions/", f"{LETTER}signatures/", f"{LETTER}embed/", f"{LETTER}data/",
        f"{LETTER}changes/", f"{LETTER}ledger/", f"{LETTER}sign/", f"{LETTER}updates/", f"{LETTER}badge.svg",
        f"{LETTER}updates.atom", "/feed.atom", f"/oembed{asked}", "/api/v1/letters",
        "/organizations/night-rail/",
        f"/ledger/{letter.public_id}/text/2", f"/ledger/{letter.public_id}/withheld/2", *files,
        *(API + path for path in api),
    ]  # fmt: skip


def read(client: Client, path: str) -> tuple[int, str]:
    response: Any = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body.decode()


def test_the_words_stand_nowhere(client: Client, letter: Letter) -> None:
    cache.clear()
    before = {path: read(client, path) for path in pages(letter)}
    assert sum(SECRET in body for _status, body in before.values()) >= 12
    builders.withheld(letter, 2, at=timezone.now())
    cache.clear()
    for path in pages(letter):
        status, body = read(client, path)
        assert SECRET not in body, path
        assert status in {200, 404, 451}, (path, status)
        assert status == 451 or before[path][0] == status or path.endswith("withheld/2"), path


def test_the_texts_own_addresses_say_451_and_why(client: Client, letter: Letter) -> None:
    builders.withheld(letter, 2, at=timezone.now())
    page = client.get(f"/ledger/{letter.public_id}/text/2")
    assert page.status_code == 451
    assert page["Link"] == '<http://testserver>; rel="blocked-by"'
    for words in ("The Regional Court", "24 O 17/26", "It names a witness."):
        assert words in page.content.decode()
    for path in (f"{API}/text", f"{API}/text?version=2&lang=en", f"{LETTER}data/letter.md"):
        problem = client.get(path)
        assert (problem.status_code, problem["Content-Type"]) == (451, "application/problem+json"), path
        assert problem["Link"] == '<http://testserver>; rel="blocked-by"'
        assert problem.json()["withheld"]["reference"] == "24 O 17/26"
    assert client.get(f"{API}/text?version=1").status_code == 200
    found = client.get(API).json()["data"]
    assert (found["addressees"], found["withheld"]["authority"]) == ([], "The Regional Court")


def test_the_letter_keeps_its_names_and_its_number_and_has_no_form(client: Client, letter: Letter) -> None:
    assert "Sign this letter" in client.get(LETTER).content.decode()
    builders.withheld(letter, 2, at=timezone.now())
    cache.clear()
    shown = client.get(LETTER).content.decode()
    assert "The text is withheld by order of law." in shown
    assert "Ben Okafor" in shown
    assert "<form" not in shown
    answer = {"name": "Cleo", "email": "cleo@example.org", "visibility": "public"}
    response = client.post(f"{LETTER}sign/", answer)
    assert response.status_code == 409
    assert "Nobody can sign this text until the order is lifted." in response.content.decode()


def test_its_neighbours_in_the_history_are_compared_with_nothing(client: Client, letter: Letter) -> None:
    builders.withheld(letter, 2, at=timezone.now())
    words = {"title": "Keep them", "addressees": "The ministers", "body": "Keep the trains."}
    builders.changed(letter, at=timezone.now(), **words)
    cache.clear()
    shown = client.get(f"{LETTER}versions/").content.decode()
    assert "so nothing is compared with it" in shown
    assert "<ins>" not in shown
    assert "The text is withheld by order of law." in shown


def test_one_language_alone_is_withheld(client: Client, letter: Letter) -> None:
    german = LetterText(letter=letter, language="de", title="Züge", addressees="EU", body="Alle Züge.")
    versions.translate(text=german, by=None, at=timezone.now())
    builders.withheld(letter, 3, at=timezone.now())
    cache.clear()
    assert "Alle Züge." not in client.get(f"/de{LETTER}").content.decode()
    assert SECRET in client.get(LETTER).content.decode()


def test_the_bundle_has_the_notice_in_the_place_of_the_words(client: Client, letter: Letter) -> None:
    ledger.seal(letter_id=letter.pk, at=timezone.now())
    builders.withheld(letter, 2, at=timezone.now())
    builders.published(letter, at=timezone.now())
    response: Any = client.get(f"{LETTER}ledger/bundle.tar")
    data = b"".join(response.streaming_content)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        names = tar.getnames()
    home = f"ledger/{letter.public_id}"
    assert f"{home}/withheld/2" in names
    assert f"{home}/text/2" not in names
    assert SECRET.encode() not in data


def test_a_mail_that_has_not_left_does_not_hold_the_words(letter: Letter, inbox: Inbox) -> None:
    running = Mailing.objects.get(text__version=2)
    mailings.advance(mailing_id=running.pk, at=timezone.now())
    builders.withheld(letter, 2, at=timezone.now())
    email.drain(clock=timezone.now)
    assert inbox.mails
    for mail in inbox.mails:
        for part in mail.walk():
            written = part.get_payload(decode=True) or b""
            assert SECRET.encode() not in written
