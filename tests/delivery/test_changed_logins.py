"""A login was changed: its owner reads of it, and nobody who opens the mail gets in by it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from letters.delivery import email
from letters.enums import MessageKind, MessageState
from letters.models import Message, User
from letters.services import authenticators, users
from tests import builders
from tests.builders import NOW, PASSWORD
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "an entirely new phrase"


@pytest.fixture
def noor() -> User:
    return builders.member(builders.organization(), email="noor@example.org")


def change_password(user: User, by: User | None) -> None:
    user.set_password(NEW)
    users.change_password(user=user, by=by, at=NOW)


def told(inbox: Inbox, to: str = "noor@example.org") -> set[str]:
    """Send what waits; return what these mails begin with, as a set: those of one moment have no order."""
    email.drain(clock=timezone.now)
    found = [mail for mail in inbox.mails if "was changed" in str(mail["Subject"])]
    assert {str(mail["To"]) for mail in found} <= {to}
    sentences = [words(mail).split("\n")[2].partition(" That was on ")[0] for mail in found]
    assert len(sentences) == len(set(sentences))
    return set(sentences)


def words(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def test_an_app_with_its_first_recovery_codes_is_one_mail(noor: User, inbox: Inbox) -> None:
    authenticators.enrol_app(user=noor, secret=SECRET, keep="", at=NOW)
    assert told(inbox) == {"An app for codes was enrolled as a second factor."}


def test_an_app_in_place_of_another_is_one_mail_that_says_so(noor: User, inbox: Inbox) -> None:
    authenticators.enrol_key(user=noor, name="Phone", credential={}, at=NOW)
    authenticators.enrol_app(user=noor, secret=SECRET, keep="", at=NOW)
    authenticators.enrol_app(user=noor, secret=SECRET[::-1], keep="", at=NOW)
    assert told(inbox) == {
        "A passkey was enrolled.",
        "An app for codes was enrolled as a second factor.",
        "An app for codes was enrolled: the earlier one opens nothing any more.",
    }


def test_what_is_removed_and_new_recovery_codes_are_told(noor: User, inbox: Inbox) -> None:
    authenticators.enrol_app(user=noor, secret=SECRET, keep="", at=NOW)
    authenticators.enrol_key(user=noor, name="Phone", credential={}, at=NOW)
    authenticators.make_codes(user=noor, at=NOW)
    for kind in (Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP):
        authenticators.remove(user=noor, pk=Authenticator.objects.get(type=kind).pk, keep="", at=NOW)
    assert told(inbox) == {
        "An app for codes was enrolled as a second factor.",
        "A passkey was enrolled.",
        "New recovery codes were made: the earlier ones open nothing any more.",
        "A passkey was removed: it opens nothing any more.",
        "Your app for codes was removed: it opens nothing any more.",
    }


def test_a_passkey_with_another_name_opens_the_same_and_is_not_told(noor: User, inbox: Inbox) -> None:
    authenticators.enrol_key(user=noor, name="Phone", credential={}, at=NOW)
    pk = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    authenticators.rename(user=noor, pk=pk, name="Key", at=NOW)
    assert told(inbox) == {"A passkey was enrolled."}


def test_whoever_sets_a_password_its_owner_reads_of_it_and_nobody_else(noor: User, inbox: Inbox) -> None:
    change_password(noor, noor)
    change_password(noor, builders.organizer())
    assert told(inbox) == {
        "Your password was changed.",
        "Somebody who runs this site set a new password for you.",
    }


def test_a_new_password_by_the_mailed_link_is_one_mail(noor: User, inbox: Inbox) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": noor.email})
    email.drain(clock=timezone.now)
    link = re.findall(r"http://testserver(/\S+)", words(inbox.mails[0]))[0]
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=noor.pk).check_password(NEW)
    assert told(inbox) == {"Your password was changed."}
    assert len(inbox.mails) == 2


def test_the_page_of_ones_own_password_tells_once(noor: User, inbox: Inbox, settings: Settings) -> None:
    settings.DESK_SECOND_FACTOR = False
    client = Client()
    client.post(reverse("account_login"), {"login": noor.email, "password": PASSWORD})
    said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), said)
    assert told(inbox) == {"Your password was changed."}


def test_the_mail_says_when_and_what_to_do_and_opens_nothing(noor: User, inbox: Inbox) -> None:
    change_password(noor, noor)
    told(inbox)
    said = words(inbox.mails[0])
    links = re.findall(r"http://testserver(/\S+)", said)
    assert links == [reverse("account_reset_password"), reverse("sessions")]
    assert f"{NOW:%Y}" in said
    assert " UTC." in said
    assert "password.changed" not in said
    assert Client().get(links[0]).status_code == 200
    assert Client().get(links[1])["Location"].startswith(reverse("account_login"))


def test_whoever_was_closed_meanwhile_gets_none(noor: User, inbox: Inbox) -> None:
    change_password(noor, None)
    noor.is_active = False
    users.change(user=noor, by=None, at=NOW)
    assert told(inbox) == set()
    assert inbox.mails == []
    message = Message.objects.get(kind=MessageKind.LOGIN_CHANGED)
    assert message.state == MessageState.SKIPPED
