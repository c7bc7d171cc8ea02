"""The pages behind a number: what proves it, and each number for good."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.enums import RemovalReason
from letters.models import Checkpoint, LetterText
from letters.services import ledger, letters, removals, signatures
from tests import builders
from tests.builders import NOW
from tests.verify import runs

pytestmark = pytest.mark.django_db
LETTER = "/letters/night-trains/"
PAGE = LETTER + "ledger/"
VERIFIER = Path(__file__).resolve().parents[2] / "verify" / "verify_letter.py"
SENTENCES = (
    "You can check that this number was not changed afterwards.",
    "You cannot check from outside that each signature is a different person; this is what we do about it.",
)


def page(client: Client, path: str = PAGE, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_it_says_what_is_proved_and_what_is_not(client: Client) -> None:
    builders.published(builders.letter())
    shown = page(client)
    assert all(sentence in shown for sentence in SENTENCES)


def test_it_gives_the_command_and_the_hash_of_the_program(client: Client) -> None:
    builders.published(builders.letter())
    shown = page(client)
    assert "curl -O http://testserver/verify_letter.py" in shown
    assert "python3 verify_letter.py http://testserver/letters/night-trains/<" in shown
    assert hashlib.sha256(VERIFIER.read_bytes()).hexdigest() in shown
    assert hashlib.sha256(client.get("/verify_letter.py").content).hexdigest() in shown


def test_it_shows_the_newest_signed_state_and_its_key(client: Client) -> None:
    letter = builders.letter()
    signed = builders.published(letter)
    builders.counted(letter)
    shown = page(client)
    assert signed.note in shown
    assert signed.vkeys[0] in shown
    assert client.get(f"/ledger/{letter.public_id}/checkpoint").content.decode() in shown


def test_before_the_first_signature_it_says_when(client: Client) -> None:
    builders.letter()
    shown = page(client)
    assert "The first state is signed within two minutes" in shown
    assert "bundle.tar" not in shown


def test_the_last_numbers_stand_with_all_their_parts(client: Client) -> None:
    letter = builders.letter()
    ones = [builders.confirmed(letter, email=f"s{number}@example.org") for number in range(5)]
    ledger.seal(letter_id=letter.pk, at=NOW)
    signatures.withdraw(uid=ones[0].uid, at=NOW)
    removals.remove(uid=ones[1].uid, reason=RemovalReason.TEST, by=None, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=1))
    response = client.get(PAGE)
    rows = [(row.size, *(row.parts[part] for part in ("count", "signed", "withdrawn", "removed")))
            for row in response.context["rows"]]  # fmt: skip
    assert rows == [(12, 3, 5, 1, 1), (9, 5, 5, 0, 0), (3, 0, 0, 0, 0)]
    shown = response.content.decode()
    assert all(f'href="{LETTER}at/{size}/"' in shown for size in (3, 9, 12))
    assert "14\u00a0March\u00a02026, 12:01:00\u00a0UTC" in shown
    assert 'data-says="Lost"' not in shown


def test_every_link_on_it_works(client: Client) -> None:
    builders.published(builders.letter())
    for link in (part.split('"')[0] for part in page(client).split('href="')[1:]):
        if link.startswith("/") and not link.startswith("/static/"):
            assert client.get(link).status_code == 200, link


def test_the_letter_links_to_it_beside_the_number_and_to_the_page_to_cite(client: Client) -> None:
    builders.published(builders.letter())
    shown = page(client, LETTER)
    tally = shown.split('class="tally"')[1].split("</div>")[0]
    assert f'<a href="{PAGE}">Check this number</a>' in tally
    assert f'<a href="{LETTER}at/3/">permanent page</a>' in shown
    client.force_login(builders.organizer())
    draft = builders.draft("day-trains")
    assert "Check this number" not in page(client, f"/preview/{draft.pk}/")


def test_readers_pages_set_no_cookie_and_may_be_kept_by_a_shared_cache(client: Client) -> None:
    letter = builders.letter()
    for path, seconds in ((PAGE, 10), (LETTER + "at/3/", 10)):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response["Cache-Control"] == f"public, max-age=0, must-revalidate, s-maxage={seconds}"
    builders.published(letter)
    assert client.get(LETTER + "at/3/")["Cache-Control"].endswith("s-maxage=86400")


def test_it_takes_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    builders.published(builders.letter())
    for path in (PAGE, LETTER + "at/3/"):
        with django_assert_max_num_queries(5):
            page(client, path)


def test_a_draft_and_a_size_that_is_no_tally_are_not_found(client: Client) -> None:
    builders.draft("day-trains")
    letter = builders.letter()
    builders.counted(letter)
    sizes = Checkpoint.objects.filter(letter=letter).values_list("size", flat=True)
    for size in range(8):
        page(client, f"{LETTER}at/{size}/", 200 if size in sizes else 404)
    for path in ("day-trains/ledger/", "day-trains/at/3/", "none/ledger/", "none/at/3/"):
        page(client, f"/letters/{path}", 404)
    for size in ("-1", "x", "03x", "9" * 19, "9" * 40, "9" * 5_000):
        page(client, f"{LETTER}at/{size}/", 404)


def test_a_number_keeps_its_page_when_the_number_moves_on(client: Client) -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    builders.published(letter)
    before = page(client, LETTER + "at/5/")
    signatures.withdraw(uid=one.uid, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=1))
    builders.published(letter)
    assert page(client, LETTER + "at/5/") == before
    assert "1 signature as of 14\u00a0March\u00a02026, 12:00:00\u00a0UTC" in before
    assert "1 person, 0 organizations" in before
    assert "1 public, 0 private" in before
    assert "Email confirmed: 1" in before
    assert "1 signed, 0 withdrawn, 0 removed" in before
    assert "1 signed, 1 withdrawn, 0 removed" in page(client, LETTER + "at/7/")


def test_it_is_cited_in_the_words_of_the_api(client: Client) -> None:
    letter = builders.letter(time_zone="Europe/Brussels")
    builders.counted(letter)
    cite = client.get("/api/v1/letters/night-trains/count").json()["cite"]
    assert cite == (
        "1 signature as of 14 March 2026, 13:00 CET, Night Rail Alliance, "
        "http://testserver/letters/night-trains/at/5/"
    )
    assert cite in page(client, LETTER + "at/5/")


def test_it_carries_its_own_note_or_the_first_later_one(client: Client) -> None:
    letter = builders.letter()
    own = builders.published(letter)
    builders.counted(letter)
    assert "This state is signed within two minutes" in page(client, LETTER + "at/5/")
    builders.counted(letter, email="cleo@example.org", at=NOW + timedelta(minutes=1))
    later = builders.published(letter)
    builders.counted(letter, email="dov@example.org", at=NOW + timedelta(minutes=2))
    last = builders.published(letter)
    assert own.note in page(client, LETTER + "at/3/")
    for size in (5, 7):
        shown = page(client, f"{LETTER}at/{size}/")
        assert later.note in shown
        assert last.note not in shown
    assert "first signed state that covers it, of 7 lines" in page(client, LETTER + "at/5/")
    assert "as it was signed" in page(client, LETTER + "at/7/")


def test_the_note_on_it_is_what_the_verifier_takes(client: Client, tmp_path: Path) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.published(letter)
    shown = page(client, LETTER + "at/5/")
    pasted = next(part for part in re.split(r"<pre[^>]*>", shown) if part.startswith("testserver/ledger/"))
    path, bundle = tmp_path / "checkpoint.txt", tmp_path / "letter.tar"
    path.write_bytes(pasted.split("</pre>")[0].replace("\n", "\r\n").encode())
    builders.counted(letter, email="cleo@example.org", at=NOW + timedelta(minutes=1))
    builders.published(letter)
    response = client.get(PAGE + "bundle.tar")
    bundle.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    done = runs.process("--bundle", bundle, "--checkpoint", path, "--now", "2026-03-14T13:00:00Z")
    assert "The first 5 leaves are those of the pasted checkpoint: none was changed since." in done.output
    assert done.status == 0


def test_it_names_the_texts_that_could_be_signed_then(client: Client) -> None:
    letter = builders.letter()
    first = builders.text_of(letter)
    for number, version, language, kind in ((2, 1, "fr", "first"), (3, 2, "en", "amendment")):
        text = LetterText(
            letter=letter, number=number, version=version, language=language, authoritative=version == 2,
            kind=kind, reason="A number was wrong." if version == 2 else "", title="T", addressees="A",
            body=f"Text {number}", published_at=NOW,
        )  # fmt: skip
        text.h = text.compute_hash()
        text.save()
        ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=number))
    sizes = list(Checkpoint.objects.filter(letter=letter).order_by("size").values_list("size", flat=True))
    named = [[text.number for text in client.get(f"{LETTER}at/{size}/").context["texts"]] for size in sizes]
    assert named == [[1], [1, 2], [3]]
    assert first.h in page(client, f"{LETTER}at/{sizes[1]}/")
    assert first.h not in page(client, f"{LETTER}at/{sizes[2]}/")


def test_a_closed_letter_keeps_its_pages(client: Client) -> None:
    letter = builders.letter()
    builders.published(letter)
    letters.close(letter=letter, by=None, at=NOW)
    page(client)
    page(client, LETTER + "at/3/")
