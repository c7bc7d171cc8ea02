"""One number everywhere: what every surface shows is the last tally leaf of the signed ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Final

import pytest
from django.test import Client

from tests.ledger_site import places
from tests.ledger_site.life import SLUG, Life, types

pytestmark = pytest.mark.django_db(transaction=True)


def words(path: str) -> str:
    """Return the text of a page."""
    return re.sub(r"<[^>]*>|\s+", " ", Client().get(path).content.decode())


def api(path: str) -> dict[str, object]:
    """Return an answer of the API."""
    answer: dict[str, object] = Client().get(f"/api/v1/letters{path}").json()
    return answer


def from_page(path: str, words_after: str) -> int:
    """Return the number in front of some words on a page."""
    found = re.search(rf"([0-9,]+)\s+{words_after}", words(path))
    assert found, path
    return int(found[1].replace(",", ""))


SURFACES: Final[dict[str, Callable[[], object]]] = {
    "letter page": lambda: from_page(f"/letters/{SLUG}/", "signatures"),
    "list page": lambda: from_page("/", "signatures"),
    "API count": lambda: api(f"/{SLUG}/count")["confirmed"],
    "API letter": lambda: api(f"/{SLUG}")["data"]["signatures"]["confirmed"],  # type: ignore[index]
    "API list": lambda: api("")["data"][0]["signatures"]["confirmed"],  # type: ignore[index]
    "API citation": lambda: int(str(api(f"/{SLUG}/count")["cite"]).partition(" ")[0].replace(",", "")),
    "API parts": lambda: sum(api(f"/{SLUG}/count")[part] for part in ("public", "private")),  # type: ignore[misc]
    "API methods": lambda: sum(api(f"/{SLUG}/count")["by_method"].values()),  # type: ignore[attr-defined]
}  # fmt: skip


def test_every_surface_shows_the_last_tally_leaf(site: str, life: Life) -> None:
    """At three moments, each after a seal; the last one has more than a thousand."""
    for change in (lambda: life.confirm(1), lambda: life.withdraw(10, 11), lambda: life.crowd(1000)):
        change()
        life.seal()
        leaf = json.loads(life.leaves()[-1])
        assert types(life.leaves())[-1] == "tally"
        assert {name: read() for name, read in SURFACES.items()} == dict.fromkeys(SURFACES, leaf["count"])
        assert api(f"/{SLUG}/count")["as_of"] == leaf["at"]
        said = api(f"/{SLUG}/count")["ledger"]
        assert (said["size"], life.note().split("\n")[1:3]) == (  # type: ignore[index]
            len(life.leaves()),
            [str(said["size"]), said["root"]],  # type: ignore[index]
        )
        assert places.check_site(site, life, "--expect", leaf["count"]).status == 0
    assert leaf["count"] > 1000


def test_what_waits_for_the_seal_is_in_no_number(site: str, life: Life) -> None:
    count = life.tally().count
    life.confirm(3)
    life.withdraw(10)
    assert {name: read() for name, read in SURFACES.items()} == dict.fromkeys(SURFACES, count)
    done = places.check_site(site, life, "--expect", count)
    assert done.status == 0, done.line
