"""Noor asked for news of a letter, gets some and then wants no more; Cleo did not ask, and hears of what
she must: that the words under her name were amended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.browser import stories
from tests.browser.signatory import SIGNED, USUAL, Signatory
from tests.site import Site, done, shell
from tests.smtp import Inbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
SLUG: Final = "has-news"
PATH: Final = f"/letters/{SLUG}/"
NEWS: Final = '"%(title)s": %(news)s'
AMENDED: Final = 'The text of "%(title)s" was amended'
BEGIN: Final = """
from django.utils import timezone
from letters.enums import TextKind
from letters.models import Letter
from tests import builders
now = timezone.now()
"""
PUBLISH: Final = f"{BEGIN}builders.letter({SLUG!r}, title='Let the trains sleep', at=now)"
FIRST: Final = f"{BEGIN}builders.update(Letter.objects.get(slug={SLUG!r}), title='First', at=now)"
SECOND_AND_AMENDED: Final = f"""{BEGIN}
letter = Letter.objects.get(slug={SLUG!r})
builders.update(letter, title='Second', at=now)
builders.changed(letter, kind=TextKind.AMENDMENT, reason='They leave at night.', at=now)
"""


def test_news_come_to_who_asked_until_they_ask_no_more(
    person: Callable[..., Page], live: Site, postbox: tuple[Inbox, int]
) -> None:
    done(shell(live, PUBLISH))
    noors, cleos = [], []
    for mark, (language, script) in USUAL.items():
        for group, name in ((noors, "Noor"), (cleos, "Cleo")):
            page = person(390, java_script_enabled=script)
            email = f"{name}.news-{language}-{script}@example.org".lower()
            one = Signatory(page, postbox[0], name=f"{name} {mark}", email=email, language=language)
            signs(one, asks=group is noors)
            group.append(one)
    for one in (*noors, *cleos):
        one.mail(SIGNED, title=one.title)
    done(shell(live, FIRST))
    for noor, wants_no_more in zip(noors, (by_the_page, by_one_click), strict=True):
        wants_no_more(noor, live)
    done(shell(live, SECOND_AND_AMENDED))
    for one in (*noors, *cleos):
        hears_of_the_amendment(one)
    subjects = [(mail["To"], mail["Subject"].strip()) for mail in postbox[0].mails]
    assert sorted(to for to, subject in subjects if "First" in subject) == sorted(one.email for one in noors)
    assert [to for to, subject in subjects if "Second" in subject] == []


def signs(one: Signatory, *, asks: bool) -> None:
    one.read(PATH)
    one.title = one.page.locator("h1").inner_text()
    if asks:
        one.choose("Email me when something happens with this letter")
    one.fill_in()
    one.confirms()


def way_out(noor: Signatory) -> str:
    """Wait for the update and return the path that stops such mails; header and text both have it."""
    mail = noor.mail(NEWS, title=noor.title, news="First")
    found = re.search(r"(/s/[^/]+/unsubscribe/)>", mail["List-Unsubscribe"])
    body = mail.get_body(("plain",))
    assert found
    assert body is not None
    assert found[1] in body.get_content()
    return found[1]


def by_the_page(noor: Signatory, live: Site) -> None:
    noor.page.goto(way_out(noor))
    noor.is_at("News about this letter")
    noor.bar_is("news/")
    noor.press("Send me no more news")
    noor.sees("Done. You get no more news about this letter.")
    noor.is_alone()


def by_one_click(noor: Signatory, live: Site) -> None:
    path = way_out(noor)
    assert stories.ask(live.url + path, b"List-Unsubscribe=One-Click") == (200, "")
    noor.page.goto(path)
    noor.sees("You get no news about this letter.")
    noor.follow("Your signature")
    noor.is_at("Your signature")


def hears_of_the_amendment(one: Signatory) -> None:
    one.page.goto(one.link(AMENDED, title=one.title))
    one.is_at("Your signature")
    one.read(f"{PATH}updates/")
    one.sees("Second")
