"""Taking signatures out: a reason, an event, and a file that holds what it says and no address."""

from __future__ import annotations

import json
import tracemalloc
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import cells, limits
from letters.admin.exports import COLUMNS
from letters.demo.people import people
from letters.enums import EventName, Exported, RemovalReason, Role, Visibility
from letters.models import Event, Letter, Tally
from letters.queries import downloads
from letters.services import erasures, exports, ledger, removals, seeds, signatures
from tests import builders, csvs
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SAID = {"which": "counted", "reason": "For the ministry."}


@pytest.fixture
def fay(client: Client) -> Client:
    """The browser of Fay, who takes lists out and does nothing else."""
    client.force_login(builders.member(builders.organization(), Role.EXPORTER))
    return client


@pytest.fixture
def letter(fay: Client) -> Letter:
    """A letter with a signature of each kind."""
    letter = builders.letter()
    said: dict[str, Any] = {"affiliation": "Night, Inc", "country": "BE", "source": "poster", "updates": True}
    builders.confirmed(letter, name="Noor van den Berg", email="noor.secret@example.org", **said)
    private = {"visibility": Visibility.PRIVATE, "name": "=HYPERLINK(1)"}
    builders.confirmed(letter, email="dov@example.org", **private)
    removed = builders.confirmed(letter, name="Rea", email="rea@example.org")
    gone = builders.confirmed(letter, name="Gone", email="gone@example.org")
    forgotten = builders.confirmed(letter, name="Forgotten", email="for@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    removals.remove(uid=removed.uid, reason=RemovalReason.TEST, by=None, at=NOW)
    signatures.withdraw(uid=gone.uid, at=NOW)
    erasures.erase(uid=forgotten.uid, at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=1))
    builders.signed(letter, name="Waits", email="waits@example.org")
    return letter


def page(letter: Letter) -> str:
    return reverse("admin:letters_letter_export", args=[letter.pk])


def taken(client: Client, letter: Letter, **said: str) -> tuple[Any, list[list[str]]]:
    response: Any = client.post(page(letter), SAID | said)
    body = b"".join(response.streaming_content)
    assert body.startswith(cells.BOM.encode())
    return response, csvs.parse(body.removeprefix(cells.BOM.encode()))


def exported() -> list[Event]:
    return list(Event.objects.filter(name=EventName.SIGNATURES_EXPORTED))


def test_the_counted_ones_are_in_the_file_with_what_is_private(fay: Client, letter: Letter) -> None:
    response, [header, *rows] = taken(fay, letter)
    tally = Tally.objects.get(letter=letter)
    assert tuple(header[: len(COLUMNS)]) == COLUMNS == downloads.Private._fields
    assert header[-2:][0] == "as_of 2026-03-14T12:01:00Z"
    assert header[-1].startswith(f"checkpoint {letter.origin} {tally.size} ")
    noor, dov = (dict(zip(header, row, strict=True)) for row in rows)
    assert noor["id"] == letter.signatures.get(name="Noor van den Berg").public_id
    said = {name: noor[name] for name in COLUMNS[1:]}
    assert said == {
        "name": "Noor van den Berg", "role": "Nurse", "affiliation": "Night, Inc", "country": "BE",
        "language": "en", "state": "confirmed", "visibility": "public", "wants_news": "true",
        "verified_by": "email", "signed_at": "2026-03-14T12:00:00Z", "confirmed_at": "2026-03-14T12:00:00Z",
        "source": "poster", "text_version": "1",
    }  # fmt: skip
    assert (dov["name"], dov["visibility"]) == ("'=HYPERLINK(1)", "private")
    name = "night-trains-signatures-private-2026-03-14T1201Z.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]


def test_all_but_the_forgotten_are_in_the_other_file(fay: Client, letter: Letter) -> None:
    _response, [header, *rows] = taken(fay, letter, which="all")
    name, state = header.index("name"), header.index("state")
    assert {(row[name], row[state]) for row in rows} == {
        ("Noor van den Berg", "confirmed"), ("'=HYPERLINK(1)", "confirmed"), ("Rea", "removed"),
        ("Gone", "withdrawn"), ("Waits", "pending"),
    }  # fmt: skip


