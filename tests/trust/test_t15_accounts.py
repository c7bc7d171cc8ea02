"""T15: whoever steals a password, or a session, has not taken over the desk."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from letters import limits, tokens
from letters.models import Event, Guest, Membership, Organization, Update, User
from letters.services import updates, users
from letters.tokens import Purpose
from tests import builders
from tests.builders import NOW, PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = 30
ENROL = reverse("mfa_activate_totp")
DESK = reverse("admin:index")


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.DESK_SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def home() -> Organization:
    return builders.organization()


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """Return what an app shows now, or one step of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps))


def enrolled(user: User) -> User:
    TOTP.activate(user, SECRET)
    return user


def enter_password(email: str, password: str = PASSWORD) -> tuple[Client, str]:
    """Return the browser of whoever knows the password, and where it is led."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return client, answer.headers.get("Location", "")


def logged_in(user: User) -> Client:
    client, ways = enter_password(user.email)
    assert ways == reverse("mfa_authenticate")
    assert client.post(ways, {"code": code()})["Location"] == DESK
    return client


def invitation(home: Organization, email: str) -> str:
    one = builders.invited(home, email=email, at=timezone.now())
    return reverse(
        "letters:invitation", args=[tokens.make(Purpose.INVITATION, uid=one.uid, at=timezone.now())]
    )


def test_whoever_is_invited_enrols_a_factor_and_needs_it_from_then_on(home: Organization) -> None:
    client = Client()
    said = {"name": "Noor", "password": PASSWORD}
    client.post(invitation(home, "noor@example.org"), said)
    assert client.get(DESK)["Location"] == ENROL
    shown = client.get(ENROL).content.decode()
    assert 'src="data:image/svg+xml;base64,' in shown
    assert "style=" not in shown.partition("<main")[2]
    secret = re.findall(r'<code dir="ltr">([A-Z2-7]{32})</code>', shown)[0]
    assert client.post(ENROL, {"code": "000000"}).status_code == 200
    assert client.get(DESK)["Location"] == ENROL
    recovery = client.post(ENROL, {"code": code(secret)})["Location"]
    codes = re.findall(r'<code dir="ltr">(\d{8})</code>', client.get(recovery).content.decode())
    assert len(codes) == 10
    assert client.get(DESK).status_code == 200
    assert all(secret not in str(one.data) for one in Authenticator.objects.all())
    other, ways = enter_password("noor@example.org")
    assert other.get(DESK)["Location"].startswith(reverse("admin:login"))
    assert other.post(ways, {"code": codes[0]})["Location"] == DESK
    assert other.get(DESK).status_code == 200
    again, ways = enter_password("noor@example.org")
    assert again.post(ways, {"code": codes[0]}).status_code == 200


@pytest.mark.parametrize("who", ["member", "operator"])
def test_a_stolen_password_opens_nothing_when_its_owner_has_a_factor(home: Organization, who: str) -> None:
    enrolled(builders.member(home) if who == "member" else builders.organizer("fay@example.org"))
    thief, _ways = enter_password("fay@example.org")
    for name in ("admin:index", "admin:letters_letter_changelist", "mfa_index", "account_change_password"):
        assert thief.get(reverse(name)).status_code == 302
    assert thief.get(ENROL)["Location"].startswith(reverse("account_login"))
    draft = builders.draft(organization=home)
    assert thief.get(reverse("letters:preview", args=[draft.pk])).status_code in {302, 404}


def test_a_stolen_password_opens_nothing_and_enrols_nothing_when_its_owner_has_none(
    home: Organization,
) -> None:
    enrolled(builders.organizer())
    builders.member(home)
    thief, _ways = enter_password("fay@example.org")
    draft = builders.draft(organization=home)
    pages = [DESK, reverse("admin:letters_letter_changelist"), reverse("mfa_index"), reverse("account_email")]
    pages += [reverse("account_change_password"), reverse("letters:preview", args=[draft.pk])]
    for page in pages:
        for answer in (thief.get(page), thief.post(page, {"email": "thief@example.org"})):
            assert answer["Location"] == ENROL
    assert "This login is not complete" in thief.get(ENROL).content.decode()
    assert thief.post(ENROL, {"code": code()}).status_code == 403
    assert not Authenticator.objects.filter(user__email="fay@example.org").exists()
    # What they had open before does not become whole when the owner enrols later.
    enrolled(User.objects.get(email="fay@example.org"))
    assert thief.get(DESK)["Location"] == ENROL
    assert thief.post(ENROL, {"code": code()}).status_code == 403


def test_whoever_has_a_password_and_accepts_an_invitation_may_enrol(home: Organization) -> None:
    enrolled(builders.organizer())
    User.objects.create_user("noor@example.org", PASSWORD)
    client, _ways = enter_password("noor@example.org")
    assert client.get(ENROL).status_code == 403
    assert client.post(invitation(home, "noor@example.org")).status_code == 303
    assert "A second factor" in client.get(ENROL).content.decode()
    grow_old(client)
    assert client.get(ENROL)["Location"].startswith(reverse("account_reauthenticate"))
    ways = reverse("account_reauthenticate") + f"?next={ENROL}"
    assert client.post(ways, {"password": PASSWORD})["Location"] == ENROL
    assert "A second factor" in client.get(ENROL).content.decode()
    assert Membership.objects.filter(user__email="noor@example.org").exists()


def test_the_first_operator_enrols_and_nobody_after_them() -> None:
    builders.organizer()
    users.create_organizer(email="second@example.org", password=PASSWORD, at=timezone.now())
    first, second = enter_password("ada@nightrail.example")[0], enter_password("second@example.org")[0]
    assert second.get(ENROL).status_code == 403
    assert first.get(ENROL).status_code == 200
    grow_old(first)
    assert first.get(ENROL)["Location"].startswith(reverse("account_reauthenticate"))
    enrolled(User.objects.get(email="second@example.org"))
    assert first.get(ENROL).status_code == 403


def test_guessing_passwords_is_locked(home: Organization) -> None:
    enrolled(builders.member(home))
    for number in range(5):
        enter_password("fay@example.org", f"wrong password {number}")
    client, ways = enter_password("fay@example.org")
    assert ways == ""
    assert client.get(reverse("mfa_authenticate")).status_code == 302


def test_guessing_codes_is_locked(home: Organization) -> None:
    enrolled(builders.member(home))
    client, ways = enter_password("fay@example.org")
    for number in range(5):
        client.post(ways, {"code": f"{number:06}"})
    assert client.post(ways, {"code": code()}).status_code == 200
    assert client.get(DESK)["Location"].startswith(reverse("admin:login"))
    other, ways = enter_password("fay@example.org")
    assert other.post(ways, {"code": code()}).status_code == 200


def publish(home: Organization) -> str:
    return reverse("admin:letters_letter_publish", args=[builders.draft(organization=home).pk])


def team(home: Organization) -> str:
    return reverse("admin:letters_organization_team", args=[home.pk])


def remove(home: Organization) -> str:
    one = builders.counted(builders.letter(organization=home))
    return reverse("admin:letters_signature_remove", args=[one.pk])


def send(home: Organization) -> str:
    news = Update(letter=builders.letter(organization=home), title="T", body="B")
    return reverse("admin:letters_update_send", args=[updates.write(update=news, by=None, at=NOW).pk])


def grow_old(client: Client) -> None:
    """Let what was proved in this session have been proved more than five minutes ago."""
    session = client.session
    for proof in session["account_authentication_methods"]:
        proof["at"] -= limits.PROVED_FOR.total_seconds() + 1
    session.save()


def close(home: Organization) -> str:
    return reverse("admin:letters_letter_close", args=[builders.letter(organization=home).pk])


def export(home: Organization) -> str:
    return reverse("admin:letters_letter_export", args=[builders.letter(organization=home).pk])


@pytest.mark.parametrize("page", [publish, close, team, remove, send, export])
def test_a_session_that_was_stolen_later_publishes_removes_and_invites_nobody(
    home: Organization, page: Callable[[Organization], str]
) -> None:
    client = logged_in(enrolled(builders.member(home)))
    url = page(home)
    assert client.get(url).status_code == 200
    grow_old(client)
    said = {"email": "thief@example.org", "role": "owner", "reason": "flood", "which": "counted"}
    before = Event.objects.count()
    for answer in (client.get(url), client.post(url, said)):
        assert answer["Location"].startswith(reverse("mfa_reauthenticate") + "?next=")
    assert Event.objects.count() == before
    way = client.get(url)["Location"]
    assert client.post(way, {"password": PASSWORD}).status_code == 200
    assert client.get(url).status_code == 302
    assert client.post(way, {"code": code(steps=1)})["Location"] == url
    assert client.get(url).status_code == 200


def test_a_factor_is_removed_only_by_a_factor_and_never_the_last(home: Organization) -> None:
    client = logged_in(enrolled(builders.member(home)))
    away = reverse("factor_remove", args=[Authenticator.objects.get().pk])
    grow_old(client)
    way = client.get(away)["Location"]
    assert way.startswith(reverse("mfa_reauthenticate"))
    client.post(way, {"code": code(steps=1)})
    assert "This is your only second factor" in client.post(away, follow=True).content.decode()
    assert Authenticator.objects.exists()


def test_a_version_is_published_by_a_fresh_factor_and_its_words_wait_for_it(home: Organization) -> None:
    client = logged_in(enrolled(builders.member(home)))
    letter = builders.letter(organization=home, at=timezone.now())
    url = reverse("admin:letters_letter_version", args=[letter.pk])
    said = {"title": "T", "addressees": "A", "body": "B", "kind": "amendment", "reason": "Better."}
    seen = client.post(url, said).context["form"].data["seen"]
    grow_old(client)
    refused = client.post(url, {**said, "seen": seen, "publish": ""}).content.decode()
    assert "Nothing was done yet" in refused
    assert 'value="Better."' in refused
    assert letter.texts.count() == 1
    way = client.get(url)["Location"]
    client.post(way, {"code": code(steps=1)})
    assert client.post(url, {**said, "seen": seen, "publish": ""}).status_code == 302
    assert letter.texts.count() == 2


def test_a_stranger_is_mailed_by_a_fresh_factor_and_the_words_wait_for_it(home: Organization) -> None:
    client = logged_in(enrolled(builders.member(home)))
    url = reverse(
        "admin:letters_letter_invite", args=[builders.letter(organization=home, at=timezone.now()).pk]
    )
    said = {"email": "noor@example.org", "words": "Please, Noor."}
    grow_old(client)
    refused = client.post(url, said).content.decode()
    assert "Nothing was done yet" in refused
    assert "Please, Noor." in refused
    assert not Guest.objects.exists()
    client.post(reverse("mfa_reauthenticate"), {"code": code(steps=1)})
    assert client.post(url, said).status_code == 302
    assert Guest.objects.count() == 1


def test_a_stranger_makes_the_login_mail_nobody_and_no_session_moves_it(
    home: Organization, mailoutbox: list[object]
) -> None:
    Client().post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert not mailoutbox
    client = logged_in(enrolled(builders.member(home)))
    moved = client.post(reverse("account_email"), {"email": "thief@example.org", "action_add": ""})
    assert moved.status_code == 404
