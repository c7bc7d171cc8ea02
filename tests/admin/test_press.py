"""A mail with a link for the press begins in the organizer's own program; the site sends nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import tokens
from letters.models import Letter, LetterText, Message, PressLink
from letters.services import letters, press
from letters.tokens import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
EMBARGO = datetime(2035, 5, 3, 6, 0, tzinfo=UTC)
ARABIC = "أبقوا القطارات الليلية & «كلّها»"


def linked(letter: Letter) -> PressLink:
    return builders.press_link(letter, embargo_until=EMBARGO, at=timezone.now())


def mails(client: Client, letter: Letter) -> list[str]:
    """Return the addresses that begin a mail on the page of a letter."""
    client.force_login(builders.organizer())
    shown = client.get(reverse("admin:letters_letter_press", args=[letter.pk])).content.decode()
    return [unescape(one) for one in re.findall(r'href="(mailto:[^"]*)"', shown)]


def words(mail: str) -> tuple[str, str]:
    """Return the subject and the body that a mail program reads (RFC 6068)."""
    parts = urlsplit(mail)
    assert (parts.scheme, parts.path) == ("mailto", "")
    assert mail.isascii()
    assert not set(mail) & set(' "<>+')
    found = parse_qs(parts.query, strict_parsing=True)
    assert found.keys() == {"subject", "body"}
    return found["subject"][0], found["body"][0].replace("\xa0", " ")


def address(link: PressLink) -> str:
    token = tokens.make(Purpose.EMBARGO, uid=link.uid, at=link.made_at)
    return f"http://testserver{reverse('letters:embargo', args=[token])}"


def test_it_names_the_title_the_embargo_with_its_zone_and_the_link(client: Client) -> None:
    letter = builders.draft(time_zone="Europe/Lisbon")
    link = linked(letter)
    [mail] = mails(client, letter)
    subject, body = words(mail)
    assert subject == "Under embargo: “Keep the night trains running”"
    assert body.split("\r\n\r\n") == [
        (
            "“Keep the night trains running” is an open letter by Night Rail Alliance. "
            "You can read it before it opens."
        ),
        "Please publish nothing about it before 3 May 2035, 07:00 WEST (06:00 UTC).",
        "The link is for Le Monde, A. Martin alone. It shows the letter to whoever agrees to that:",
        address(link),
    ]
    assert not Message.objects.exists()


def test_an_arabic_title_arrives_whole_and_in_its_language(client: Client) -> None:
    letter = builders.draft()
    LetterText.objects.filter(letter=letter).update(title=f"{ARABIC}\nثانية", language="ar")
    linked(letter)
    subject, body = words(mails(client, letter)[0])
    assert f"{ARABIC} ثانية" in subject
    assert "\n" not in subject
    assert ARABIC in body
    assert "UTC" in body


def test_a_link_that_shows_nothing_any_more_is_mailed_to_nobody(client: Client) -> None:
    letter = builders.draft()
    gone, kept = linked(letter), linked(letter)
    press.revoke(letter=letter, pk=gone.pk, by=builders.organizer(), at=timezone.now())
    [mail] = mails(client, letter)
    assert address(kept) in words(mail)[1]
    letters.publish(letter=letter, by=None, at=timezone.now())
    assert mails(client, letter) == []
