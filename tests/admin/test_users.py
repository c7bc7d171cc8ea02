"""The pages of people at the desk speak of this site, not of the framework below it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from letters.models import User
from tests import builders

pytestmark = pytest.mark.django_db
LIST = reverse("admin:letters_user_changelist")


@pytest.fixture
def eve() -> User:
    return builders.member(builders.organization(), email="eve@example.org")


def page(client: Client, address: str) -> str:
    client.force_login(User.objects.filter(is_superuser=True).first() or builders.organizer())
    return client.get(address).content.decode()


def test_no_page_says_superuser_or_speaks_of_other_ways_to_log_in(client: Client, eve: User) -> None:
    pages = [LIST]
    pages += [
        reverse(f"admin:{name}", args=[eve.pk]) for name in ("letters_user_change", "letters_user_history")
    ]
    pages.append(reverse("admin:auth_user_password_change", args=[eve.pk]))
    for address in pages:
        words = re.sub(r"<[^>]*>", " ", page(client, address).partition("<main")[2])
        assert not re.search(r"superuser|permissions|authenticat|LDAP|backend", words, re.IGNORECASE)


def test_the_list_and_its_filter_tell_who_runs_the_site(client: Client, eve: User) -> None:
    shown = page(client, LIST)
    assert "Runs the site" in shown
    assert "By who runs the site" in shown
    others = page(client, f"{LIST}?is_superuser__exact=0")
    assert eve.email in others
    assert "ada@nightrail.example" not in others.partition("<main")[2]


def test_the_page_of_a_person_says_what_running_the_site_means(client: Client, eve: User) -> None:
    shown = page(client, reverse("admin:letters_user_change", args=[eve.pk]))
    assert "Runs the site" in shown
    assert "Whoever runs the site is an operator" in shown
    assert 'name="is_superuser"' not in shown


def test_a_password_is_set_and_never_taken_away(client: Client, eve: User) -> None:
    address = reverse("admin:auth_user_password_change", args=[eve.pk])
    shown = page(client, address)
    assert "a few words that nobody else would think of" in shown
    assert f'dir="auto">{eve.email}</a>' in shown
    new = "an entirely new phrase"
    client.post(address, {"password1": "", "password2": "", "usable_password": "false", "unset-password": ""})
    assert User.objects.get(pk=eve.pk).check_password(builders.PASSWORD)
    client.post(address, {"password1": new, "password2": new})
    assert User.objects.get(pk=eve.pk).check_password(new)
