"""T15, T8: a code by mail takes the place of the password, and tells nobody who has a login."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from letters.delivery import email
from letters.models import Event, Message, Session, User
from letters.services import pending
from tests import builders
from tests.builders import PASSWORD
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ASK, ENTER = reverse("account_request_login_code"), reverse("account_confirm_login_code")
DESK, FACTOR = reverse("admin:index"), reverse("mfa_authenticate")
FAY, NOBODY = "fay@example.org", "nobody@example.org"


@pytest.fixture(autouse=True)
def fay(settings: Settings) -> User:
    """Fay, who has a login and a second factor."""
    settings.DESK_SECOND_FACTOR = True
    cache.clear()
    user = builders.member(builders.organization())
    TOTP.activate(user, SECRET)
    return user


def sent(inbox: Inbox) -> list[Any]:
    email.drain(clock=timezone.now)
    return inbox.mails


def text(mail: Any) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content())


def ask(address: str = FAY) -> Client:
    client = Client()
    answer = client.post(ASK, {"email": address})
    assert answer["Location"] == ENTER
    return client


def code(inbox: Inbox) -> str:
    return re.findall(r"^(\d{6})\r?$", text(sent(inbox)[-1]), re.MULTILINE)[0]


def app_code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def test_after_the_code_the_second_factor_is_asked_for_as_after_a_password(inbox: Inbox) -> None:
    client = ask()
    assert client.post(ENTER, {"code": code(inbox)})["Location"] == FACTOR
    assert client.get(DESK)["Location"].startswith(reverse("admin:login"))
    assert client.post(FACTOR, {"code": app_code()})["Location"] == DESK
    assert client.get(DESK).status_code == 200
    assert inbox.mails[0]["To"] == FAY
    assert re.fullmatch(r"Your code for \w+", str(inbox.mails[0]["Subject"]))
    assert "10 minutes" in text(inbox.mails[0])


def test_an_unknown_address_gets_no_mail_and_the_same_pages(inbox: Inbox) -> None:
    pages = []
    for address in (FAY, NOBODY):
        client = ask(address)
        page = client.get(ENTER)
        shown = re.sub(r'value="[^"]+"', "", page.content.decode()).replace(address, "ADDRESS")
        wrong = client.post(ENTER, {"code": "000000"}).content.decode()
        wrong = re.sub(r'value="[^"]+"', "", wrong).replace(address, "ADDRESS")
        pages.append((page.status_code, sorted(page.headers), shown, wrong))
    assert pages[0] == pages[1]
    assert Message.objects.count() == 2  # asking costs the same for both
    assert [mail["To"] for mail in sent(inbox)] == [FAY]
    assert ask(NOBODY).post(ENTER, {"code": ""}).status_code == 200


def test_a_forgotten_password_tells_nobody_either(inbox: Inbox) -> None:
    ways = set()
    for address in (FAY, NOBODY):
        ways.add(Client().post(reverse("account_reset_password"), {"email": address})["Location"])
    assert len(ways) == 1
    assert Message.objects.count() == 2
    assert [mail["To"] for mail in sent(inbox)] == [FAY]


def test_the_link_in_the_mail_sets_a_new_password_once_and_ends_all_sessions(inbox: Inbox, fay: User) -> None:
    client = Client()
    client.post(reverse("account_login"), {"login": FAY, "password": PASSWORD})
    client.post(FACTOR, {"code": app_code()})
    Client().post(reverse("account_reset_password"), {"email": FAY})
    link = re.findall(r"http://testserver(/\S+)", text(sent(inbox)[-1]))[0]
    other = Client()
    form = other.get(link)["Location"]
    new = {"password1": "an entirely new phrase", "password2": "an entirely new phrase"}
    assert other.post(form, new).status_code == 302
    assert User.objects.get(pk=fay.pk).check_password("an entirely new phrase")
    assert not Session.objects.filter(user=fay).exists()
    assert client.get(DESK).status_code == 302
    assert "password.changed" in Event.objects.values_list("name", flat=True)
    assert Client().get(link).status_code == 200  # it says that the link is used up


def test_the_code_opens_nothing_in_another_browser(inbox: Inbox) -> None:
    ask()
    thief = ask(NOBODY)
    assert thief.post(ENTER, {"code": code(inbox)}).status_code == 200
    assert Client().post(ENTER, {"code": code(inbox)})["Location"] == ASK


def test_a_code_works_once_and_for_minutes(inbox: Inbox) -> None:
    client = ask()
    first = code(inbox)
    client.post(ENTER, {"code": first})
    assert client.post(ENTER, {"code": first})["Location"] == ASK
    late = ask()
    session = late.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 601
    session.save()
    assert late.post(ENTER, {"code": code(inbox)})["Location"] == ASK


def test_a_mail_that_could_not_leave_in_time_does_not_leave(inbox: Inbox) -> None:
    ask()
    Message.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert sent(inbox) == []
    assert Message.objects.get().state == "skipped"


@pytest.mark.parametrize("address", [FAY, NOBODY])
def test_guessing_a_code_is_locked_after_three_tries_for_everybody_alike(address: str, inbox: Inbox) -> None:
    client = ask(address)
    assert client.post(ENTER, {"code": "000000"}).status_code == 200
    assert client.post(ENTER, {"code": "000001"}).status_code == 200
    said = client.post(ENTER, {"code": "000002"}, follow=True)
    assert said.redirect_chain == [(ASK, 302)]
    assert "There were too many tries" in said.content.decode()
    assert client.post(ENTER, {"code": "000003"})["Location"] == ASK
    event = Event.objects.latest("pk")
    assert (event.name, event.data) == ("login.locked", {"way": "mailed_code"})


@pytest.mark.parametrize("address", [FAY, NOBODY])
@pytest.mark.parametrize("page", [ASK, reverse("account_reset_password")])
def test_nobody_fills_a_mailbox(address: str, page: str) -> None:
    for _number in range(6):
        Client().post(page, {"email": address})
    assert Message.objects.count() == 3
    assert Client().post(page, {"email": address}).status_code in {200, 429}


def test_whoever_wants_no_mail_about_letters_can_still_log_in(inbox: Inbox) -> None:
    one = builders.signed(builders.letter(), email=FAY)
    pending.disown(uid=one.uid, never_again=True, at=timezone.now())
    ask()
    assert [str(mail["Subject"]) for mail in sent(inbox) if mail["To"] == FAY][-1].startswith("Your code")


def test_no_row_holds_the_code_and_no_mail_its_browser(inbox: Inbox) -> None:
    ask()
    row = Message.objects.get()
    digits = code(inbox)
    assert digits not in str({name: value for name, value in vars(row).items() if name != "_state"})
    assert Message.objects.get().recipient_sealed is None


def test_an_account_that_is_closed_gets_none(inbox: Inbox, fay: User) -> None:
    User.objects.filter(pk=fay.pk).update(is_active=False)
    ask()
    assert sent(inbox) == []
