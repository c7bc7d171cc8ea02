"""Where one is logged in: what the list says, how other sessions end, and what is never stored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import browsers
from letters.models import Event, Session, User
from letters.services import sessions, users
from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = reverse("sessions")
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0 Canary-agent"
SAFARI = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 (KHTML) Version/18 Safari/605"
ADDRESS = "203.0.113.77"


@pytest.fixture
def ada() -> User:
    return builders.organizer()


def log_in(user: User, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=ADDRESS)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == reverse("admin:index")
    return client


def is_open(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def names() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def test_the_list_tells_the_family_of_each_browser_and_which_is_this_one(ada: User) -> None:
    phone, laptop = log_in(ada), log_in(ada, SAFARI)
    log_in(builders.organizer("eve@example.org"), "Mozilla/5.0 (Windows NT 10.0) Chrome/129 Edg/129")
    page = laptop.get(PAGE).content.decode()
    assert "Firefox on Android" in page
    assert "Safari on macOS (this one)" in page
    assert "Edge" not in page
    assert page.count("Log out there") == 1
    assert is_open(phone)


def test_no_address_and_no_word_of_the_browser_is_stored(ada: User) -> None:
    client = log_in(ada)
    client.get(PAGE)
    stored = str(list(Session.objects.values())) + str(client.session.items())
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM letters_session t")
        stored += cursor.fetchone()[0]
    assert "Firefox" in stored
    assert not any(word in stored for word in ("Mozilla", "Gecko", "131", "Canary", ADDRESS, "203.0.113"))


def test_a_page_names_no_key_of_a_session(ada: User) -> None:
    phone, laptop = log_in(ada), log_in(ada, SAFARI)
    page = laptop.get(PAGE).content.decode()
    assert phone.session.session_key
    assert phone.session.session_key not in page


def test_one_session_is_ended_and_only_that(ada: User) -> None:
    phone, tablet, laptop = log_in(ada), log_in(ada), log_in(ada, SAFARI)
    handle = Session.objects.get(pk=phone.session.session_key).handle
    assert laptop.post(PAGE, {"session": handle})["Location"] == PAGE
    assert [is_open(one) for one in (phone, tablet, laptop)] == [False, True, True]
    assert names()[-1] == "session.ended"


def test_all_others_are_ended_at_once(ada: User) -> None:
    phone, tablet, laptop = log_in(ada), log_in(ada), log_in(ada, SAFARI)
    said = laptop.post(PAGE, follow=True).content.decode()
    assert "2 other sessions are over." in said
    assert [is_open(one) for one in (phone, tablet, laptop)] == [False, False, True]


def test_nobody_ends_the_session_of_somebody_else(ada: User) -> None:
    eve, phone = builders.organizer("eve@example.org"), log_in(ada)
    handle = Session.objects.get(pk=phone.session.session_key).handle
    other = log_in(eve)
    other.post(PAGE, {"session": handle})
    other.post(PAGE)
    assert is_open(phone)
    assert "session.ended" not in names()


def test_the_page_wants_a_login() -> None:
    for answer in (Client().get(PAGE), Client().post(PAGE)):
        assert answer["Location"].startswith(reverse("account_login"))


def test_a_session_notes_that_it_is_used_every_five_minutes_and_no_finer(ada: User) -> None:
    client = log_in(ada)
    row = Session.objects.get(user=ada)
    assert row.began_at == row.seen_at
    is_open(client)
    assert Session.objects.get(user=ada).seen_at == row.seen_at
    session = client.session
    session["seen"] -= 301
    session.save()
    is_open(client)
    seen = Session.objects.get(user=ada).seen_at
    assert seen
    assert seen > timezone.now() - timedelta(seconds=30)


def test_changing_the_password_ends_all_sessions_but_this_one(ada: User) -> None:
    phone, laptop = log_in(ada), log_in(ada, SAFARI)
    said = {
        "oldpassword": PASSWORD,
        "password1": "an entirely new phrase",
        "password2": "an entirely new phrase",
    }
    laptop.post(reverse("account_change_password"), said)
    assert [is_open(one) for one in (phone, laptop)] == [False, True]
    assert Session.objects.filter(user=ada).count() == 1
    assert names()[-1] == "password.changed"
    assert User.objects.get(pk=ada.pk).check_password("an entirely new phrase")


def test_the_desk_has_no_other_page_for_ones_own_password(ada: User) -> None:
    answer = log_in(ada).get(reverse("admin:password_change"))
    assert answer["Location"] == reverse("account_change_password")


def test_a_password_that_an_operator_sets_logs_its_owner_out(ada: User) -> None:
    eve = builders.organizer("eve@example.org")
    hers, mine = log_in(eve), log_in(ada)
    page = reverse("admin:auth_user_password_change", args=[eve.pk])
    said = {"password1": "an entirely new phrase", "password2": "an entirely new phrase", "set-password": ""}
    assert mine.post(page, said).status_code == 302
    assert [is_open(one) for one in (hers, mine)] == [False, True]
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.actor) == (
        "password.changed",
        f"user:{eve.pk}",
        f"user:{ada.pk}",
    )


def test_whoever_may_not_log_in_any_more_is_logged_out_and_the_trail_says_so(ada: User) -> None:
    eve = builders.organizer("eve@example.org")
    hers, mine = log_in(eve), log_in(ada)
    page = reverse("admin:letters_user_change", args=[eve.pk])
    mine.post(page, {"name": "Eve"})
    assert not Session.objects.filter(user=eve).exists()
    assert not is_open(hers)
    mine.post(page, {"name": "Eve", "is_active": "on"})
    mine.post(page, {"name": "Eve Lind", "is_active": "on"})
    assert names()[-3:] == ["user.closed", "user.opened", "user.changed"]
    assert "closed a login" in mine.get(reverse("admin:letters_user_history", args=[eve.pk])).content.decode()


def test_sessions_that_are_over_are_deleted(ada: User) -> None:
    log_in(ada)
    assert sessions.forget(at=timezone.now()) == 0
    assert sessions.forget(at=timezone.now() + timedelta(hours=13)) == 1
    assert not Session.objects.exists()


def test_an_ended_session_is_not_stored_again(ada: User) -> None:
    client = log_in(ada)
    session = client.session
    assert session["began"]
    users.change_password(user=ada, by=None, at=timezone.now())
    session["late"] = 1
    with pytest.raises(UpdateError):
        session.save()


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (FIREFOX, ("Firefox", "Android")),
        (SAFARI, ("Safari", "macOS")),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/129 Safari/604", ("Chrome", "iPhone")),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/129 Safari/537", ("Chrome", "ChromeOS")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/129 Safari/537 Edg/129", ("Edge", "Windows")),
        ("curl/8", ("", "")),
        ("", ("", "")),
    ],
)
def test_only_families_are_told_apart(agent: str, family: tuple[str, str]) -> None:
    assert browsers.of(agent) == family
