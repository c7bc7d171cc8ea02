"""A session ends by itself: when, what its owner is told, and what becomes of a form sent after that."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import limits
from letters.models import Letter, Session, User
from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN, DESK = reverse("account_login"), reverse("admin:index")
HOUR = timedelta(hours=1)
WHY = "You were logged out. A session ends 12 hours after it was used last, 24 hours after it began"
BODY = "Bring them back.\n\nThey ran for <ninety> years."


@pytest.fixture
def ada() -> User:
    return builders.organizer()


def log_in(user: User) -> Client:
    client = Client()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return client


def turn_back(client: Client, by: timedelta) -> None:
    """Let a session have begun, and been used last, so much earlier."""
    session = client.session
    for name in ("began", "seen"):
        session[name] -= int(by.total_seconds())
    session.save()


def is_open(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def text_page() -> str:
    return reverse("admin:letters_letter_text", args=[builders.draft().pk])


def button_of(shown: str) -> str:
    """Return where the one button of the page leads."""
    found = re.search(r'class="btn"\s+href="([^"]*)"', shown)
    assert found
    return found[1]


def next_of(way: str) -> str:
    return parse_qs(urlsplit(unescape(way)).query)["next"][0]


def test_a_session_ends_a_day_after_it_began_however_much_it_is_used(ada: User) -> None:
    client = log_in(ada)
    turn_back(client, 23 * HOUR)
    assert is_open(client)
    row = Session.objects.get(user=ada)
    began = datetime.fromtimestamp(client.session["began"], tz=UTC)
    assert row.seen_at
    assert row.seen_at > timezone.now() - HOUR  # it was used, and stored again
    assert row.expire_date == began + limits.SESSION_LASTS
    turn_back(client, HOUR)
    assert not is_open(client)


def test_a_younger_session_ends_twelve_hours_after_it_was_used(ada: User) -> None:
    client = log_in(ada)
    turn_back(client, 5 * HOUR)
    assert is_open(client)
    left = Session.objects.get(user=ada).expire_date - timezone.now()
    assert 11 * HOUR < left <= 12 * HOUR


def test_whoever_logs_in_again_has_another_day(ada: User) -> None:
    client = log_in(ada)
    turn_back(client, 25 * HOUR)
    client.post(LOGIN, {"login": ada.email, "password": PASSWORD})
    assert is_open(client)


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"])
def test_an_old_session_enrols_and_proves_nothing_either(ada: User, name: str) -> None:
    client = log_in(ada)
    turn_back(client, 24 * HOUR)
    assert client.get(reverse(name))["Location"].startswith(LOGIN)


@pytest.mark.parametrize("name", ["admin:letters_letter_changelist", "sessions", "letters:preview"])
def test_whoever_is_cut_off_reads_why_and_comes_back_to_the_page(ada: User, name: str) -> None:
    client = log_in(ada)
    page = reverse(name, args=[builders.draft().pk] if name == "letters:preview" else []) + "?q=trains"
    turn_back(client, 24 * HOUR)
    way = client.get(page)["Location"]
    assert way.startswith(LOGIN)
    assert WHY in client.get(way).content.decode()
    assert WHY not in client.get(way).content.decode()
    answer = client.post(way, {"login": ada.email, "password": PASSWORD, "next": next_of(way)})
    assert answer["Location"] == page


def test_a_form_that_comes_too_late_shows_its_words_and_the_way_back(ada: User) -> None:
    client, page = log_in(ada), text_page()
    said = {"title": "Night trains", "addressees": "الوزارة", "body": BODY, "language": "en", "seen": "ab12"}
    turn_back(client, 24 * HOUR)
    answer = client.post(page, said)
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "private, no-store"
    assert "Nothing was stored" in shown
    assert WHY in shown
    assert all(f">\n{words}</textarea>" in unescape(shown) for words in ("Night trains", "الوزارة", BODY))
    assert "<ninety>" not in shown
    assert shown.count("<textarea") == 3
    assert next_of(button_of(shown)) == page
    assert Letter.objects.get().texts.get().body != BODY


def test_the_way_back_is_the_page_of_the_form_and_on_this_site(ada: User) -> None:
    where = reverse("admin:letters_organization_team", args=[builders.organization().pk])
    sent_to = reverse("admin:letters_organization_team_remove", args=[1])
    for referrer, back in (
        (f"http://testserver{where}?p=1", f"{where}?p=1"),
        ("https://a.example/x", sent_to),
    ):
        client = log_in(ada)
        turn_back(client, 24 * HOUR)
        shown = client.post(sent_to, {"user": "1"}, headers={"referer": referrer}).content.decode()
        assert next_of(button_of(shown)) == back
        assert "<textarea" not in shown


def test_no_password_is_shown_again(ada: User) -> None:
    client = log_in(ada)
    turn_back(client, 24 * HOUR)
    said = {
        "oldpassword": PASSWORD,
        "password1": "an entirely new phrase",
        "password2": "an entirely new phrase",
    }
    shown = client.post(reverse("account_change_password"), said).content.decode()
    assert "Nothing was stored" in shown
    assert "an entirely new phrase" not in shown
    assert PASSWORD not in shown


def test_words_of_another_site_are_not_shown(ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = client.post(text_page(), {"title": "Words of a thief"})
    assert answer.status_code == 403
    assert "Words of a thief" not in answer.content.decode()


def test_whoever_logged_out_or_never_logged_in_reads_nothing_of_it(ada: User) -> None:
    client, page = log_in(ada), text_page()
    client.post(reverse("account_logout"))
    for one in (client, Client()):
        for answer in (one.get(DESK, follow=True), one.post(page, {"title": "T"}, follow=True)):
            assert answer.status_code == 200
            assert WHY not in answer.content.decode()
