"""Whoever looks at what was told in confidence leaves a trace, before they see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from letters import limits
from letters.enums import READS, Role, Visibility
from letters.models import Event, Letter, Signature
from letters.services import reasons
from tests import builders
from tests.breaking import broken
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def fay(client: Client) -> Client:
    """The browser of Fay, who owns Night Rail."""
    client.force_login(builders.member(builders.organization(), Role.OWNER))
    return client


@pytest.fixture
def one(fay: Client) -> Signature:
    letter = builders.letter()
    return builders.counted(letter, name="Noor van den Berg", visibility=Visibility.PRIVATE)


def page(model: str, name: str, *args: object, query: str = "") -> str:
    return reverse(f"admin:letters_{model}_{name}", args=args) + query


def read() -> list[tuple[str, str, str]]:
    """Return what was read: the event, the kind of page, and of which letter, oldest first."""
    rows = Event.objects.filter(name__in=READS).order_by("pk")
    return [(row.name, row.data["page"], row.subject) for row in rows]


def test_the_list_and_the_page_of_a_private_signature_are_recorded(fay: Client, one: Signature) -> None:
    assert "Noor" in fay.get(page("signature", "changelist")).content.decode()
    assert "Noor" in fay.get(page("signature", "change", one.pk)).content.decode()
    of = one.letter.public_id
    assert read() == [("signatures.read", "changelist", of), ("signatures.read", "change", of)]
    event = Event.objects.filter(name__in=READS)[0]
    assert event.actor == f"user:{fay.session['_auth_user_id']}"
    assert "Noor" not in str(event.data)
    assert str(one.uid) not in (event.subject, str(event.data))


def test_names_reasons_reports_and_what_is_done_with_a_signature_are_recorded(fay: Client) -> None:
    letter = builders.letter(names_after_review=True)
    waits = builders.counted(letter)
    reasons.give(uid=waits.uid, reason="For my mother.", at=NOW)
    report = builders.reported(letter)
    shown = [("name", "changelist"), ("reason", "changelist"), ("report", "changelist")]
    for model, name in shown:
        fay.get(page(model, name))
    for model, name, pk in (
        ("name", "change", waits.pk), ("reason", "history", waits.pk), ("report", "change", report.pk),
        ("signature", "remove", waits.pk),
    ):  # fmt: skip
        fay.get(page(model, name, pk))
    assert [(name, kind) for name, kind, _of in read()] == [
        ("names.read", "changelist"), ("reasons.read", "changelist"), ("reports.read", "changelist"),
        ("names.read", "change"), ("reasons.read", "history"), ("reports.read", "change"),
        ("signatures.read", "remove"),
    ]  # fmt: skip


def test_a_list_of_several_letters_is_a_reading_of_each(fay: Client, one: Signature) -> None:
    other = builders.counted(builders.letter("other"))
    fay.get(page("signature", "changelist"))
    assert {of for _name, _page, of in read()} == {one.letter.public_id, other.letter.public_id}


def test_leafing_is_one_reading_until_ten_minutes_have_passed(fay: Client, one: Signature) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for query in ("", "?q=noor", "?state__exact=confirmed", "?p=1"):
            fay.get(page("signature", "changelist", query=query))
        assert len(read()) == 1
        clock.shift(limits.READ_AGAIN_AFTER + timedelta(seconds=1))
        fay.get(page("signature", "changelist"))
        assert len(read()) == 2


def test_each_person_reads_for_themselves(fay: Client, one: Signature) -> None:
    fay.get(page("signature", "changelist"))
    other = Client()
    other.force_login(builders.member(one.letter.organization, Role.MODERATOR, "dov@example.org"))
    other.get(page("signature", "changelist"))
    assert len(read()) == 2


def test_what_shows_nothing_private_is_no_reading(fay: Client) -> None:
    letter: Letter = builders.letter()
    for url in (
        page("signature", "changelist"), page("letter", "change", letter.pk), page("letter", "changelist"),
        page("letter", "numbers", letter.pk), page("event", "changelist"), reverse("admin:index"),
    ):  # fmt: skip
        assert fay.get(url).status_code == 200
    builders.counted(letter)
    fay.head(page("signature", "changelist"))
    assert read() == []


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_recorded_is_not_shown(fay: Client, one: Signature) -> None:
    fay.raise_request_exception = False
    for url in (page("signature", "changelist"), page("signature", "change", one.pk)):
        with broken("letters_event"):
            response = fay.get(url)
        assert response.status_code >= 500
        assert "Noor" not in response.content.decode()
    fay.raise_request_exception = True
    with broken("letters_event"), pytest.raises(DatabaseError, match="broken"):
        fay.get(page("signature", "changelist"))


def test_strangers_leave_no_reading(one: Signature) -> None:
    client = Client()
    client.force_login(builders.member(one.letter.organization, Role.EDITOR, "eve@example.org"))
    for url in (page("signature", "changelist"), page("signature", "change", one.pk)):
        assert client.get(url).status_code in {302, 403}
    assert read() == []


def test_no_form_at_the_desk_asks_for_names_as_somebody_types(fay: Client, one: Signature) -> None:
    asked = {"app_label": "letters", "model_name": "feature", "field_name": "signature", "term": "Noor"}
    assert fay.get(reverse("admin:autocomplete"), asked).status_code == 403


def test_the_history_of_a_letter_tells_what_was_done_not_who_looked(fay: Client, one: Signature) -> None:
    fay.get(page("signature", "changelist"))
    shown = fay.get(page("letter", "history", one.letter_id)).content.decode()
    assert "published the letter" in shown
    assert "read signatures" not in shown
