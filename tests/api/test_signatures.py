"""The names under a letter as data: public ones, page by page, where the organization lets them out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.enums import DeclineReason, Method, RemovalReason, Visibility
from letters.models import Letter, Signature
from letters.services import claims, displays, erasures, ledger, removals, signatures
from letters.services.claims import Words
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
NAMES = "/api/v1/letters/night-trains/signatures"
MINUTE = timedelta(minutes=1)


def offered(**fields: Any) -> Letter:
    return builders.letter(names_in_api=True, **fields)


def sign(letter: Letter, *names: str, **fields: Any) -> list[Signature]:
    """Each is counted a minute after the one before."""
    return [
        builders.counted(
            letter,
            name=name,
            email=f"{name.replace(' ', '.')}@example.org",
            at=NOW + number * MINUTE,
            **fields,
        )
        for number, name in enumerate(names)
    ]


def get(client: Client, **query: Any) -> dict[str, Any]:
    response = client.get(NAMES, query)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def listed(client: Client, **query: Any) -> list[str]:
    return [one["name"] for one in get(client, **query)["data"]]


def leafed(client: Client, **query: Any) -> list[list[str]]:
    """Return the names of every page, as somebody finds them who follows the links."""
    page = get(client, **query)
    pages = [[one["name"] for one in page["data"]]]
    while page["links"]["next"]:
        response = client.get(page["links"]["next"])
        page = response.json()
        pages.append([one["name"] for one in page["data"]])
    return pages


def test_a_public_name_is_given_with_what_its_owner_said(client: Client) -> None:
    letter = offered()
    one = builders.counted(letter, role="Nurse", affiliation="Ghent hospital", country="BE")
    builders.featured(one)
    assert get(client) == {
        "data": [
            {
                "id": one.public_id,
                "name": "Ben Okafor",
                "role": "Nurse",
                "affiliation": "Ghent hospital",
                "country": "BE",
                "signed_on": "2026-03-14",
                "verified_by": "email",
                "notable": True,
                "language": "en",
                "text_version": 1,
            }
        ],
        "links": {"self": f"http://testserver{NAMES}", "next": None},
        "meta": {"total": 1, "as_of": "2026-03-14T12:00:00Z"},
    }


def test_what_was_left_empty_is_null(client: Client) -> None:
    builders.counted(offered(), role="")
    [one] = get(client)["data"]
    assert (one["role"], one["affiliation"], one["country"], one["notable"]) == (None, None, None, False)


def test_an_id_opens_nothing_and_says_nothing_of_the_row_behind_it(client: Client) -> None:
    letter = offered()
    ben, cleo = sign(letter, "Ben", "Cleo")
    ids = {one["name"]: one["id"] for one in get(client)["data"]}
    assert ids == {"Ben": ben.public_id, "Cleo": cleo.public_id}
    assert len(set(ids.values())) == 2
    body = client.get(NAMES).content.decode()
    assert not [part for one in (ben, cleo) for part in (str(one.uid), one.uid.hex) if part in body]
    for path in (f"/my-signature/{ids['Ben']}/", f"/s/{ids['Ben']}/"):
        assert client.get(path, follow=True).status_code == 404


def test_each_says_which_words_it_signed(client: Client) -> None:
    letter = offered()
    sign(letter, "Ben")
    text = builders.changed(letter, at=NOW + MINUTE)
    waiting = signatures.sign(text=text, answers=builders.answers("Cleo", email="cleo@example.org"), at=NOW)
    one = Signature.objects.live().get(email_key=waiting)
    signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=NOW)
    ledger.seal(letter_id=letter.pk, at=NOW + 2 * MINUTE)
    assert {one["name"]: one["text_version"] for one in get(client)["data"]} == {"Ben": 1, "Cleo": 2}


def test_the_default_keeps_names_off_and_says_where_they_stand(client: Client) -> None:
    builders.counted(builders.letter())
    response = client.get(NAMES)
    assert response.status_code == 403
    found = response.json()
    assert found["type"] == "http://testserver/problems/names-not-offered/"
    assert found["names"] == "http://testserver/letters/night-trains/signatures/"
    assert "Ben Okafor" in client.get(found["names"]).content.decode()
    assert "Ben Okafor" not in response.content.decode()
    assert client.get("/api/v1/letters/night-trains").json()["data"]["links"]["signatures"] is None


def test_a_letter_that_offers_names_links_to_them(client: Client) -> None:
    builders.counted(offered())
    link = client.get("/api/v1/letters/night-trains").json()["data"]["links"]["signatures"]
    assert [one["name"] for one in client.get(link).json()["data"]] == ["Ben Okafor"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", ["Çelik", "abel", "Élodie", "Zoë"]),
        ("oldest", ["Zoë", "Élodie", "abel", "Çelik"]),
        ("name", ["abel", "Çelik", "Élodie", "Zoë"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 3, 4])
def test_every_order_is_leafed_through_without_a_gap_or_a_repetition(
    client: Client, order: str, expected: list[str], limit: int
) -> None:
    sign(offered(), "Zoë", "Élodie", "abel", "Çelik")
    pages = leafed(client, order=order, limit=limit)
    assert [name for page in pages for name in page] == expected
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)


@pytest.mark.parametrize("order", ["newest", "oldest", "name"])
def test_equals_are_leafed_through_too(client: Client, order: str) -> None:
    letter = offered()
    for number in range(5):
        builders.confirmed(letter, name="Ben Okafor", email=f"ben{number}@example.org")
    ledger.seal(letter_id=letter.pk, at=NOW)
    page = get(client, order=order, limit=2)
    ids = [one["id"] for one in page["data"]]
    while page["links"]["next"]:
        page = client.get(page["links"]["next"]).json()
        ids += [one["id"] for one in page["data"]]
    assert (len(ids), len(set(ids))) == (5, 5)


def test_a_name_that_leaves_moves_no_page(client: Client) -> None:
    letter = offered()
    people = sign(letter, "Abel", "Ben", "Cleo", "Dov")
    following = get(client, order="name", limit=2)["links"]["next"]
    signatures.withdraw(uid=people[1].uid, at=NOW)
    assert [one["name"] for one in client.get(following).json()["data"]] == ["Cleo", "Dov"]


def test_words_methods_and_notable_ones_are_found_in_every_order(client: Client) -> None:
    letter = offered()
    people = sign(letter, "Ben Lind", "Cleo Lind", "Abel Lind", "Dov Berg")
    builders.featured(people[1])
    builders.featured(people[3])
    Signature.objects.filter(pk=people[0].pk).update(method=Method.ORCID)
    assert listed(client, q="lind", order="name") == ["Abel Lind", "Ben Lind", "Cleo Lind"]
    assert listed(client, q="LIND be", order="newest") == ["Ben Lind"]
    assert listed(client, method="orcid", order="oldest") == ["Ben Lind"]
    assert listed(client, notable="true", order="newest") == ["Dov Berg", "Cleo Lind"]
    assert listed(client, notable="true", order="name", q="lind") == ["Cleo Lind"]
    assert listed(client, method="orcid", order="name", q="cleo") == []


def test_a_total_is_given_only_where_it_is_known_without_counting(client: Client) -> None:
    letter = offered()
    sign(letter, "Ben", "Cleo")
    builders.counted(letter, name="Dov", email="dov@example.org", visibility=Visibility.PRIVATE)
    assert get(client)["meta"]["total"] == get(client, order="name", limit=1)["meta"]["total"] == 2
    for query in ({"q": "ben"}, {"method": "email"}, {"notable": "true"}):
        assert get(client, **query)["meta"]["total"] is None


def test_no_name_that_is_not_public_is_ever_given(client: Client) -> None:
    letter = offered(names_after_review=True)
    people = sign(letter, "Shown", "Waiting", "Declined", "Removed", "Withdrawn", "Hidden", "Erased")
    for one in [*people[:1], *people[3:]]:
        displays.show(uid=one.uid, seen=one.seen_digest(), by=None, at=NOW)
    displays.decline(
        uid=people[2].uid, seen=people[2].seen_digest(), reason=DeclineReason.OTHER, by=None, at=NOW
    )
    removals.remove(uid=people[3].uid, reason=RemovalReason.FLOOD, by=None, at=NOW)
    signatures.withdraw(uid=people[4].uid, at=NOW)
    hidden = Words("Hidden", "", "", "", Visibility.PRIVATE, updates=False, language="en")
    claims.change(uid=people[5].uid, words=hidden, at=NOW)
    erasures.erase(uid=people[6].uid, at=NOW)
    builders.signed(letter, name="Pending", email="pending@example.org")
    builders.confirmed(letter, name="Uncounted", email="uncounted@example.org")
    builders.counted(letter, name="Private", email="private@example.org", visibility=Visibility.PRIVATE)
    for order in ("newest", "oldest", "name"):
        assert listed(client, order=order) == ["Shown"]
        assert listed(client, order=order, method="email") == ["Shown"]
    for one in ("Waiting", "Declined", "Removed", "Withdrawn", "Hidden", "Erased", "Pending", "Private"):
        assert listed(client, q=one) == []


def test_hiding_a_name_is_another_version_at_once(client: Client) -> None:
    letter = offered()
    one = builders.counted(letter)
    first = client.get(NAMES)
    assert "Last-Modified" not in first
    assert client.get(NAMES, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.head(NAMES)["ETag"] == first["ETag"]
    hidden = Words("Ben Okafor", "", "", "", Visibility.PRIVATE, updates=False, language="en")
    claims.change(uid=one.uid, words=hidden, at=NOW)
    again = client.get(NAMES, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.json()["data"]) == (200, [])


def test_shared_caches_keep_it_a_moment_and_search_engines_do_not(client: Client) -> None:
    sign(offered(), "Ben", "Cleo")
    response = client.get(NAMES, {"limit": 1})
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=15"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Link"] == f'<{response.json()["links"]["next"]}>; rel="next"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"order": "surname"}, "order"),
        ({"notable": "false"}, "notable"),
        ({"method": "telepathy"}, "method"),
        ({"limit": "201"}, "limit"),
        ({"q": "x" * 121}, "q"),
        ({"q": " "}, "q"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": ""}, "cursor"),
        ({"cursor": "é%00"}, "cursor"),
        ({"country": "DE"}, "country"),
    ],
)
def test_a_parameter_that_is_none(client: Client, query: dict[str, str], name: str) -> None:
    offered()
    response = client.get(NAMES, query)
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_a_cursor_of_another_list_is_a_problem(client: Client) -> None:
    sign(offered(), "Ben", "Cleo")
    other = builders.letter("other", names_in_api=True)
    sign(other, "Ben", "Cleo")
    cursor = get(client, limit=1)["links"]["next"].partition("cursor=")[2]
    for query in ({"order": "oldest"}, {"order": "name"}, {"q": "ben"}, {"notable": "true"}):
        assert client.get(NAMES, query | {"cursor": cursor}).status_code == 400
    assert client.get(NAMES.replace("night-trains", "other"), {"cursor": cursor}).status_code == 400


def test_a_page_costs_the_same_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    letter = offered()
    sign(letter, *(f"Ben {number}" for number in range(12)))
    with django_assert_max_num_queries(4):
        page = get(client, limit=10)
    with django_assert_max_num_queries(4):
        client.get(page["links"]["next"])
