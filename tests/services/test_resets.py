"""A lost second factor, by two people: who may ask, who may agree, what goes, and how its owner stops it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from letters import limits
from letters.delivery import email
from letters.enums import Role
from letters.models import Approval, Event, Message, Organization, Session, User
from letters.services import approvals, resets
from letters.services.approvals import NotStanding, SamePerson
from letters.services.resets import NothingToReset, OfOperator, OwnFactor
from tests import builders
from tests.builders import PASSWORD
from tests.smtp import Inbox

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ENROL, DESK = reverse("mfa_activate_totp"), reverse("admin:index")
WHY = "Called her at the number on file."


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.DESK_SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def home() -> Organization:
    return builders.organization()


def enrolled(user: User) -> User:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def log_in(address: str, *codes: str) -> Client:
    client = Client()
    answer = client.post(reverse("account_login"), {"login": address, "password": PASSWORD})
    for one in codes:
        answer = client.post(answer["Location"], {"code": one})
    return client


def noor(home: Organization) -> User:
    return enrolled(builders.member(home, Role.MODERATOR, "noor@example.org"))


def ask(user: User, by: User, home: Organization | None = None) -> Approval:
    return resets.ask(user=user, organization=home, reason=WHY, by=by, at=timezone.now())


def give(approval: Approval, by: User) -> None:
    resets.give(pk=approval.pk, grounds="I met her.", by=by, at=timezone.now())


def mailed(inbox: Inbox, about: str) -> str:
    """Send what waits, and return the path of the link in the last mail to Noor that is about this."""
    email.drain(clock=timezone.now)
    mail: Any = next(one for one in reversed(inbox.mails) if about in str(one["Subject"]))
    assert mail["To"] == "noor@example.org"
    return re.findall(r"http://testserver(/\S+)", mail.get_body(("plain",)).get_content())[0]


def told() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def test_two_people_give_noor_the_way_to_a_new_factor(home: Organization, inbox: Inbox) -> None:
    user, ada, eve = noor(home), builders.organizer(), builders.organizer("eve@example.org")
    old = log_in(user.email, code())
    assert old.get(DESK).status_code == 200
    approval = ask(user, ada)
    assert Authenticator.objects.filter(user=user).exists()
    mailed(inbox, "Somebody asks")
    give(approval, eve)
    assert not Authenticator.objects.filter(user=user).exists()
    assert not Session.objects.filter(user=user).exists()
    assert old.get(DESK).status_code == 302
    assert told()[-3:] == ["approval.asked", "approval.given", "factor.reset"]
    link = mailed(inbox, "Enrol a new second factor")

    client = Client()
    assert "Log in with your password first" in client.get(link).content.decode()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.get(DESK)["Location"] == ENROL
    assert client.get(ENROL).status_code == 403
    assert client.get(link).status_code == 200
    assert client.get(ENROL).status_code == 403  # looking at the link permits nothing
    assert client.post(link)["Location"] == ENROL
    secret = re.findall(r'<code dir="ltr">([A-Z2-7]{32})</code>', client.get(ENROL).content.decode())[0]
    assert client.post(ENROL, {"code": code(secret)})["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(DESK).status_code == 200
    assert Client().get(link).status_code == 410


def test_whoever_is_asked_for_is_told_at_once_and_can_stop_it(home: Organization, inbox: Inbox) -> None:
    user, ada, eve = noor(home), builders.organizer(), builders.organizer("eve@example.org")
    approval = ask(user, ada)
    link = mailed(inbox, "Somebody asks to remove your second factor")
    stranger = Client()
    for _look in range(2):
        assert stranger.get(link).status_code == 200
    assert "It is stopped" in stranger.post(link).content.decode()
    with pytest.raises(NotStanding):
        give(approval, eve)
    assert Authenticator.objects.filter(user=user).exists()
    event = Event.objects.latest("pk")
    assert (event.name, event.subject) == ("reset.objected", f"user:{user.pk}")
    assert stranger.get(link).status_code == 410
    assert stranger.post(link).status_code == 410
    assert stranger.get(link[:-3] + "x/").status_code == 404


def test_nobody_asks_or_agrees_for_themselves(home: Organization) -> None:
    user, ada = noor(home), builders.organizer()
    with pytest.raises(OwnFactor):
        ask(enrolled(ada), ada)
    with pytest.raises(SamePerson):
        give(ask(user, ada), ada)
    with pytest.raises(OwnFactor):
        give(ask(user, ada), user)
    assert Authenticator.objects.filter(user=user).exists()


def test_an_owner_asks_for_members_of_the_organization_and_never_for_operators(home: Organization) -> None:
    fay = builders.member(home)
    ada = enrolled(builders.organizer())
    builders.member(home, Role.EDITOR, ada.email)
    with pytest.raises(OfOperator):
        ask(ada, fay, home)
    assert ask(noor(home), fay, home).organization == home


def test_there_is_nothing_to_reset_for_whoever_has_none_or_may_not_log_in(home: Organization) -> None:
    ada = builders.organizer()
    with pytest.raises(NothingToReset):
        ask(builders.member(home), ada)
    user = noor(home)
    approval = ask(user, ada)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(NothingToReset):
        give(approval, builders.organizer("eve@example.org"))


def test_what_was_declined_tells_nobody_later(home: Organization, inbox: Inbox) -> None:
    approval = ask(noor(home), builders.organizer())
    eve = builders.organizer("eve@example.org")
    approvals.decline(pk=approval.pk, grounds="No.", by=eve, at=timezone.now())
    email.drain(clock=timezone.now)
    assert inbox.mails == []
    assert Message.objects.get().state == "skipped"


def test_the_link_is_for_one_person_and_for_days(home: Organization, inbox: Inbox) -> None:
    user, ada = noor(home), builders.organizer()
    give(ask(user, ada), builders.organizer("eve@example.org"))
    link = mailed(inbox, "Enrol a new second factor")
    other = log_in(builders.member(home).email)
    assert "This link is for somebody else" in other.post(link).content.decode()
    assert other.get(ENROL).status_code == 403
    limit, limits.INVITED_FOR = limits.INVITED_FOR, limits.INVITED_FOR * 0  # type: ignore[misc]
    try:
        assert Client().get(link).status_code == 410
    finally:
        limits.INVITED_FOR = limit  # type: ignore[misc]


def test_at_the_server_one_person_is_enough_and_the_trail_says_so(home: Organization, inbox: Inbox) -> None:
    user = enrolled(builders.organizer("noor@example.org"))
    call_command("reset_factor", "Noor@example.org")
    assert not Authenticator.objects.filter(user=user).exists()
    event = Event.objects.latest("pk")
    assert (event.name, event.subject, event.actor) == ("factor.reset", f"user:{user.pk}", "system")
    assert mailed(inbox, "Enrol a new second factor").startswith("/accounts/enrolment/")
    for address in ("noor@example.org", "nobody@example.org"):
        with pytest.raises(CommandError, match="Nobody with this address"):
            call_command("reset_factor", address)


def test_it_is_asked_and_given_at_the_desk(home: Organization) -> None:
    user, fay = noor(home), enrolled(builders.member(home))
    client = log_in(fay.email, code())
    team = client.get(reverse("admin:letters_organization_team", args=[home.pk])).content.decode()
    page = reverse("admin:letters_organization_reset", args=[home.pk, user.pk])
    assert page in team
    assert "How did you make sure" in client.get(page).content.decode()
    assert client.post(page, {"reason": " "}).status_code == 200
    assert client.post(page, {"reason": WHY}).status_code == 302
    approval = Approval.objects.get()
    eve = enrolled(builders.member(home, Role.OWNER, "eve@example.org"))
    cache.clear()  # a code of the app opens once
    second = log_in(eve.email, code())
    shown = second.get(reverse("admin:letters_approval_change", args=[approval.pk])).content.decode()
    assert WHY in shown
    assert "noor@example.org" in shown
    give_page = reverse("admin:letters_approval_give", args=[approval.pk])
    assert second.post(give_page, {"grounds": "I met her."}).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    own = client.get(reverse("admin:letters_organization_reset", args=[home.pk, fay.pk]))
    assert own.status_code == 200
    said = client.post(own.wsgi_request.path, {"reason": WHY}).content.decode()
    assert "Nobody asks this for themselves" in said


def test_an_operator_asks_on_the_page_of_the_person(home: Organization) -> None:
    user, ada = noor(home), enrolled(builders.organizer())
    client = log_in(ada.email, code())
    page = reverse("admin:letters_user_reset", args=[user.pk])
    assert page in client.get(reverse("admin:letters_user_change", args=[user.pk])).content.decode()
    assert client.post(page, {"reason": WHY}).status_code == 302
    assert Approval.objects.get().organization is None