@pytest.mark.parametrize("which", ["counted", "all"])
def test_no_address_is_in_any_file_and_the_page_says_so(fay: Client, letter: Letter, which: str) -> None:
    _response, rows = taken(fay, letter, which=which)
    assert "@" not in json.dumps(rows)
    assert "It holds no addresses" in fay.get(page(letter)).content.decode()


def test_each_export_leaves_who_what_why_and_how_many(fay: Client, letter: Letter) -> None:
    taken(fay, letter)
    taken(fay, letter, which="all", reason="To weed it.")
    last, first = exported()
    assert (first.subject, first.actor) == (letter.public_id, f"user:{fay.session['_auth_user_id']}")
    moment = "2026-03-14T12:01:00Z"
    assert first.data == {"which": "counted", "rows": 2, "as_of": moment, "reason": "For the ministry."}
    assert (last.data["which"], last.data["rows"], last.data["reason"]) == ("all", 5, "To weed it.")


@pytest.mark.parametrize(
    "said",
    [{"reason": ""}, {"reason": " \u200b"}, {"which": ""}, {"which": "addresses"}, {"reason": "x" * 201}],
)
def test_without_a_reason_or_a_choice_nothing_leaves(
    fay: Client, letter: Letter, said: dict[str, str]
) -> None:
    response = fay.post(page(letter), SAID | said)
    assert not response.streaming
    assert "Noor" not in response.content.decode()
    assert exported() == []


def test_what_breaks_while_it_is_recorded_hands_nothing_out(
    fay: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_said: object) -> None:
        raise RuntimeError("away")

    monkeypatch.setattr(exports.events, "record", away)
    with pytest.raises(RuntimeError, match="away"):
        fay.post(page(letter), SAID)


def test_looking_at_the_page_hands_nothing_out(fay: Client, letter: Letter) -> None:
    for query in ("", "?which=counted&reason=x"):
        response = fay.get(page(letter) + query)
        assert not response.streaming
        assert "Noor" not in response.content.decode()
    assert exported() == []


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.SENDER, Role.VIEWER, None])
def test_other_roles_and_strangers_get_nothing(letter: Letter, role: Role | None) -> None:
    client = Client()
    if role:
        client.force_login(builders.member(letter.organization, role, "eve@example.org"))
    for response in (client.get(page(letter)), client.post(page(letter), SAID)):
        assert response.status_code in {302, 403}
    assert exported() == []


def test_a_form_of_another_site_takes_nothing_out(letter: Letter) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(builders.member(letter.organization, Role.EXPORTER))
    assert client.post(page(letter), SAID).status_code == 403
    assert exported() == []


def test_a_draft_has_nothing_to_take_out(fay: Client) -> None:
    draft = builders.draft()
    response = fay.post(page(draft), SAID)
    assert response.status_code == 302
    assert "not published yet" in str(next(iter(get_messages(response.wsgi_request))))
    with pytest.raises(exports.NothingYet):
        exports.begin(letter=draft, which=Exported.ALL, reason="x", by=None, at=NOW)


def test_five_times_as_many_rows_take_no_more_memory(fay: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    text, now = builders.text_of(letter), timezone.now()

    def fill(first: int, last: int) -> None:
        crowd = list(people(last - first, seed="long"))
        seeds.load(text=text, people=crowd, seed="long", first=first, at=now)
        while ledger.seal(letter_id=letter.pk, at=now):
            pass

    def costs() -> tuple[int, int]:
        tracemalloc.start()
        response: Any = fay.post(page(letter), SAID)
        length = sum(map(len, response.streaming_content))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most, length

    fill(0, 2 * limits.ROWS_OF_A_FILE)
    costs()  # what is kept for good is not counted
    few, short = costs()
    fill(2 * limits.ROWS_OF_A_FILE, 10 * limits.ROWS_OF_A_FILE)
    many, long = costs()
    assert long > 4.5 * short
    assert many < 1.2 * few


def test_the_rows_are_read_by_a_cursor_on_the_server(
    fay: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ROWS_OF_A_PIECE", 1)
    response: Any = fay.post(page(letter), SAID)
    pieces = iter(response.streaming_content)
    next(pieces), next(pieces)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_cursors WHERE statement LIKE '%letters_signature%'")
        assert cursor.fetchone() == (1,)
    response.close()  # or its transaction outlives this test
