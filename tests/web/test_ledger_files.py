"""The public files of a ledger over HTTP: the right bytes, types and lifetimes, and nothing unsigned."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from letters.delivery import ledger
from letters.models import Letter
from letters.queries import leaves
from tests import builders

pytestmark = pytest.mark.django_db
IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def letter(three_hundred: Letter) -> Letter:
    return three_hundred


def test_every_published_file_is_served_as_it_lies_there(
    client: Client, letter: Letter, ledger_folder: Path
) -> None:
    home = ledger_folder / ledger.folder(letter)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert len(files) == 8
    for file in files:
        response = client.get(f"/{ledger.folder(letter)}/{file.relative_to(home)}")
        assert (response.status_code, response.content) == (200, file.read_bytes())
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in response
        changes = file.name in {"checkpoint", "vkey"}
        lifetime = "public, max-age=0, must-revalidate, s-maxage=5" if changes else IMMUTABLE
        assert response["Cache-Control"] == lifetime


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("checkpoint", "text/plain; charset=utf-8"),
        ("vkey", "text/plain; charset=utf-8"),
        ("tile/0/000", "application/octet-stream"),
        ("tile/entries/001.p/48", "application/octet-stream"),
        ("text/1", "application/json"),
    ],
)
def test_types_and_conditional_requests(client: Client, letter: Letter, path: str, kind: str) -> None:
    url = f"/{ledger.folder(letter)}/{path}"
    response = client.get(url)
    assert response["Content-Type"] == kind
    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(url)["Content-Length"] == str(len(response.content))
    assert client.post(url).status_code == 405


def test_an_older_partial_tile_stays_readable(client: Client, letter: Letter) -> None:
    whole = client.get(f"/{ledger.folder(letter)}/tile/0/000").content
    for width in (1, 3, 255):
        response = client.get(f"/{ledger.folder(letter)}/tile/0/000.p/{width}")
        assert (response.status_code, response.content) == (200, whole[: 32 * width])


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/001.p/49", "tile/entries/001.p/50", "tile/0/001", "tile/0/002", "tile/1/000",
        "tile/1/000.p/2", "tile/2/000.p/1", "tile/0/0", "tile/0/000.p/256", "tile/0/000.p/0", "tile/64/000",
        "tile/x/000", "tile/0/x000/000", "tile/0/999/999", "tile/0/x999/x999/x999/x999/x999/999", "tile/",
        "text/0", "text/2", "text/99999999999999999999", "nothing",
    ],
)  # fmt: skip
def test_what_is_not_signed_or_not_there_is_404(client: Client, letter: Letter, path: str) -> None:
    assert client.get(f"/{ledger.folder(letter)}/{path}").status_code == 404


@pytest.mark.parametrize("what", ["checkpoint", "vkey", "tile/0/000.p/1", "text/1"])
def test_a_draft_has_no_ledger(client: Client, what: str) -> None:
    draft = builders.draft()
    assert client.get(f"/ledger/{draft.public_id}/{what}").status_code == 404


def test_the_words_of_a_letter_are_nowhere_before_it_opens(client: Client, ledger_folder: Path) -> None:
    now = timezone.now()
    letter = builders.letter(at=now, opens_at=now + timedelta(hours=1))
    ledger.advance(letter_id=letter.pk, at=now)
    ledger.publish(letter_id=letter.pk, at=now)
    words = letter.texts.get().body.splitlines()[0]
    slug = letter.slug
    for path in (
        f"/{ledger.folder(letter)}/text/1", f"/letters/{slug}/ledger/bundle.tar",
        f"/api/v1/letters/{slug}/text", f"/letters/{slug}/data/letter.txt",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for path in (f"/letters/{slug}/", f"/letters/{slug}/versions/", f"/api/v1/letters/{slug}", "/feed.atom"):
        assert words not in client.get(path).content.decode(), path
    assert not [
        file for file in ledger_folder.rglob("*") if file.is_file() and words.encode() in file.read_bytes()
    ]


def test_before_it_is_signed_nothing_is_shown(client: Client) -> None:
    letter = builders.letter()
    for what in ("checkpoint", "vkey", "tile/0/000.p/3"):
        assert client.get(f"/{ledger.folder(letter)}/{what}").status_code == 404


def test_the_verifier_is_served_as_it_is_in_the_repository(client: Client) -> None:
    response = client.get("/verify_letter.py")
    source = Path("verify/verify_letter.py").read_bytes()
    assert hashlib.sha256(response.content).digest() == hashlib.sha256(source).digest()
    assert response["Content-Type"] == "text/x-python; charset=utf-8"


def test_the_keys_of_the_site_stand_at_a_well_known_place(client: Client, letter: Letter) -> None:
    keys = client.get("/.well-known/undersigned-ledger-keys").content.decode().split()
    vkey = client.get(f"/{ledger.folder(letter)}/vkey").content.decode().strip()
    assert [vkey.rpartition("+")[2]] == keys


def test_the_rules_that_the_first_leaf_names_can_be_read(client: Client, letter: Letter) -> None:
    response = client.get("/how-we-count/rules.txt")
    named = json.loads(leaves.leaf(letter_id=letter.pk, index=0))["rules"]
    assert hashlib.sha256(response.content).hexdigest() == named
    assert "/how-we-count/rules.txt" in client.get("/how-we-count/").content.decode()
