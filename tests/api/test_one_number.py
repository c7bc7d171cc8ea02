"""One number everywhere, with the moment at which it was true, also while people sign and withdraw.

Each place that states the number is one line of SURFACES. What it states must be one of the tallies that
were sealed, with that tally's moment: never a number of one tally with the moment of another.
"""

from __future__ import annotations

import html
import itertools
import json
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

import pytest
from django.db import connection
from django.test import Client

from letters.delivery import email
from letters.models import Checkpoint, Letter
from letters.queries import mailings as running
from letters.services import ledger, letters, mailings, signatures
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db(transaction=True)
SLUG: Final = "night-trains"
PEOPLE, SEALS, READERS = 60, 30, 4
MINUTE: Final = timedelta(minutes=1)
SHOWN: Final = "%d %B %Y, %H:%M"
API, PAGE = f"/api/v1/letters/{SLUG}", f"/letters/{SLUG}/"
NUMBER: Final = re.compile(r'class="count num"[^>]*>([\d,]+)<|<b>([\d,]+)</b>|([\d,]+) signatures? as of')
MOMENT: Final = re.compile(r"as of (\d+ \w+ \d{4}, \d\d:\d\d)")
NETWORKS: Final = itertools.count()


class Reading(NamedTuple):
    """What one place states: the number, and the minute at which it was true."""

    count: int
    as_of: str


class Surface(NamedTuple):
    """One place: its address, and how the reading stands in what it answers."""

    path: str
    read: Callable[[Any], Reading]


def sentence(response: Any) -> Reading:
    """Read a number and a moment that are written for people."""
    body = html.unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    return written(body)


def written(words: str) -> Reading:
    number, moment = NUMBER.search(words), MOMENT.search(words)
    assert number, words
    assert moment, words
    count = next(group for group in number.groups() if group)
    at = datetime.strptime(moment[1], SHOWN).replace(tzinfo=UTC)
    return Reading(int(count.replace(",", "")), f"{at:%Y-%m-%dT%H:%M}")


def record(*path: str | int, count: str = "confirmed", as_of: str = "as_of") -> Callable[[Any], Reading]:
    """Read a number and a moment that are fields of one object."""

    def read(response: Any) -> Reading:
        found = response.json()
        for step in path:
            found = found[step]
        return Reading(found[count], found[as_of][:16])

    return read


