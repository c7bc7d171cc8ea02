"""The gallery shows every page in every state, by the templates that readers get, and asks no row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, include, path, reverse

from advocacy import urls
from letters.web import speaking
from letters.web.gallery.state import State
from letters.web.gallery.urls import STATES

handler404 = urls.handler404
DEVELOPMENT = ("admin", "dev", "emails")
in_debug = pytest.mark.urls(__name__)


def addresses(code: str) -> list[Any]:
    """Return the site's addresses as they are in DEBUG."""
    gallery = path(f"{code}/dev/gallery/" if code else "dev/gallery/", include("letters.web.gallery.urls"))
    return [*urls.addresses(code), gallery]


urlpatterns = addresses("")


@pytest.fixture(autouse=True)
def _addresses_of_this_module() -> Iterator[None]:
    speaking.addresses.cache_clear()
    yield
    speaking.addresses.cache_clear()


@in_debug
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_state_answers_as_its_page_does_and_asks_no_row(client: Client, state: State) -> None:
    for prefix in ("", "/ar", "/fr"):
        response = client.get(f"{prefix}/dev/gallery/{state.name}/")  # without a database a query fails
        assert response.status_code == state.status
        page = response.content.decode()
        assert "{%" not in page
        assert "{{" not in page
        arabic = prefix == "/ar" or (not prefix and state.name.endswith("-arabic"))
        assert ('dir="rtl">' in page.partition("<head>")[0]) == arabic


@in_debug
def test_every_template_for_readers_is_shown_in_some_state(client: Client) -> None:
    folder = Path(settings.BASE_DIR, "templates")
    known = {str(file.relative_to(folder)) for file in folder.rglob("*.html")}
    shown = set()
    for name in STATES:
        for prefix in ("", "/fr"):
            shown |= {template.name for template in client.get(f"{prefix}/dev/gallery/{name}/").templates}
    assert sorted(name for name in known - shown if not name.startswith(DEVELOPMENT)) == []


@in_debug
def test_the_index_leads_to_each_state_and_to_nothing_else(client: Client) -> None:
    index = client.get("/dev/gallery/").content.decode()
    for name in STATES:
        assert f'href="/dev/gallery/{name}/"' in index
    assert client.get("/dev/gallery/no-such-state/").status_code == 404


def test_outside_of_debug_there_is_no_gallery(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("gallery")
