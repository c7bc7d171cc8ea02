"""The page behind a mailed invitation."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters import limits, tokens
from letters.enums import Role
from letters.models import Invitation, Membership, User
from letters.tokens import Purpose
from tests import builders
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Noor", "password": PASSWORD}


def page(one: Invitation, purpose: Purpose = Purpose.INVITATION) -> str:
    return reverse("letters:invitation", args=[tokens.make(purpose, uid=one.uid, at=timezone.now())])


@pytest.fixture
def one() -> Invitation:
    return builders.invited(at=timezone.now())


def test_it_says_who_invites_to_what_and_changes_nothing(client: Client, one: Invitation) -> None:
    answer = client.get(page(one))
    shown = answer.content.decode()
    assert "fay@example.org invites you to the team of Night Rail Alliance. Your role there: Editor" in shown
    assert "noor@example.org" in shown
    assert answer["Cache-Control"] == "private, no-store"
    assert Invitation.objects.filter(settled_at=None).exists()
    assert not User.objects.filter(email="noor@example.org").exists()


def test_a_name_and_a_password_make_the_login_and_open_the_desk(client: Client, one: Invitation) -> None:
    answer = client.post(page(one), ANSWERS, follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 303)]
    assert "Noor" in answer.content.decode()
    assert Membership.objects.get(user__email="noor@example.org").role == Role.EDITOR
    other = Client()
    assert other.post(page(one), ANSWERS).status_code == 410
    said = {"login": "noor@example.org", "password": PASSWORD}
    assert other.post(reverse("account_login"), said).status_code == 302
    assert other.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"password": "too short"}, "at least 12 characters"),
        ({"password": "noor@example.org"}, "too similar to the email address"),
        ({"password": "qwerty123456"}, "too common"),
        ({"password": ""}, "Choose a password."),
        ({"name": " \u202e "}, "Enter your name."),
        ({"password": "long " * 50}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    client: Client, one: Invitation, answers: dict[str, str], says: str
) -> None:
    answer = client.post(page(one), {**ANSWERS, **answers})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not User.objects.filter(email="noor@example.org").exists()


def test_whoever_has_a_login_logs_in_and_then_accepts(client: Client, one: Invitation) -> None:
    User.objects.create_user("noor@example.org", PASSWORD)
    shown = client.get(page(one)).content.decode()
    assert f"{reverse('account_login')}?next={page(one)[:30]}" in shown
    assert client.post(page(one), {"name": "Mallory", "password": "another long password"}).status_code == 200
    assert User.objects.get(email="noor@example.org").check_password(PASSWORD)
    assert not Membership.objects.filter(user__email="noor@example.org").exists()
    said = {"login": "noor@example.org", "password": PASSWORD, "next": page(one)}
    assert client.post(reverse("account_login"), said)["Location"] == said["next"]
    assert "Accept" in client.get(page(one)).content.decode()
    assert client.post(page(one))["Location"] == reverse("admin:index")
    assert Membership.objects.get(user__email="noor@example.org").role == Role.EDITOR


def test_another_login_accepts_nothing(client: Client, one: Invitation) -> None:
    User.objects.create_user("noor@example.org", PASSWORD)
    client.force_login(builders.organizer())
    assert "logged in with another address" in client.post(page(one)).content.decode()
    assert Invitation.objects.filter(settled_at=None).exists()


def test_a_link_of_another_kind_or_to_nothing_opens_nothing(client: Client, one: Invitation) -> None:
    for purpose in set(Purpose) - {Purpose.INVITATION}:
        assert client.get(page(one, purpose)).status_code == 404
    assert client.get("/accounts/invitation/nonsense/").status_code == 404
    assert client.get(page(Invitation(uid=uuid4()))).status_code == 410


def test_an_old_link_opens_nothing(client: Client) -> None:
    old = builders.invited(at=timezone.now() - limits.INVITED_FOR - timedelta(seconds=1))
    assert client.post(page(old), ANSWERS).status_code == 410
    assert "opens nothing any more" in client.get(page(old)).content.decode()
