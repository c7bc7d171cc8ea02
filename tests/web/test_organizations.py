"""The page of an organization, and the look that it gives to the pages of its letters."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from letters import tokens
from letters.models import Letter, Organization
from letters.services import letters, organizations
from letters.tokens import Purpose
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HOME = "/organizations/night-rail/"
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def letter() -> Letter:
    """A letter of an organization with a mark and a colour."""
    home = builders.marked(builders.organization(accent="#8a1538", web_domain="nightrail.example"))
    return builders.letter(at=timezone.now() - timedelta(hours=1), organization=home)


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> None:
    """Static files as in production: copied, compressed, named by their content."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.STATIC_ROOT = str(tmp_path / "static")  # the list of names is read anew


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def stylesheet(shown: str) -> str:
    [address] = LINK.findall(shown)
    return str(address)


def pages_about(client: Client, letter: Letter) -> list[str]:
    """Return the address of every kind of page about a letter, also those of one signature."""
    now = timezone.now()
    pending = builders.signed(letter, at=now)
    builders.counted(letter, at=now, email="cleo@example.org")
    size = builders.published(letter, at=now).checkpoint.size
    token = tokens.make(Purpose.CONFIRM, uid=pending.uid, at=now)
    client.get(reverse("letters:enter", args=[token]))
    mailbox = bytes(pending.email_key)
    handle = tokens.make_handle(letter_id=letter.pk, mailbox=mailbox, masked="b…@x.example", at=now)
    about = [
        reverse(f"letters:{name}", args=[letter.slug])
        for name in ("letter", "sign", "names", "ledger", "check_receipt")
    ]
    mine = [
        reverse(f"letters:{name}", args=[pending.uid]) for name in ("confirm", "manage", "not_me", "withdraw")
    ]
    checking = reverse("letters:check_email", args=[letter.slug]) + "?" + urlencode({"h": handle})
    return [*about, *mine, checking, reverse("letters:at", args=[letter.slug, size])]


def test_every_page_about_a_letter_has_one_stylesheet_with_the_colour(client: Client, letter: Letter) -> None:
    for path in pages_about(client, letter):
        assert stylesheet(page(client, path)).startswith(f"{HOME}site-"), path
    letters.withdraw(letter=letter, reason="Wrong", by=None, at=timezone.now())
    assert stylesheet(page(client, f"/letters/{letter.slug}/", 410)).startswith(f"{HOME}site-")


def test_a_link_that_has_expired_leads_to_a_page_with_the_colour(client: Client, letter: Letter) -> None:
    signed = timezone.now()
    pending = builders.signed(letter, at=signed)
    link = reverse("letters:enter", args=[tokens.make(Purpose.CONFIRM, uid=pending.uid, at=signed)])
    with time_machine.travel(signed + timedelta(days=8), tick=False):
        assert stylesheet(page(client, link, 410)).startswith(f"{HOME}site-")


def test_other_pages_and_letters_without_a_colour_have_the_site_s(client: Client, letter: Letter) -> None:
    other = builders.letter("plain", organization=builders.organization("plain"))
    for path in ("/", "/privacy/", f"/letters/{other.slug}/", "/organizations/plain/"):
        assert stylesheet(page(client, path)) == "/static/css/site.css"


def test_the_stylesheet_is_the_site_s_and_then_the_colour(client: Client, letter: Letter) -> None:
    response = client.get(stylesheet(page(client, HOME)))
    css = response.content.decode()
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == IMMUTABLE
    assert not response.cookies
    site = b"".join(client.get("/static/css/site.css").streaming_content).decode()  # type: ignore[arg-type]
    assert css.startswith(site.replace("url(../", 'url("/static/').replace("woff2)", 'woff2")'))
    assert css.index("@media print") < css.index("--accent:#8a1538")
    assert css.count("@layer tokens{") == 2
    assert "prefers-color-scheme:dark" in css.partition("--accent:#8a1538")[2]


def fonts_are_there(client: Client, css: str) -> list[str]:
    fonts = re.findall(r'url\("([^"]+)"\)', css)
    assert len(fonts) >= 3
    for address in fonts:
        response = client.get(address)
        assert response.status_code == 200, address
        assert b"".join(response.streaming_content)[:4] == b"wOF2"  # type: ignore[arg-type]  # not asynchronous
    return fonts


def test_its_fonts_are_found_where_nothing_is_collected(client: Client, letter: Letter) -> None:
    css = page(client, stylesheet(page(client, HOME)))
    assert "/static/fonts/source-serif-4-latin-400-normal.woff2" in fonts_are_there(client, css)