def structured(response: Any) -> Reading:
    """Read what search engines are told."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    assert found
    said = json.loads(found[1])["interactionStatistic"]
    return Reading(said["userInteractionCount"], said["endTime"][:16])


def last_row(response: Any) -> Reading:
    """Read the total of the last day, and the moment in the name of the file."""
    moment = re.search(r"-(\d{4}-\d\d-\d\dT\d\d)(\d\d)Z\.csv", response["Content-Disposition"])
    assert moment
    row = b"".join(response.streaming_content).decode().split("\r\n")[-2].split(",")
    return Reading(int(row[4]), f"{moment[1]}:{moment[2]}")


def last_day(response: Any) -> Reading:
    """Read the total of the last day of a list."""
    found = response.json()
    return Reading(found["data"][0]["total"], found["meta"]["as_of"][:16])


def framed(response: Any) -> Reading:
    """Read the frame that an answer of oEmbed puts on a page."""
    source = re.search(r'src="http://testserver([^"]+)"', response.json()["html"])
    assert source
    return sentence(ask(Client(), html.unescape(source[1])))


def last_point(response: Any) -> Reading:
    """Read the total of the last point of a series."""
    found = response.json()
    return Reading(found["points"][-1]["total"], found["as_of"][:16])


SURFACES: Final = {
    "page": Surface(PAGE, sentence),
    "schema.org": Surface(PAGE, structured),
    "ledger page": Surface(f"{PAGE}ledger/", sentence),
    "embed": Surface(f"{PAGE}embed/", sentence),
    "badge": Surface(f"{PAGE}badge.svg", sentence),
    "feed": Surface(f"{PAGE}updates.atom", sentence),
    "oEmbed": Surface(f"/oembed?url=http://testserver{PAGE}", framed),
    "daily.csv": Surface(f"{PAGE}data/daily.csv", last_row),
    "API: count": Surface(f"{API}/count", record()),
    "API: citation": Surface(f"{API}/count", lambda response: written(response.json()["cite"])),
    "API: letter": Surface(API, record("data", "signatures")),
    "API: list": Surface("/api/v1/letters", record("data", 0, "signatures")),
    "API: changes": Surface(f"{API}/changes", last_day),
    "API: days": Surface(f"{API}/timeseries", last_point),
    "API: hours": Surface(f"{API}/timeseries?interval=hour", last_point),
}


def ask(client: Client, path: str) -> Any:
    """Ask as a reader of a network of its own, whose budget is not the matter here."""
    number = next(NETWORKS)
    response = client.get(path, REMOTE_ADDR=f"10.{number // 250 % 250}.{number % 250}.7")
    assert response.status_code == 200, path
    return response


def sealed(letter: Letter) -> dict[Reading, Checkpoint]:
    """Return every number that was ever published. Each was sealed in a minute of its own."""
    states = Checkpoint.objects.filter(letter=letter)
    return {Reading(one.parts["count"], f"{one.at:%Y-%m-%dT%H:%M}"): one for one in states}


def together(*workers: Callable[[], object]) -> None:
    """Let all begin at once, each with a connection of its own, and wait for the last."""
    gate = threading.Barrier(len(workers))

    def work(worker: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=30)
            worker()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(work, worker) for worker in workers]:
            done.result()


@pytest.fixture
def letter() -> Letter:
    """A letter whose number is not 0, so that every place states one."""
    letter = builders.letter()
    builders.counted(letter, name="First", email="first@example.org", at=NOW - MINUTE)
    return letter


class Crowd:
    """People who confirm and withdraw, the worker that counts them, and readers who look on."""

    def __init__(self, letter: Letter) -> None:
        self.letter, self.over = letter, threading.Event()
        self.people = [builders.signed(letter, email=f"ben{number}@example.org") for number in range(PEOPLE)]
        self.seen: dict[str, list[Reading]] = {name: [] for name in SURFACES}
        self.counts: list[dict[str, Any]] = []

    def sign(self) -> None:
        """All confirm, and every third thinks again at once."""
        for number, one in enumerate(self.people):
            signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=NOW)
            if number % 3 == 0:
                signatures.withdraw(uid=one.uid, at=NOW)

    def withdraw(self) -> None:
        """Every third waits until it is counted, and withdraws then."""
        for one in self.people[1::3]:
            while not self.letter.signatures.filter(pk=one.pk, counted_at__isnull=False).exists():
                if self.over.is_set():
                    return
            signatures.withdraw(uid=one.uid, at=NOW)

    def seal(self) -> None:
        """Count what is there, each time in a minute of its own."""
        try:
            for number in range(SEALS):
                ledger.seal(letter_id=self.letter.pk, at=NOW + number * MINUTE)
        finally:
            self.over.set()

    def read(self, names: list[str]) -> None:
        """Read some places in turn until nothing moves any more."""
        client = Client()
        while not self.over.is_set():
            for name in names:
                response = ask(client, SURFACES[name].path)
                self.seen[name].append(SURFACES[name].read(response))
                if name == "API: count":
                    self.counts.append(response.json())


def test_every_place_states_one_sealed_number_while_people_sign_and_withdraw(letter: Letter) -> None:
    crowd, names = Crowd(letter), list(SURFACES)
    readers = [partial(crowd.read, names[part::READERS]) for part in range(READERS)]
    together(crowd.sign, crowd.withdraw, crowd.seal, *readers)
    known = sealed(letter)
    strange = {name: set(found) - set(known) for name, found in crowd.seen.items()}
    assert {name: found for name, found in strange.items() if found} == {}
    assert all(found == sorted(found, key=lambda one: one.as_of) for found in crowd.seen.values())
    assert len(set(itertools.chain(*crowd.seen.values()))) > 3, "nothing moved: this proved nothing"
    for answer in crowd.counts:
        parts = known[Reading(answer["confirmed"], answer["as_of"][:16])].parts
        assert all(answer[name] == parts[name] for name in ("persons", "public", "private", "offline"))
        assert {f"by_{name}": number for name, number in answer["by_method"].items()}.items() <= parts.items()


def test_when_nobody_moves_all_places_and_the_mail_say_the_same(letter: Letter, inbox: Inbox) -> None:
    builders.counted(letter, email="cleo@example.org", updates=True, at=NOW)
    letters.close(letter=letter, by=None, at=NOW + MINUTE)
    ledger.seal(letter_id=letter.pk, at=NOW + MINUTE)
    later = NOW + timedelta(hours=49)
    for mailing_id in running.due(at=later):
        mailings.advance(mailing_id=mailing_id, at=later)
    email.drain(clock=lambda: later)
    client = Client()
    said = {name: one.read(ask(client, one.path)) for name, one in SURFACES.items()}
    mail = next(mail for mail in inbox.mails if "has closed" in mail["Subject"])
    said["mail"] = written(mail.get_body(("plain",)).get_content().replace("\N{NO-BREAK SPACE}", " "))
    assert set(said.values()) == {Reading(2, "2026-03-14T12:01")}
