"""Reports at the desk: read, look for the name, see the address on record, settle."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from letters.enums import Role
from letters.models import Event, Report, User
from letters.services import reports
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
SECRET = "rea.secret@example.org"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


@pytest.fixture
def one() -> Report:
    letter = builders.letter()
    builders.counted(letter, name="Noor van den Berg", email="noor@example.org")
    return builders.reported(letter, "Noor van", words="She is in hospital.", email=SECRET)


def page(name: str, *args: object) -> str:
    return reverse(f"admin:letters_report_{name}", args=args)


def listed(client: Client, query: str = "") -> str:
    return client.get(page("changelist") + query).content.decode()


def test_the_list_shows_what_waits_and_on_request_what_is_settled(ada: Client, one: Report) -> None:
    assert "Noor van" in listed(ada)
    assert "Noor van" not in listed(ada, "?state=settled")
    reports.settle(pk=one.pk, note="It is she.", by=None, at=NOW)
    assert "Noor van" not in listed(ada)
    assert "Noor van" in listed(ada, "?state=settled")


def test_a_report_leads_to_the_name_in_the_list(ada: Client, one: Report) -> None:
    shown = ada.get(page("change", one.pk)).content.decode()
    assert "She is in hospital." in shown
    link = f"{reverse('admin:letters_signature_changelist')}?letter__id__exact={one.letter_id}&q=Noor%20van"
    assert link.replace("&", "&amp;") in shown
    assert "Noor van den Berg" in ada.get(link).content.decode()


def test_a_report_is_settled_with_a_note_and_then_stays_as_it_is(ada: Client, one: Report) -> None:
    response = ada.post(page("change", one.pk), {"note": ""})
    assert "This field is required" in response.content.decode()
    assert ada.post(page("change", one.pk), {"note": "It is she.", "name": "X"}).status_code == 302
    one.refresh_from_db()
    assert (one.note, one.name) == ("It is she.", "Noor van")
    assert one.settled_by == User.objects.get()
    assert "settled a report" in ada.get(page("history", one.pk)).content.decode()
    shown = ada.get(page("change", one.pk)).content.decode()
    assert "It is she." in shown
    assert 'name="note"' not in shown
    assert ada.post(page("change", one.pk), {"note": "No."}).status_code == 403


def test_an_address_is_shown_when_asked_for_and_that_is_recorded(ada: Client, one: Report) -> None:
    address = page("address", one.pk)
    for path in (page("changelist"), page("change", one.pk), address):
        assert "secret" not in ada.get(path).content.decode()
    assert not Event.objects.filter(name="report.read").exists()
    response = ada.post(address)
    assert f'href="mailto:{SECRET}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert Event.objects.get(name="report.read").subject == str(one.uid)
    assert ada.put(address).status_code == 405


def test_without_an_address_there_is_nothing_to_show(ada: Client, one: Report) -> None:
    silent = builders.reported(one.letter, email="")
    assert page("address", silent.pk) not in ada.get(page("change", silent.pk)).content.decode()
    for pk in (silent.pk, 0):
        assert ada.post(page("address", pk)).status_code == 404


def test_what_readers_wrote_is_text_at_the_desk_too(ada: Client, one: Report) -> None:
    hostile = "<script>alert(1)</script>"
    other = builders.reported(one.letter, hostile, words=hostile)
    for path in (page("changelist"), page("change", other.pk), page("address", other.pk)):
        assert hostile not in ada.get(path).content.decode()


def test_strangers_and_members_without_this_right_read_nothing(client: Client, one: Report) -> None:
    fay = builders.member(one.letter.organization, Role.EDITOR)
    for who in (None, fay):
        if who:
            client.force_login(who)
        for path in (page("changelist"), page("change", one.pk), page("address", one.pk)):
            assert client.get(path).status_code in {302, 403}
            assert client.post(path, {"note": "No."}).status_code in {302, 403}
    one.refresh_from_db()
    assert one.settled_at is None
    assert not Event.objects.filter(name="report.read").exists()
