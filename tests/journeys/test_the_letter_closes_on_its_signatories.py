"""A letter closes while some have confirmed, one has not, and one has not even begun."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signatory import SIGNED, USUAL, Signatory
from tests.site import Site, done, shell
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
SLUG, TITLE = "closes-meanwhile", "Keep the night trains running"
PATH = f"/letters/{SLUG}/"
PUBLISH = f"""
from django.utils import timezone
from tests import builders
builders.letter({SLUG!r}, title={TITLE!r}, at=timezone.now())
"""
CLOSE = f"""
from django.utils import timezone
from letters.services import letters
letters.close(letter=Letter.objects.get(slug={SLUG!r}), by=None, at=timezone.now())
"""


def test_what_is_said_before_the_end_can_be_changed_after_it(
    person: Callable[..., Page], live: Site, postbox: tuple[Inbox, int]
) -> None:
    done(shell(live, PUBLISH))
    confirmed, waiting = [], []
    for mark, (language, script) in USUAL.items():
        for group, name in ((confirmed, "Cleo"), (waiting, "Dov")):
            page = person(390, java_script_enabled=script)
            email = f"{name}.closing-{language}-{script}@example.org".lower()
            one = Signatory(page, postbox[0], name=f"{name} {mark}", email=email, language=language)
            one.signs(PATH)
            group.append(one)
    for one in confirmed:
        one.confirms()
    done(shell(live, CLOSE))
    for one in confirmed:
        changes_and_withdraws(one)
    for one in waiting:
        one.confirms()  # signed in time, and the mail was read soon after


def changes_and_withdraws(cleo: Signatory) -> None:
    cleo.page.goto(cleo.link(SIGNED, title=cleo.title))
    cleo.follow("Change it")
    cleo.fill("Role", "Midwife")
    cleo.press("Save the changes")
    cleo.is_at("Your signature")
    expect(cleo.page.locator(".slip .you")).to_contain_text("Midwife")
    cleo.follow("Withdraw my signature")
    cleo.press("Withdraw my signature")
    cleo.is_at("Your signature")
    cleo.mail("Your signature was withdrawn")
    expect(cleo.page.get_by_role("link", name=cleo.word("Sign again"), exact=True)).to_have_count(0)
    cleo.read(f"{PATH}sign/")
    expect(cleo.page.get_by_role("button")).to_have_count(0)
    cleo.is_alone()
