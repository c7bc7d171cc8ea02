"""Putting and lifting a block at the desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters import addresses
from letters.models import Block, Event
from tests import builders

pytestmark = pytest.mark.django_db
ADD = "/admin/letters/block/add/"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def test_an_address_is_stored_as_its_key_only(ada: Client) -> None:
    ada.post(ADD, {"who": "Mallory+x@Example.org", "letter": "", "reason": "Spam"})
    block = Block.objects.get()
    assert (bytes(block.key), block.domain) == (addresses.site_key("mallory@example.org"), "")
    assert "mallory" not in ada.get(reverse("admin:letters_block_changelist")).content.decode().lower()


def test_a_domain_can_be_blocked_and_lifted(ada: Client) -> None:
    ada.post(ADD, {"who": "throwaway.example", "letter": "", "reason": "Disposable"})
    block = Block.objects.get()
    assert (block.key, block.domain) == (None, "throwaway.example")
    ada.post(reverse("admin:letters_block_delete", args=[block.pk]), {"post": "yes"})
    assert not Block.objects.exists()
    assert list(Event.objects.order_by("id").values_list("name", flat=True))[-2:] == [
        "block.put",
        "block.lifted",
    ]


@pytest.mark.parametrize("who", ["", "@", "a@", "not a domain", "name@"])
def test_nonsense_is_refused_beside_the_field(ada: Client, who: str) -> None:
    response = ada.post(ADD, {"who": who, "letter": "", "reason": "Spam"})
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Block.objects.exists()
