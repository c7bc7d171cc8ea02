"""Featured signatories on the pages of a letter: first, once, with who checked them, and gone at once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import Method, RemovalReason
from letters.models import Letter, Signature
from letters.services import claims, erasures, features, removals, signatures
from letters.services.features import Way
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LETTER, NAMES = "/letters/night-trains/", "/letters/night-trains/signatures/"
WHO = ("Ben", "Cleo", "Dov", "Eve", "Fay", "Gil", "Hal", "Ida")
NOTABLE = "Nobody is called notable here before a person has checked that they signed."


@pytest.fixture
def letter() -> Letter:
    """Eight people signed; nobody has checked any of them."""
    letter = builders.letter()
    for name in WHO:
        builders.counted(letter, name=name, email=f"{name}@example.org", role="")
    return letter


def by_name(name: str) -> Signature:
    return Signature.objects.select_related("letter").get(name=name)


def get(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def under_the_text(client: Client) -> list[str]:
    """Return the names of the signature block, in order."""
    return re.findall(r'<span class="name" dir="auto">(.*?)</span>', get(client, LETTER))


def on_top(client: Client, query: str = "") -> list[str]:
    """Return the names in the section of checked ones, in order."""
    html = get(client, NAMES + query)
    section = re.search(r'aria-labelledby="featured-title">(.*?)</section>', html, re.DOTALL)
    return re.findall(r'<b dir="auto">(.*?)</b>', section[1]) if section else []


def test_without_a_check_nobody_stands_out(client: Client, letter: Letter) -> None:
    assert under_the_text(client) == [*WHO[:6]]
    assert 'and <a href="#names">2 others</a>' in get(client, LETTER)
    for path in (LETTER, NAMES):
        html = get(client, path)
        assert "Checked by" not in html
        assert NOTABLE not in html


def test_the_checked_stand_first_in_their_order_and_nobody_twice(client: Client, letter: Letter) -> None:
    for name in ("Ida", "Cleo"):
        builders.featured(by_name(name), on=date(2026, 3, 9))
    assert under_the_text(client) == ["Ida", "Cleo", "Ben", "Dov", "Eve", "Fay"]
    html = get(client, LETTER)
    assert html.count("Checked by <bdi>Ada Adeyemi</bdi>, 9\u00a0March\u00a02026</small>") == 2
    assert "by telephone" not in html
    assert 'and <a href="#names">2 others</a>' in html
    cleo = by_name("Cleo").feature
    features.move(pk=cleo.pk, way=Way.UP, by=None, at=NOW)
    assert under_the_text(client)[:2] == on_top(client) == ["Cleo", "Ida"]


@pytest.mark.parametrize(("checked", "first", "others"), [(6, 6, 2), (7, 7, 1), (8, 8, 0)])
def test_many_checked_leave_no_room_for_the_first(
    client: Client, letter: Letter, checked: int, first: int, others: int
) -> None:
    for name in WHO[::-1][:checked]:
        builders.featured(by_name(name))
    assert under_the_text(client) == [*WHO[::-1][:first]]
    html = get(client, LETTER)
    assert (f'<a href="#names">{others} other' in html) == (others > 0)


def test_the_page_shows_some_of_them_and_the_list_all(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FEATURED_ON_LETTER", 2)
    monkeypatch.setattr(limits, "FIRST_SIGNATORIES", 2)
    for name in WHO[:3]:
        builders.featured(by_name(name))
    assert under_the_text(client) == ["Ben", "Cleo"]
    assert "6 others" in get(client, LETTER)
    assert on_top(client) == ["Ben", "Cleo", "Dov"]


def test_the_list_says_who_checked_how_and_when(client: Client, letter: Letter) -> None:
    builders.featured(by_name("Dov"), by="Nour El-Amin", how="in person", on=date(2026, 3, 14))
    html = get(client, NAMES)
    says = "Checked by <bdi>Nour El-Amin</bdi>, <bdi>in person</bdi>, 14\u00a0March\u00a02026</small>"
    assert html.count(says) == 1
    assert NOTABLE in html
    assert html.count("<small>Email confirmed</small>") == len(WHO) + 1  # also of Dov, in both places


def test_how_it_was_verified_is_not_said_twice(client: Client, letter: Letter) -> None:
    one = builders.featured(by_name("Dov")).signature
    claims.strengthen(uid=one.uid, method=Method.CHECKED, evidence="", by=None, at=NOW)
    assert get(client, NAMES).count("Checked by the organizer</small>") == 1  # in the list of all


def test_only_the_first_page_of_everyone_begins_with_them(
    client: Client, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NAMES_PER_PAGE", 3)
    builders.featured(by_name("Ben"))
    html = get(client, NAMES)
    following = re.search(r'href="(\?[^"]*)" rel="next"', html)
    assert following is not None
    assert on_top(client) == ["Ben"]
    for query in (following[1], "?q=ben", "?method=email"):
        page = get(client, NAMES + query)
        assert "Checked by" not in page
        assert NOTABLE not in page


@pytest.mark.parametrize("end", ["withdraw", "erase", "remove", "unfeature"])
def test_a_check_is_gone_from_every_page_at_once(client: Client, letter: Letter, end: str) -> None:
    one = builders.featured(by_name("Ben"))
    pages = [client.get(path) for path in (LETTER, NAMES)]
    assert all(b"Checked by" in page.content for page in pages)
    uid = one.signature.uid
    {
        "withdraw": lambda: signatures.withdraw(uid=uid, at=NOW),
        "erase": lambda: erasures.erase(uid=uid, at=NOW),
        "remove": lambda: removals.remove(uid=uid, reason=RemovalReason.OTHER, by=None, at=NOW),
        "unfeature": lambda: features.unfeature(pk=one.pk, by=None, at=NOW),
    }[end]()
    for path, before in zip((LETTER, NAMES), pages, strict=True):
        after = client.get(path, headers={"If-None-Match": before["ETag"]})
        assert after.status_code == 200
        assert b"Checked by" not in after.content
        assert (b">Ben<" in after.content) == (end == "unfeature")


def test_what_a_check_says_is_text(client: Client, letter: Letter) -> None:
    builders.featured(
        by_name("Ben"), by="<img src=x onerror=alert(1)>", how="</bdi><script>alert(1)</script>"
    )
    for path in (LETTER, NAMES):
        html = get(client, path)
        assert "<img" not in html
        assert "<script>alert" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_the_checked_cost_one_statement(
    client: Client, letter: Letter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for name in WHO[:5]:
        builders.featured(by_name(name))
    with django_assert_max_num_queries(8):
        client.get(LETTER)
    with django_assert_max_num_queries(6):
        client.get(NAMES)
