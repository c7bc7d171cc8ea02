"""A real run: a person signs on a site started with one command, and a stranger checks it."""

from __future__ import annotations

import http.cookiejar
import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, Final

import pytest

from letters.demo import letter as demo
from tests import site
from tests.site import Site
from tests.verify import runs

pytestmark = pytest.mark.xdist_group("site")

WITHIN: Final = 30.0
"""Seconds from confirming to the signed ledger. The goal is 5; a busy machine must not fail a test."""


class Browser:
    """Forms and cookies, nothing else."""

    def __init__(self, url: str) -> None:
        """Begin without cookies."""
        self.url, self.jar = url, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> tuple[str, str]:
        """Open a page; return its text and the path where one ends up."""
        with self.opener.open(self.url + path, timeout=20) as answer:
            return answer.read().decode(), urllib.parse.urlsplit(answer.url).path

    def post(self, path: str, **fields: str) -> None:
        """Send a form."""
        headers = {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.url + path, data=data, headers=headers)
        self.opener.open(request, timeout=20).close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with its demo letter."""
    with site.running(tmp_path_factory.mktemp("verified") / "data") as started:
        yield started


def until(found: Callable[[], Any], what: str) -> Any:
    """Ask until there is an answer."""
    deadline = time.monotonic() + WITHIN
    while True:
        if answer := found():
            return answer
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def mailed_link(folder: Path, address: str) -> str | None:
    """Return the path of the link that was mailed to somebody."""
    for path in folder.glob("*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        body = mail.get_body(("plain",))
        found = re.search(r"https?://[^/\s]+(/s/\S+)", body.get_content()) if body else None
        if found and mail["To"] == address:
            return found[1]
    return None


def count(started: Site) -> dict[str, Any]:
    """Return what the API says."""
    address = f"{started.url}/api/v1/letters/{demo.SLUG}/count"
    with urllib.request.urlopen(address, timeout=20) as answer:
        said: dict[str, Any] = json.load(answer)
    return said


def signed_size(said: dict[str, Any]) -> int:
    """Return how many leaves the signed checkpoint covers."""
    with urllib.request.urlopen(said["ledger"]["checkpoint"], timeout=20) as answer:
        return int(answer.read().split(b"\n")[1])


def test_confirmed_is_soon_sealed_signed_and_verified(running: Site, tmp_path: Path) -> None:
    """From the press of the button to a number that a stranger can check."""
    address, seen = f"{running.url}/letters/{demo.SLUG}/", tmp_path / "seen.json"
    before = runs.process(address, "--state", seen)
    assert before.status == 0, before.output
    number, ben = count(running)["confirmed"], Browser(running.url)
    ben.post(f"/letters/{demo.SLUG}/sign/", name="Ben Okafor", email="ben@example.org", visibility="public")
    link = until(lambda: mailed_link(running.data / "mail", "ben@example.org"), "no mail came")
    page, path = ben.get(link)
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|seen)" value="([^"]+)"', page))
    began = time.monotonic()
    ben.post(f"{path.removesuffix('confirm/')}confirm/", **fields)
    until(lambda: count(running)["confirmed"] == number + 1, "it was not counted")
    counted = time.monotonic() - began
    said = count(running)
    until(lambda: signed_size(said) >= said["ledger"]["size"], "it was not signed")
    signed = time.monotonic() - began
    done = runs.process(address, "--state", seen, "--expect", number + 1)
    assert done.status == 0, done.output
    assert "those of the remembered checkpoint: none was changed since" in done.output
    print(f"confirmed to counted {counted:.1f} s, to signed and published {signed:.1f} s")


def test_the_site_hands_out_the_verifier_that_is_tested_here(running: Site, tmp_path: Path) -> None:
    with urllib.request.urlopen(f"{running.url}/verify_letter.py", timeout=20) as answer:
        assert answer.read() == runs.FILE.read_bytes()
