"""The feeds: what happened to all letters, and to one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import TextKind
from letters.models import Letter
from letters.services import ledger, letters, signatures
from tests import atom, builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SITE, ALL, ONE = "http://testserver", "/feed.atom", "/letters/night-trains/updates.atom"
HOUR = timedelta(hours=1)


def feed(client: Client, path: str = ONE) -> list[dict[str, str]]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return atom.entries(atom.parse(response.content))


def head(client: Client, path: str, name: str) -> str:
    return atom.text(atom.parse(client.get(path).content), name)


def eventful() -> Letter:
    """A letter to which everything happened, an hour after the other."""
    letter = builders.letter()
    builders.counted(letter, name="Ben Okafor", at=NOW)
    builders.changed(letter, at=NOW + HOUR)
    builders.changed(
        letter,
        at=NOW + 2 * HOUR,
        title="Keep every night train",
        kind=TextKind.AMENDMENT,
        reason="More trains.",
    )
    builders.update(letter, at=NOW + 3 * HOUR, title="We met the ministers", body="They *listened*.")
    letters.answer(
        letter=letter, answer="We **agree**.", answered_by="The Ministry", by=None, at=NOW + 4 * HOUR
    )
    letters.close(letter=letter, by=None, at=NOW + 5 * HOUR)
    return letter


def test_everything_that_happened_to_a_letter_stands_in_its_feed(client: Client) -> None:
    letter = eventful()
    tag, page = f"tag:testserver,2026-03-14:{letter.public_id}", f"{SITE}/letters/night-trains/"
    assert [tuple(entry.values()) for entry in feed(client)] == [
        (
            f"{tag}/closed", "en", "Closed: Keep every night train", "2026-03-14T17:00:00Z",
            "2026-03-14T17:00:00Z", page, "<p>1 signature as of 14\xa0March\xa02026, 12:00\xa0UTC.</p>",
        ),
        (
            f"{tag}/answer", "en", "Answered: Keep every night train", "2026-03-14T16:00:00Z",
            "2026-03-14T16:00:00Z", f"{page}#answer", "<p>We <strong>agree</strong>.</p>\n",
        ),
        (
            f"{tag}/updates/1", "en", "We met the ministers", "2026-03-14T15:00:00Z",
            "2026-03-14T15:00:00Z", f"{page}updates/#update-1", "<p>They <em>listened</em>.</p>\n",
        ),
        (
            f"{tag}/versions/3", "en", "Text amended: Keep every night train", "2026-03-14T14:00:00Z",
            "2026-03-14T14:00:00Z", f"{page}versions/", "<p>More trains.</p>",
        ),
        (
            f"{tag}/versions/2", "en", "Text corrected: Keep the night trains running",
            "2026-03-14T13:00:00Z", "2026-03-14T13:00:00Z", f"{page}versions/", "<p>A wrong word.</p>",
        ),
        (
            f"{tag}/opened", "en", "Keep every night train", "2026-03-14T14:00:00Z", "2026-03-14T11:00:00Z",
            page, "<p>An open letter to The transport ministers of the European Union.</p>",
        ),
    ]  # fmt: skip


def test_the_feed_of_the_site_has_the_same_of_all_letters(client: Client) -> None:
    eventful()
    of_one = feed(client)
    builders.letter("day-trains", at=NOW + 6 * HOUR, title="Day trains, too")
    of_all = feed(client, ALL)
    assert of_all[1:] == of_one
    assert of_all[0]["title"] == "Day trains, too"
    assert head(client, ALL, "id") == f"{SITE}{ALL}"


def test_nothing_stands_in_a_feed_before_it_happened_or_after_it_is_gone(client: Client) -> None:
    builders.draft("draft")
    builders.letter("tomorrow", opens_at=timezone.now() + timedelta(days=1))
    builders.letter("closes", closes_at=timezone.now() + timedelta(days=1))
    letters.withdraw(letter=builders.letter("gone"), reason="An error.", by=None, at=NOW)
    assert [entry["url"] for entry in feed(client, ALL)] == [f"{SITE}/letters/closes/"]
    assert feed(client, "/letters/tomorrow/updates.atom") == []
    assert client.get("/letters/draft/updates.atom").status_code == 404
    assert client.get("/letters/gone/updates.atom").status_code == 410


def test_a_letter_closes_by_the_clock(client: Client) -> None:
    builders.letter(at=NOW - HOUR, closes_at=NOW + HOUR)
    assert feed(client)[0]["published"] == "2026-03-14T13:00:00Z"
    assert feed(client)[0]["title"].startswith("Closed: ")


def test_a_site_without_letters_has_a_feed(client: Client) -> None:
    assert feed(client, ALL) == []
    assert head(client, ALL, "updated") == "1970-01-01T00:00:00Z"


def test_the_number_of_a_letter_stands_in_its_feed_with_its_moment(client: Client) -> None:
    letter = builders.letter()
    builders.counted(letter)
    assert head(client, ONE, "subtitle") == "1 signature as of 14\xa0March\xa02026, 12:00\xa0UTC."
    assert head(client, ONE, "updated") == "2026-03-14T12:00:00Z"


def test_a_number_that_changes_after_the_end_is_another_entry(client: Client) -> None:
    letter = builders.letter()
    one = builders.counted(letter)
    letters.close(letter=letter, by=None, at=NOW + HOUR)
    before = feed(client)[0]
    signatures.withdraw(uid=one.uid, at=NOW + 2 * HOUR)
    ledger.seal(letter_id=letter.pk, at=NOW + 2 * HOUR)
    after = feed(client)[0]
    assert (before["id"], before["published"]) == (after["id"], after["published"])
    assert before["updated"] == "2026-03-14T13:00:00Z"
    assert after["updated"] == "2026-03-14T14:00:00Z"
    assert after["html"].startswith("<p>0 signatures as of")


def test_a_letter_speaks_its_own_language_in_both_feeds(client: Client) -> None:
    letter = builders.draft(title="Gardez les trains de nuit")
    letter.texts.update(language="fr")
    letters.publish(letter=builders.ready(letter), by=None, at=NOW - HOUR)
    builders.counted(letter)
    for path in (ONE, ALL):
        [entry] = feed(client, path)
        assert entry["language"] == "fr"
        assert entry["html"].startswith("<p>Lettre ouverte à")
        assert entry["url"] == f"{SITE}/letters/night-trains/"
    assert atom.parse(client.get(ONE).content).attrib[atom.LANG] == "fr"
    assert atom.parse(client.get(ALL).content).attrib[atom.LANG] == "en"


def test_no_name_of_a_signatory_stands_in_a_feed(client: Client) -> None:
    letter = builders.letter()
    builders.update(letter)
    builders.featured(builders.counted(letter, name="Ben Okafor"))
    for path in (ONE, ALL):
        assert b"Okafor" not in client.get(path).content


def test_hostile_words_stay_words(client: Client) -> None:
    letter = builders.letter(title="]]> </title> & <script>alert(1)</script>")
    builders.changed(letter, reason="\x0bA <b>bold</b> reason.\x0c")
    for path in (ONE, ALL):
        changed, opened = feed(client, path)
        assert opened["title"] == "]]> </title> & <script>alert(1)</script>"
        assert changed["html"] == "<p>A &lt;b&gt;bold&lt;/b&gt; reason.</p>"


@pytest.mark.parametrize("path", [ONE, ALL])
def test_who_has_a_feed_is_told_so(client: Client, path: str) -> None:
    letter = builders.letter()
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    assert client.head(path)["ETag"] == first["ETag"]
    known = {"If-None-Match": first["ETag"]}
    assert client.get(path, headers=known).status_code == 304
    builders.update(letter)
    assert client.get(path, headers=known).status_code == 200


def test_a_time_serves_for_the_feed_of_a_letter(client: Client) -> None:
    letter = builders.letter()
    since = {"If-Modified-Since": client.get(ONE)["Last-Modified"]}
    assert since == {"If-Modified-Since": "Sat, 14 Mar 2026 11:00:00 GMT"}
    assert client.get(ONE, headers=since).status_code == 304
    builders.update(letter)
    assert client.get(ONE, headers=since).status_code == 200


def test_the_feed_of_the_site_has_no_time_for_a_letter_that_leaves_it_moves_none(client: Client) -> None:
    builders.letter()
    gone = builders.letter("gone")
    first = client.get(ALL)
    assert "Last-Modified" not in first
    letters.withdraw(letter=gone, reason="An error.", by=None, at=NOW)
    for known in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": "Sat, 14 Mar 2026 12:00:00 GMT"}):
        assert client.get(ALL, headers=known).status_code == 200


def test_a_feed_ends_and_asks_as_often_for_many_letters_as_for_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(limits, "FEED_ENTRIES", 4)
    for number in range(6):
        letter = builders.letter(f"letter-{number}", at=NOW + number * HOUR)
        builders.update(letter, at=NOW + number * HOUR + HOUR / 2)
    with django_assert_num_queries(6):
        found = feed(client, ALL)
    assert [entry["id"].rpartition("/")[2] for entry in found] == ["1", "opened", "1", "opened"]


@pytest.mark.parametrize(("page", "path"), [("/", ALL), ("/letters/night-trains/", ONE), ("/fr/", ALL)])
def test_pages_say_where_their_feed_is(client: Client, page: str, path: str) -> None:
    builders.letter()
    assert f'type="application/atom+xml" href="{path}"' in client.get(page).content.decode()
