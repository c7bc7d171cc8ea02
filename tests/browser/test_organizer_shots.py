"""The pictures of docs/organizers.md: an organization with an open letter and another one in work."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests import site
from tests.browser import stories
from tests.browser.fixtures import ORGANIZER
from tests.builders import PASSWORD
from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.every_view, pytest.mark.xdist_group("site")]
DRAFT: Final = """
from django.utils import timezone
from letters.enums import Role
from letters.models import Letter, LetterText, Organization, User
from letters.services import letters, organizations
now, home = timezone.now(), Organization.objects.order_by("pk")[0]
draft = Letter(organization=home, slug="keep-the-code-open", place="Lisbon", time_zone="Europe/Lisbon")
letters.create(letter=draft, by=None, at=now)
words = {
    "en": (
        "Keep publicly funded code open", "The Ministers for Research of the European Union",
        "Dear Ministers,\\n\\nSoftware that the public has paid for is the public’s. We ask you to\\n\\n"
        "- publish the source of every programme that public money pays for,\\n"
        "- under a licence that lets anybody use it, and\\n"
        "- within six months of its first use.\\n\\nWith respect,",
    ),
    "fr": (
        "Le code financé par le public doit rester ouvert",
        "Les ministres de la Recherche de l’Union européenne",
        "Mesdames et Messieurs les ministres,\\n\\nLe logiciel que le public a payé appartient au public.",
    ),
}
for language, (title, addressees, body) in words.items():
    text = LetterText(letter=draft, language=language, title=title, addressees=addressees, body=body)
    text.authoritative = language == "en"
    letters.write(text=text, by=None, at=now)
team = {"Beatriz Moura": Role.OWNER, "Tariq Haddad": Role.EDITOR, "Mina Sørensen": Role.MODERATOR}
for number, (name, role) in enumerate(team.items()):
    user = User.objects.create_user(f"{name.split()[0].lower()}@undersigned.example", name=name)
    organizations.grant(organization=home, user=user, role=role, by=None, at=now)
opened = Letter.objects.exclude(published_at=None).order_by("pk")[0]
print(draft.pk, opened.pk, home.pk)
"""
PAGES: Final = {
    "home": "",
    "text": "letter/{draft}/text/",
    "languages": "letter/{draft}/translations/fr/",
    "form": "letter/{draft}/form/",
    "publish": "letter/{draft}/publish/",
    "letter": "letter/{opened}/change/",
    "numbers": "letter/{opened}/numbers/",
    "share": "letter/{opened}/share/",
    "signatures": "signature/",
    "featured": "feature/",
    "team": "organization/{home}/team/",
}
"""What each picture shows, by its address at the desk."""
PHONE: Final = ("home", "letter")
"""Shown on a phone, too."""
QUALITY: Final = 70
MOST: Final = 1_500_000
"""Bytes of all pictures."""


def test_the_pictures_for_organizers(
    person: Callable[..., Page], live: Site, request: pytest.FixtureRequest
) -> None:
    folder: Path | None = request.config.getoption("--shots")
    draft, opened, home = site.done(site.shell(live, DRAFT)).split()
    taken = {}
    for width, height, names in ((1280, 900, PAGES), (390, 844, PHONE)):
        page = person(width)
        page.set_viewport_size({"width": width, "height": height})
        stories.log_in(page, email=ORGANIZER, password=PASSWORD)
        for name in names:
            address = PAGES[name].format(draft=draft, opened=opened, home=home)
            answer = page.goto(f"/admin/letters/{address}" if address else "/admin/")
            assert answer
            assert answer.ok, name
            page.wait_for_load_state("networkidle")  # a letter may stand beside its words
            taken[f"{name}-{width}"] = small(page.screenshot())
        taken[f"changes-{width}"] = small(changes(page, opened))
    assert sum(map(len, taken.values())) < MOST
    if folder:
        (folder / "desk").mkdir(parents=True, exist_ok=True)
        for name, picture in taken.items():
            (folder / "desk" / f"{name}.webp").write_bytes(picture)


def changes(page: Page, opened: str) -> bytes:
    """Return the picture of what readers will see changed."""
    page.goto(f"/admin/letters/letter/{opened}/version/")
    body = page.get_by_label("Text:", exact=True)
    body.fill(body.input_value().replace("Do not mistake", "Please do not mistake", 1))
    page.get_by_label("Amendment").check()
    page.get_by_label("Why the text changes").fill("We ask; we do not command.")
    page.get_by_role("button", name="Show what changes").click()
    page.get_by_role("heading", name="What readers will see changed").wait_for()
    return page.screenshot()


def small(png: bytes) -> bytes:
    """Return a picture in a fraction of its bytes."""
    written = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").save(written, "WEBP", quality=QUALITY, method=6)
    return written.getvalue()
