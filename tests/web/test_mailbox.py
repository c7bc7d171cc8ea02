"""The development mailbox: the mails that were written, with links that work."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from advocacy import urls
from letters.delivery import email
from letters.models import Message
from tests import builders

addresses, handler404 = urls.addresses, urls.handler404
urlpatterns = [*urls.urlpatterns, path("dev/mailbox/", include("letters.web.mailbox"))]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_mail_is_shown_with_its_headers_and_its_link_leads_to_the_button(client: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    builders.signed(letter, name="Мария Петрова", at=timezone.now())
    email.drain(clock=timezone.now)
    listed = client.get("/dev/mailbox/").content.decode()
    key = re.search(r'href="(/dev/mailbox/[0-9a-f]{16}/)"', listed)
    assert key
    shown = client.get(key[1]).content.decode()
    assert "Мария Петрова" in shown
    assert f"&lt;{Message.objects.get().uid}@testserver&gt;" in shown
    link = re.search(r'href="http://testserver(/s/[^"]+)"', shown)
    assert link
    page = client.get(link[1], follow=True)
    assert "Confirm my signature" in page.content.decode()


def test_an_empty_mailbox_and_a_strange_key(client: Client) -> None:
    assert "No mail yet." in client.get("/dev/mailbox/").content.decode()
    for key in ("0" * 16, "..%2f..%2fetc", "x"):
        assert client.get(f"/dev/mailbox/{key}/").status_code == 404