def test_its_fonts_are_those_that_the_page_preloads_once_collected(collected: None, letter: Letter) -> None:
    client = Client()
    shown = page(client, f"/letters/{letter.slug}/")
    css = page(client, stylesheet(shown))
    preloaded = re.findall(r'href="([^"]+\.woff2)"', shown)
    assert len(preloaded) == 2
    assert set(preloaded) <= set(fonts_are_there(client, css))
    assert re.search(r"normal\.[0-9a-f]{12}\.woff2", preloaded[0])


def test_it_travels_compressed(client: Client, letter: Letter) -> None:
    response = client.get(stylesheet(page(client, HOME)), headers={"Accept-Encoding": "gzip"})
    assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
    assert len(response.content) < 6_500


def test_another_colour_is_another_address_and_the_old_one_is_gone(client: Client, letter: Letter) -> None:
    before, home = stylesheet(page(client, f"/letters/{letter.slug}/")), letter.organization
    home.accent = "#006b3f"
    organizations.change(organization=home, by=None, at=NOW)
    after = stylesheet(page(client, f"/letters/{letter.slug}/"))
    assert after != before
    assert "--accent:#006b3f" in page(client, after)
    page(client, before, 404)
    home.accent = ""
    organizations.change(organization=home, by=None, at=NOW)
    page(client, after, 404)
    assert stylesheet(page(client, f"/letters/{letter.slug}/")) == "/static/css/site.css"


def test_the_mark_stands_beside_the_name_with_its_sides(client: Client, letter: Letter) -> None:
    [address] = re.findall(
        r'<img class="mark" src="([^"]+)" width="96" height="64" alt="">',
        " ".join(page(client, f"/letters/{letter.slug}/").split()),
    )
    response = client.get(address)
    assert (response["Content-Type"], response["Cache-Control"]) == ("image/png", IMMUTABLE)
    with default_storage.open(letter.organization.mark) as file:
        assert response.content == file.read()
    assert address in page(client, HOME)


@pytest.mark.parametrize("digest", ["0" * 16, "0", "none"])
def test_a_mark_or_a_stylesheet_under_another_name_is_not_found(
    client: Client, letter: Letter, digest: str
) -> None:
    for name in (f"mark-{digest}.png", f"site-{digest}.css"):
        for home in (HOME, "/organizations/none/"):
            page(client, home + name, 404)


def test_a_mark_that_is_taken_away_or_lost_is_not_found(client: Client, letter: Letter) -> None:
    home = letter.organization
    address = reverse("letters:organization_mark", args=[home.slug, home.mark_digest])
    default_storage.delete(home.mark)
    page(client, address, 404)
    builders.marked(home)
    page_before = page(client, f"/letters/{letter.slug}/")
    assert client.get(address).status_code == 200
    organizations.remove_mark(organization=home, by=None, at=NOW)
    page(client, address, 404)
    assert address in page_before
    assert address not in page(client, f"/letters/{letter.slug}/")


def test_the_page_says_who_it_is_and_lists_its_letters_alone(client: Client, letter: Letter) -> None:
    builders.letter("other", title="Of somebody else", organization=builders.organization("other"))
    builders.draft("secret", title="Not yet", organization=letter.organization)
    shown = page(client, HOME)
    for said in (
        "Night Rail Alliance e. V.", "mailto:press@nightrail.example", "https://nightrail.example",
        "Keep the night trains running", f'<link rel="canonical" href="http://testserver{HOME}">',
    ):  # fmt: skip
        assert said in shown
    assert "Of somebody else" not in shown
    assert "Not yet" not in shown
    assert f'href="{HOME}"' in page(client, f"/letters/{letter.slug}/")


def test_its_files_are_the_same_under_every_language(client: Client, letter: Letter) -> None:
    shown = page(client, f"/fr{HOME}")
    assert f'href="/fr/letters/{letter.slug}/"' in shown
    assert f'src="{HOME}mark-' in shown
    assert stylesheet(shown) == stylesheet(page(client, HOME))


def test_an_organization_without_letters_says_so(client: Client) -> None:
    builders.organization()
    assert "No letters yet." in page(client, HOME)


def test_an_organization_that_waits_for_approval_has_no_page(client: Client, letter: Letter) -> None:
    page(client, "/organizations/none/", 404)
    Organization.objects.update(approved_at=None)
    page(client, HOME, 404)


def test_anybody_may_keep_the_page_and_it_costs_few_queries(
    client: Client, letter: Letter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        builders.letter(f"letter-{number}", organization=letter.organization)
    with django_assert_max_num_queries(5):
        response = client.get(HOME)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=10"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
