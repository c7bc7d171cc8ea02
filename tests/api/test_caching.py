"""Who keeps an answer, who may read it, and what a second question costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters import release
from letters.models import Letter
from letters.services import letters
from tests import builders
from tests.api import numbers

pytestmark = pytest.mark.django_db
LIST = "/api/v1/letters"
LETTER = f"{LIST}/night-trains"
COUNT = f"{LETTER}/count"
ROOT = "/api/v1/"
RECORDS = tuple(f"{LETTER}/{part}" for part in ("text", "versions", "changes", "updates"))
EVERY = (ROOT, LIST, LETTER, COUNT, *RECORDS)
NOTHING = "/api/v1/nothing"


@pytest.mark.parametrize(
    ("path", "seconds"),
    [(ROOT, 60), (LIST, 60), (LETTER, 60), (COUNT, 10), *((path, 300) for path in RECORDS)],
)
def test_shared_caches_keep_it_a_moment_and_browsers_ask_again(
    client: Client, path: str, seconds: int
) -> None:
    numbers.known()
    expected = f"public, max-age=0, must-revalidate, s-maxage={seconds}"
    assert client.get(path)["Cache-Control"] == expected


@pytest.mark.parametrize("path", EVERY)
def test_a_reader_who_has_it_gets_304_without_a_body(client: Client, path: str) -> None:
    numbers.known()
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in (
        "ETag",
        "Cache-Control",
        "Vary",
        "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers",
    ):
        assert again[name] == first[name]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path, headers={"If-None-Match": f'"other", W/{first["ETag"]}'}).status_code == 304


@pytest.mark.parametrize("path", [LETTER, COUNT])
def test_a_time_serves_when_there_is_no_tag(client: Client, path: str) -> None:
    numbers.known()
    first = client.get(path)
    modified = first["Last-Modified"]
    assert modified == "Sat, 14 Mar 2026 20:40:00 GMT"
    assert client.get(path, headers={"If-Modified-Since": modified}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": "Sat, 14 Mar 2026 20:39:59 GMT"}).status_code == 200
    both = {"If-Modified-Since": modified, "If-None-Match": '"other"'}
    assert client.get(path, headers=both).status_code == 200


@pytest.mark.parametrize("path", [LETTER, COUNT])
def test_a_changed_precondition_is_a_problem(client: Client, path: str) -> None:
    numbers.known()
    response = client.get(path, headers={"If-Match": '"other"'})
    assert response.status_code == 412
    assert response.json()["type"] == "http://testserver/problems/precondition-failed/"


def test_tags_are_strong_and_the_same_bytes_have_the_same_tag(client: Client) -> None:
    numbers.known()
    numbers.counted("day-trains", 3)
    for path in (*EVERY, f"{LIST}?limit=1", f"{LIST}?limit=2"):
        first, again = client.get(path), client.get(path)
        assert first["ETag"].startswith('"')
        assert (first["ETag"], first.content) == (again["ETag"], again.content)


def test_a_list_has_another_tag_when_a_letter_joins_leaves_or_is_signed(client: Client) -> None:
    tags = [client.get(LIST)["ETag"]]
    letter = builders.letter()
    tags.append(client.get(LIST)["ETag"])
    builders.counted(letter)
    tags.append(client.get(LIST)["ETag"])
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=timezone.now())
    assert len({*tags, client.get(LIST)["ETag"]}) == 3
    assert client.get(LIST)["ETag"] == tags[0]


def test_another_release_is_another_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers.known()
    before = client.get(COUNT)["ETag"]
    monkeypatch.setattr(release, "digest", lambda: "another")
    assert client.get(COUNT, headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("path", [*EVERY, NOTHING])
def test_head_is_get_without_the_body(client: Client, path: str) -> None:
    numbers.known(closes_at=timezone.now() + timedelta(days=90))
    full, head = client.get(path), client.head(path)
    assert head.status_code == full.status_code
    assert head.content == b""
    assert dict(head.items()) == dict(full.items())
    assert int(head["Content-Length"]) == len(full.content)


@pytest.mark.parametrize("path", [*EVERY, NOTHING, f"{COUNT}?typo=1"])
def test_no_cookie_is_set_and_none_makes_a_difference(client: Client, path: str) -> None:
    numbers.known()
    builders.organizer()
    client.login(email="ada@nightrail.example", password=builders.PASSWORD)
    for response in (client.get(path), client.head(path), client.post(path), client.options(path)):
        assert not response.cookies
        assert response["Vary"] == "Accept-Encoding"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        exposed = response["Access-Control-Expose-Headers"]
        assert exposed == "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"


@pytest.mark.parametrize("path", [*EVERY, NOTHING])
def test_a_browser_that_asks_first_is_told_what_it_may(client: Client, path: str) -> None:
    asked = {
        "Origin": "https://news.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match, x-requested-with",
    }
    response = client.options(path, headers=asked)
    assert (response.status_code, response.content) == (204, b"")
    assert "Content-Type" not in response
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "*"
    assert response["Access-Control-Max-Age"] == "86400"


def test_asking_again_writes_nothing(client: Client) -> None:
    letter = numbers.known()
    before = (letter.revision, Letter.objects.count())
    for path in EVERY:
        client.get(path)
    letter.refresh_from_db()
    assert (letter.revision, Letter.objects.count()) == before
