"""The files of a letter: what they hold, who may have them, and what a second question costs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import cast

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from letters import cells
from letters.enums import Method, RemovalReason, Visibility
from letters.models import Letter
from letters.services import breakdowns, ledger, letters, removals, signatures
from tests import builders, csvs
from tests.api import readers
from tests.builders import NOW

pytestmark = pytest.mark.django_db
DATA = "/letters/night-trains/data/"
FILES = ("daily.csv", "countries.csv", "signatures.csv", "letter.txt", "letter.md", "README.txt")
DAY = timedelta(days=1)


class Newsroom(Client):
    """Asks from another network each time: a network has ten files a minute."""

    def request(self, **asked: object) -> object:
        return super().request(**{"REMOTE_ADDR": readers.another(), **asked})


@pytest.fixture
def client() -> Client:
    return Newsroom()


def fetch(client: Client, name: str, query: str = "") -> bytes:
    response = client.get(f"{DATA}{name}{query}")
    assert response.status_code == 200
    return b"".join(cast("Iterable[bytes]", response.streaming_content))  # type: ignore[attr-defined]


def table(client: Client, name: str) -> list[list[str]]:
    return csvs.parse(fetch(client, name))


def offered(**fields: object) -> Letter:
    return builders.letter(names_in_api=True, **fields)


def test_each_day_has_its_row(client: Client) -> None:
    letter = builders.letter()
    ben = builders.confirmed(letter)
    cleo = builders.confirmed(letter, email="cleo@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    signatures.withdraw(uid=ben.uid, at=NOW + 2 * DAY)
    removals.remove(uid=cleo.uid, reason=RemovalReason.FLOOD, by=None, at=NOW + 2 * DAY)
    builders.confirmed(letter, at=NOW + 2 * DAY, email="dov@example.org", visibility=Visibility.PRIVATE)
    ledger.seal(letter_id=letter.pk, at=NOW + 2 * DAY)
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        assert table(client, "daily.csv") == [
            ["date", "new", "withdrawn", "removed", "total", "final"],
            ["2026-03-14", "2", "0", "0", "2", "true"],
            ["2026-03-15", "0", "0", "0", "2", "true"],
            ["2026-03-16", "1", "1", "1", "1", "false"],
        ]


def test_a_day_is_final_when_it_is_over_and_nothing_dated_before_midnight_can_come(client: Client) -> None:
    builders.counted(builders.letter())
    midnight = NOW.replace(hour=0) + DAY
    found = {}
    for seconds in (-1, 299, 301):
        with time_machine.travel(midnight + timedelta(seconds=seconds), tick=False):
            response = client.get(f"{DATA}daily.csv")
            found[seconds] = (table(client, "daily.csv")[1][-1], response["ETag"])
            since = {"If-Modified-Since": response["Last-Modified"]}
        with time_machine.travel(midnight + timedelta(seconds=400), tick=False):
            again = client.get(f"{DATA}daily.csv", headers=since)
            assert again.status_code == (304 if seconds == 301 else 200)
    assert [final for final, _etag in found.values()] == ["false", "false", "true"]
    assert found[-1][1] == found[299][1] != found[301][1]


def test_a_letter_that_nobody_signed_has_no_days(client: Client) -> None:
    builders.letter()
    assert [row for row in table(client, "daily.csv") if row[1] != "0"] == [
        ["date", "new", "withdrawn", "removed", "total", "final"]
    ]


def test_public_names_stand_in_their_order_and_no_other_does(client: Client) -> None:
    letter = offered()
    first = builders.counted(letter, name="Νίκος Παπαδάκης", role="Ιατρός", country="GR")
    builders.counted(letter, at=NOW + DAY, name='Ada "Ace", Dr.', email="a@example.org", affiliation="=cmd()")
    for number, name in enumerate(("Private", "Withdrawn", "Removed", "Waiting", "Late")):
        at, email = NOW + 2 * DAY, f"{number}@example.org"
        shown = Visibility.PRIVATE if name == "Private" else Visibility.PUBLIC
        made = builders.confirmed if name == "Late" else builders.counted
        one = made(letter, at=at + number * timedelta(hours=1), name=name, email=email, visibility=shown)
        if name == "Withdrawn":
            signatures.withdraw(uid=one.uid, at=at + DAY)
        if name == "Removed":
            removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=at + DAY)
        if name == "Waiting":
            letter.signatures.filter(pk=one.pk).update(display="waiting")
    builders.featured(first)
    letter.signatures.filter(pk=first.pk).update(method=Method.CHECKED)
    assert table(client, "signatures.csv") == [
        ["name", "role", "affiliation", "country", "signed_on", "verified_by", "notable", "text_version"],
        ["Νίκος Παπαδάκης", "Ιατρός", "", "GR", "2026-03-14", "checked", "true", "1"],
        ['Ada "Ace", Dr.', "Nurse", "'=cmd()", "", "2026-03-15", "email", "false", "1"],
    ]


def test_a_row_says_what_the_api_says(client: Client) -> None:
    letter = offered()
    for number, name in enumerate(("李明远", "+Ada", "Ben")):
        builders.confirmed(letter, name=name, email=f"{number}@example.org", country="CN" if number else "")
    ledger.seal(letter_id=letter.pk, at=NOW)
    columns, *rows = table(client, "signatures.csv")
    listed = client.get("/api/v1/letters/night-trains/signatures?order=oldest").json()["data"]
    as_cells = [
        [csvs.parse(cells.rows([[one[column]]]).encode())[0][0] for column in columns] for one in listed
    ]
    assert rows == as_cells
    assert len(rows) == client.get("/api/v1/letters/night-trains/count").json()["public"] == 3


def test_names_that_are_not_let_out_are_refused_with_the_reason(client: Client) -> None:
    builders.counted(builders.letter())
    response = client.get(f"{DATA}signatures.csv")
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "http://testserver/problems/names-not-offered/"
    assert "page only" in response.json()["reason"]


def test_names_are_not_found_by_search_engines(client: Client) -> None:
    offered()
    assert client.get(f"{DATA}signatures.csv")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in client.get(f"{DATA}daily.csv")


def test_the_words_are_plain_or_as_they_were_written(client: Client) -> None:
    letter = builders.draft()
    letter.texts.update(body="Dear **Ministers**,\n\nRead [this](https://x.example).")
    builders.translation(letter, "fr", "Gardez les trains de nuit")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW)
    head = "Keep the night trains running\n\nThe transport ministers of the European Union\n\n"
    assert (
        fetch(client, "letter.txt").decode() == f"{head}Dear Ministers,\n\nRead this (https://x.example).\n"
    )
    assert (
        fetch(client, "letter.md").decode()
        == f"# {head}Dear **Ministers**,\n\nRead [this](https://x.example).\n"
    )
    assert fetch(client, "letter.txt", "?lang=fr").decode().startswith("Gardez les trains de nuit\n")
    assert client.get(f"{DATA}letter.txt?lang=ar").status_code == 400


def test_the_readme_explains_every_column_and_who_may_do_what(client: Client) -> None:
    letter = offered()
    builders.counted(letter)
    said = fetch(client, "README.txt").decode()
    for name in ("daily.csv", "countries.csv", "signatures.csv"):
        section = said.partition(f"\n{name}: ")[2].partition("\n\n\n")[0]
        listed = re.findall(r"^([a-z_]+)  +\S", section, re.MULTILINE)
        assert listed == table(client, name)[0]
    assert client.get("/api/v1/letters/night-trains/count").json()["cite"] in said
    assert "CC0 1.0" in said
    assert "Okafor" not in said
    Letter.objects.update(names_in_api=False, revision=99)
    assert "signatures.csv" not in fetch(client, "README.txt").decode()


def test_a_file_is_kept_under_a_name_that_says_of_when_it_is(client: Client) -> None:
    builders.counted(offered(), at=NOW.replace(hour=20, minute=40))
    names = {name: client.get(DATA + name)["Content-Disposition"] for name in FILES}
    assert names == {
        "daily.csv": 'attachment; filename="night-trains-daily-2026-03-14T2040Z.csv"',
        "countries.csv": 'attachment; filename="night-trains-countries-2026-03-14T1100Z.csv"',
        "signatures.csv": 'attachment; filename="night-trains-signatures-2026-03-14T2040Z.csv"',
        "letter.txt": 'attachment; filename="night-trains-letter-en-v1.txt"',
        "letter.md": 'attachment; filename="night-trains-letter-en-v1.md"',
        "README.txt": 'attachment; filename="README.txt"',
    }


def test_each_says_what_it_is_and_that_everybody_may_read_it(client: Client) -> None:
    offered()
    kinds = {name: client.get(DATA + name, headers={"Accept": "text/html"})["Content-Type"] for name in FILES}
    assert kinds == {
        "daily.csv": "text/csv; charset=utf-8; header=present",
        "countries.csv": "text/csv; charset=utf-8; header=present",
        "signatures.csv": "text/csv; charset=utf-8; header=present",
        "letter.txt": "text/plain; charset=utf-8",
        "letter.md": "text/markdown; charset=utf-8",
        "README.txt": "text/plain; charset=utf-8",
    }
    for name in FILES:
        response = client.get(DATA + name)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"].startswith("public, max-age=0, must-revalidate, s-maxage=")
        assert not response.cookies
        asked = client.options(DATA + name)
        assert (asked.status_code, asked["Access-Control-Allow-Headers"]) == (204, "*")
        assert client.post(DATA + name).status_code == 405


@pytest.mark.parametrize("name", FILES)
def test_who_has_it_is_not_sent_it_again(client: Client, name: str) -> None:
    letter = offered()
    first = client.get(DATA + name)
    again = client.get(DATA + name, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    head = client.head(DATA + name)
    assert (head.content, head["ETag"], head["Content-Type"]) == (b"", first["ETag"], first["Content-Type"])
    if name != "signatures.csv":
        since = {"If-Modified-Since": first["Last-Modified"]}
        assert client.get(DATA + name, headers=since).status_code == 304
    builders.counted(letter)
    builders.changed(letter, at=timezone.now())
    breakdowns.refresh(letter_id=letter.pk, at=timezone.now())
    assert client.get(DATA + name, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_network_has_ten_files_a_minute_and_whoever_has_one_asks_for_free(client: Client) -> None:
    offered()
    mine = {"REMOTE_ADDR": readers.another()}
    for name in (FILES * 2)[-10:]:
        response = client.get(DATA + name, **mine)
        assert (response.status_code, response["RateLimit-Policy"]) == (200, '"files";q=10;w=60')
    again = client.get(f"{DATA}README.txt", headers={"If-None-Match": response["ETag"]}, **mine)
    assert again.status_code == 304
    refused = client.get(f"{DATA}daily.csv", **mine)
    assert refused.status_code == 429
    assert refused.json()["type"] == "http://testserver/problems/rate-limited/"
    assert client.get(f"{DATA}daily.csv").status_code == 200


def test_a_hidden_name_is_another_file(client: Client) -> None:
    letter = offered()
    one = builders.counted(letter, name="Zbigniew")
    before = client.get(f"{DATA}signatures.csv")["ETag"]
    signatures.withdraw(uid=one.uid, at=NOW)
    assert client.get(f"{DATA}signatures.csv")["ETag"] != before
    assert b"Zbigniew" not in fetch(client, "signatures.csv")


@pytest.mark.parametrize("name", ["daily.csv", "countries.csv", "signatures.csv"])
def test_a_mark_of_utf_8_is_there_for_who_asks(client: Client, name: str) -> None:
    offered()
    plain, marked = fetch(client, name), fetch(client, name, "?bom=1")
    assert marked == b"\xef\xbb\xbf" + plain
    assert client.get(f"{DATA}{name}")["ETag"] != client.get(f"{DATA}{name}?bom=1")["ETag"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "query", ["from=2026-03-01", "bom=2", "bom=", "bom=1&bom=1", "lang=xx", "format=csv"]
)
def test_what_is_not_understood_is_refused(client: Client, name: str, query: str) -> None:
    offered()
    response = client.get(f"{DATA}{name}?{query}")
    assert response.status_code == 400
    assert response.json()["type"] == "http://testserver/problems/invalid-parameter/"


@pytest.mark.parametrize("name", FILES)
def test_there_is_none_of_a_letter_that_cannot_be_read(client: Client, name: str) -> None:
    assert client.get(DATA + name).status_code == 404
    builders.draft()
    assert client.get(DATA + name).status_code == 404
    builders.letter("tomorrow", opens_at=timezone.now() + DAY)
    if name.startswith("letter"):
        assert client.get(f"/letters/tomorrow/data/{name}").status_code == 404
    letters.withdraw(letter=builders.letter("gone"), reason="An error.", by=None, at=NOW)
    assert client.get(f"/letters/gone/data/{name}").status_code == 410
