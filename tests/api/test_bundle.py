"""The ledger as one file: what the verifier needs without network, about the signed state and no other."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from django.test import Client

from letters.models import Letter, LetterText
from letters.services import ledger, letters, signatures
from tests import builders
from tests.builders import NOW
from tests.verify import runs
from tests.verify.runs import Result

pytestmark = pytest.mark.django_db
BUNDLE = "/letters/night-trains/ledger/bundle.tar"
COUNT = "/api/v1/letters/night-trains/count"


def chunks(client: Client, path: str = BUNDLE) -> list[bytes]:
    response = client.get(path)
    assert response.status_code == 200
    return list(cast("Iterable[bytes]", response.streaming_content))  # type: ignore[attr-defined]


def files(client: Client) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(b"".join(chunks(client))), mode="r:") as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]


def check(client: Client, folder: Path, *arguments: object) -> Result:
    """Run the verifier as its user does, an hour after NOW."""
    path = folder / "letter.tar"
    path.write_bytes(b"".join(chunks(client)))
    later = f"{NOW + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    return runs.process(
        "http://testserver/letters/night-trains/", "--bundle", path, "--now", later, *arguments
    )


def crowd(letter: Letter, number: int) -> None:
    for place in range(number):
        builders.confirmed(letter, email=f"s{place}@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)


@pytest.mark.parametrize("mode", [(), ("--light",)])
def test_the_verifier_says_ok(client: Client, tmp_path: Path, mode: tuple[str, ...]) -> None:
    letter = builders.letter()
    crowd(letter, 3)
    builders.published(letter)
    done = check(client, tmp_path, *mode)
    assert done.status == 0
    assert done.line == f"OK: 3 signatures as of 2026-03-14T12:00:00Z, proven by 7 leaves of {letter.origin}"


@pytest.mark.parametrize("mode", [(), ("--light",)])
def test_the_verifier_says_ok_to_a_ledger_of_several_tiles(
    client: Client, tmp_path: Path, mode: tuple[str, ...]
) -> None:
    letter = builders.letter()
    crowd(letter, 520)
    signatures.withdraw(uid=letter.signatures.first().uid, at=NOW)  # type: ignore[union-attr]
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=1))
    builders.published(letter)
    assert check(client, tmp_path, *mode).line.startswith("OK: 519 signatures")
    found = [name.split("/", 2)[2] for name in files(client) if "/" in name]
    assert found == [
        "checkpoint", "vkey", "text/1",
        "tile/entries/000", "tile/entries/001", "tile/entries/002.p/14",
        "tile/0/000", "tile/0/001", "tile/0/002.p/14", "tile/1/000.p/2",
    ]  # fmt: skip


def test_the_number_in_it_is_the_signed_one_and_not_a_newer_one(client: Client, tmp_path: Path) -> None:
    letter = builders.letter()
    crowd(letter, 2)
    signed = builders.published(letter)
    as_it_was = client.get(COUNT).json()
    assert json.loads(files(client)["count.json"]) == as_it_was
    builders.counted(letter, email="late@example.org", at=NOW + timedelta(minutes=1))
    assert client.get(COUNT).json()["confirmed"] == 3
    held = json.loads(files(client)["count.json"])
    assert held == as_it_was
    assert (held["confirmed"], held["ledger"]["size"]) == (2, signed.checkpoint.size)
    done = check(client, tmp_path)
    assert (done.status, done.line.startswith("OK: 2 signatures")) == (0, True)
    assert "The site shows 2 as of 2026-03-14T12:00:00Z, and so does the ledger." in done.output


def test_a_bundle_that_was_changed_is_a_mismatch(client: Client, tmp_path: Path) -> None:
    letter = builders.letter()
    crowd(letter, 3)
    builders.published(letter)
    whole = b"".join(chunks(client))
    path = tmp_path / "letter.tar"
    path.write_bytes(whole.replace(b'"confirmed":3', b'"confirmed":4'))
    assert runs.process("--bundle", path).status == 1


def test_only_the_texts_of_the_signed_state_are_in_it(client: Client, tmp_path: Path) -> None:
    letter = builders.letter()
    builders.published(letter)
    LetterText.objects.create(
        letter=letter, number=2, language="fr", authoritative=False, title="T", addressees="A", body="B",
        published_at=NOW,
    )  # fmt: skip
    assert [name for name in files(client) if "/text/" in name] == [f"ledger/{letter.public_id}/text/1"]
    assert check(client, tmp_path).status == 0


def test_it_streams_tile_by_tile_and_the_same_state_gives_the_same_bytes(client: Client) -> None:
    letter = builders.letter()
    crowd(letter, 520)
    builders.published(letter)
    found = chunks(client)
    assert len(found) == 1 + 1 + 1 + 1 + 7 + 1  # count, checkpoint, key, text, tiles, end
    assert max(map(len, found)) < 64_000
    assert all(len(chunk) % tarfile.BLOCKSIZE == 0 for chunk in found)
    assert chunks(client) == found


def test_who_has_it_is_not_sent_it_again(client: Client) -> None:
    letter = builders.letter()
    builders.published(letter)
    first = client.get(BUNDLE)
    assert first["Content-Type"] == "application/x-tar"
    assert first["Content-Disposition"] == 'attachment; filename="ledger-night-trains-3.tar"'
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    again = client.get(BUNDLE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"], again.content) == (304, first["ETag"], b"")
    assert client.head(BUNDLE)["ETag"] == first["ETag"]
    builders.counted(letter)
    builders.published(letter)
    assert client.get(BUNDLE, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_there_is_none_without_a_signed_state_or_for_no_public_letter(client: Client) -> None:
    draft, letter = builders.draft("day-trains"), builders.letter()
    assert client.get(BUNDLE).status_code == 404
    assert client.get("/letters/day-trains/ledger/bundle.tar").status_code == 404
    assert client.get("/letters/none/ledger/bundle.tar").status_code == 404
    builders.published(letter)
    assert client.post(BUNDLE).status_code == 405
    letters.close(letter=letter, by=None, at=NOW)
    assert client.get(BUNDLE).status_code == 200
    assert draft.slug == "day-trains"
