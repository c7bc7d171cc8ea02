"""Featuring at the desk: from a signature to its place among the first, and off again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from letters.enums import Role, Visibility
from letters.models import Event, Feature, Letter
from letters.queries import signatures
from letters.services import features
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SAID = {"checked_by": "Ada Adeyemi", "checked_how": "by telephone", "checked_at": "2026-03-14"}


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"admin:letters_feature_{name}", args=args)


def order(letter: Letter) -> list[str]:
    return [one.name for one in signatures.featured(letter=letter, size=10)]


def said(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_from_the_page_of_a_signature_to_the_page_of_the_letter(ada: Client) -> None:
    one = builders.counted(builders.letter())
    shown = ada.get(reverse("admin:letters_signature_change", args=[one.pk])).content.decode()
    link = f"{page('add')}?uid={one.uid}"
    assert f'href="{link}"' in shown
    assert f'value="{one.uid}"' in ada.get(link).content.decode()
    assert ada.post(page("add"), {"uid": str(one.uid), **SAID}).status_code == 302
    assert order(one.letter) == ["Ben Okafor"]
    assert Event.objects.get(name="feature.put").actor.startswith("user:")
    row = Feature.objects.get()
    assert "by telephone" in ada.get(page("change", row.pk)).content.decode()
    assert "featured a signatory" in ada.get(page("history", row.pk)).content.decode()
    assert ada.post(page("delete", row.pk), {"post": "yes"}).status_code == 302
    assert order(one.letter) == []
    assert Event.objects.filter(name="feature.ended", subject=str(one.uid)).exists()


def test_a_name_that_nobody_reads_offers_no_button(ada: Client) -> None:
    one = builders.counted(builders.letter(), visibility=Visibility.PRIVATE)
    shown = ada.get(reverse("admin:letters_signature_change", args=[one.pk])).content.decode()
    assert page("add") + "?" not in shown


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("uid", "nonsense", "valid UUID"),
        ("uid", "00000000-0000-4000-8000-000000000000", "no signature with this uid"),
        ("checked_by", "", "This field is required"),
        ("checked_how", "see https://example.org", "Remove the link"),
        ("checked_how", "\u202eback", "Remove the character U+202E"),
        ("checked_at", "soon", "Enter a valid date"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(ada: Client, field: str, value: str, says: str) -> None:
    one = builders.counted(builders.letter())
    response = ada.post(page("add"), {"uid": str(one.uid), **SAID, field: value})
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not Feature.objects.exists()


def test_a_private_name_is_refused_beside_the_field(ada: Client) -> None:
    one = builders.counted(builders.letter(), visibility=Visibility.PRIVATE)
    response = ada.post(page("add"), {"uid": str(one.uid), **SAID})
    assert "Only a signature that is counted and shown" in response.content.decode()


def test_what_the_service_refuses_is_said(ada: Client) -> None:
    one = builders.counted(builders.letter())
    builders.featured(one)
    assert "featured already" in said(ada.post(page("add"), {"uid": str(one.uid), **SAID}))
    late = {**SAID, "checked_at": "9999-12-31"}
    assert "cannot lie in the future" in said(ada.post(page("add"), {"uid": str(one.uid), **late}))


def test_two_buttons_move_a_name(ada: Client) -> None:
    letter = builders.letter()
    rows = [
        builders.featured(builders.counted(letter, name=name, email=f"{name}@example.org"))
        for name in ("Ben", "Cleo")
    ]
    shown = ada.get(page("changelist")).content.decode()
    for row in rows:
        for way in ("up", "down"):
            assert f'formaction="{page(way, row.pk)}"' in shown
    response = ada.post(page("up", rows[1].pk))
    assert response["Location"] == f"{page('changelist')}?letter__id__exact={letter.pk}"
    assert ada.get(response["Location"]).status_code == 200
    assert order(letter) == ["Cleo", "Ben"]
    ada.post(page("down", rows[1].pk))
    assert order(letter) == ["Ben", "Cleo"]
    assert ada.get(page("up", rows[1].pk)).status_code == 405


def test_a_row_that_is_gone_is_not_an_error(ada: Client) -> None:
    row = builders.featured(builders.counted(builders.letter()))
    features.unfeature(pk=row.pk, by=None, at=NOW)
    response = ada.post(page("up", row.pk))
    assert response["Location"] == page("changelist")
    assert "not featured any more" in said(response)
    assert ada.post(page("delete", row.pk), {"post": "yes"}).status_code in {302, 404}


def test_only_who_may_can_feature_and_move(client: Client) -> None:
    row = builders.featured(builders.counted(builders.letter()))
    fay = builders.member(row.letter.organization, Role.EDITOR)
    for who in (None, fay):
        if who:
            client.force_login(who)
        for address in (page("up", row.pk), page("add"), page("delete", row.pk)):
            assert client.post(address, {"post": "yes"}).status_code in {302, 403}
    assert Feature.objects.count() == 1
    assert not Event.objects.filter(name="feature.moved").exists()
