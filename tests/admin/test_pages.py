"""Every page of the desk: it opens, says nothing it must not, and is closed to strangers."""

from __future__ import annotations

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from letters.admin import told
from letters.models import Event, Letter, Signature, User
from letters.services import reasons
from tests import builders

pytestmark = pytest.mark.django_db
RECORDS = [
    "signature", "mailing", "tally", "tallypoint", "message", "ledgerentry", "checkpoint", "event",
    "snapshot", "approval",
]  # fmt: skip
SERVED = [
    "letter", "update", "organization", "user", "block", "feature", "report", "reason", "name", "correction",
    "affiliationmerge",
]  # fmt: skip
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE
)


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def page(name: str, *args: object) -> str:
    return reverse(f"admin:letters_{name}", args=args)


def test_there_are_no_other_pages() -> None:
    names = {model._meta.model_name for model in admin.site._registry}
    assert names == {*RECORDS, *SERVED}


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_every_list_and_every_row_opens(ada: Client, rows: int) -> None:
    for number in range(rows):
        letter = builders.letter(f"letter-{number}")
        builders.featured(builders.counted(letter))
        builders.confirmed(letter, email="cleo@example.org")
        builders.reported(letter)
        builders.update(letter)
        why = builders.counted(letter, email="dov@example.org")
        reasons.give(uid=why.uid, reason="For my sister.", at=builders.NOW)
    addresses = [reverse("admin:index")]
    for model in admin.site._registry:
        name = model._meta.model_name
        addresses.append(page(f"{name}_changelist"))
        addresses += [page(f"{name}_change", row.pk) for row in model._default_manager.all()[:rows]]
    addresses += [
        page(f"{name}_add")
        for name in ("letter", "organization", "block", "feature", "correction", "affiliationmerge")
    ]
    addresses += [page("letter_history", letter.pk) for letter in Letter.objects.all()]
    for address in addresses:
        response = ada.get(address, follow=True)  # without an organization a letter leads there
        assert response.status_code == 200, address
        assert INLINE.search(response.content.decode()) is None, address


def test_the_length_of_a_list_costs_no_further_queries(
    ada: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        letter = builders.letter(f"letter-{number}")
        builders.featured(builders.counted(letter))
        builders.reported(letter)
    for name in [*RECORDS, *SERVED]:
        with django_assert_max_num_queries(10):
            ada.get(page(f"{name}_changelist"))


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_can_only_be_looked_at(ada: Client, name: str) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.frozen(letter)
    builders.confirmed(letter, email="cleo@example.org")
    builders.update(letter)
    builders.asked(builders.draft("sketch"))
    model = next(model for model in admin.site._registry if model._meta.model_name == name)
    row = model._default_manager.first()
    assert row is not None
    before = list(model._default_manager.values())
    for address in (page(f"{name}_change", row.pk), page(f"{name}_add"), page(f"{name}_delete", row.pk)):
        assert (
            ada.post(address, {"name": "Somebody else", "count": "1", "state": "removed"}).status_code == 403
        )
    assert list(model._default_manager.values()) == before


def test_an_address_is_shown_nowhere(ada: Client) -> None:
    one = builders.counted(builders.letter(), email="ben.secret@example.org")
    for address in (
        page("signature_changelist"),
        page("signature_change", one.pk),
        page("message_changelist"),
    ):
        shown = ada.get(address).content.decode()
        assert "ben.secret" not in shown
        assert one.email_key.hex() not in shown


def test_a_signature_is_found_by_its_name_and_by_its_uid(ada: Client) -> None:
    letter = builders.letter()
    one = builders.counted(letter, name="Ольга Петрова", email="olga@example.org")
    builders.counted(letter, name="Ben Okafor")
    for words in ("Ольга", str(one.uid)):
        shown = ada.get(page("signature_changelist"), {"q": words}).content.decode()
        assert "Ольга" in shown
        assert "Ben Okafor" not in shown


@pytest.mark.parametrize("field", ["email_key", "text__body", "letter__organization__contact"])
def test_a_list_cannot_be_filtered_by_what_it_does_not_offer(ada: Client, field: str) -> None:
    builders.counted(builders.letter())
    response = ada.get(page("signature_changelist"), {f"{field}__startswith": "a"})
    assert response.status_code in {302, 400}


def test_a_stranger_is_sent_to_the_login(client: Client) -> None:
    letter = builders.letter()
    for address in (
        reverse("admin:index"),
        page("letter_change", letter.pk),
        page("letter_publish", letter.pk),
    ):
        response = client.get(address)
        assert response.status_code == 302
        assert "login" in response["Location"]
        assert client.post(address).status_code == 302
    assert reverse("account_login") in client.get(reverse("admin:login")).headers["Location"]


def test_a_user_without_a_role_sees_nothing(client: Client) -> None:
    letter = builders.letter()
    client.force_login(User.objects.create_user(email="eve@example.org", password=builders.PASSWORD))
    for address in (reverse("admin:index"), page("letter_change", letter.pk), page("signature_changelist")):
        assert client.get(address).status_code in {302, 403}


def test_what_was_done_with_a_letter_can_be_read(ada: Client) -> None:
    letter = builders.letter()
    shown = ada.get(page("letter_history", letter.pk)).content.decode()
    for name in Event.objects.filter(subject=letter.public_id).values_list("name", flat=True):
        assert told.what(name) in shown


def test_a_broken_number_in_an_address_is_not_an_error(ada: Client) -> None:
    assert ada.get("/admin/letters/signature/nonsense/change/").status_code in {302, 404}
    assert ada.get("/admin/letters/letter/9999999/publish/").status_code in {302, 404}
    assert ada.get(page("signature_changelist"), {"p": "99"}).status_code in {200, 302}
    assert Signature.objects.count() == 0
