"""The audit trail at the desk: who did what, in words, and found by person, kind, letter and day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.admin import told
from letters.enums import DeclineReason, EventName, RemovalReason, Role
from letters.models import Event, Letter, Organization, User
from letters.services import displays, letters, organizations, removals, reports
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LIST = reverse("admin:letters_event_changelist")
ROW = re.compile(r'<tr role="row"><th [^>]*field-when.*?</tr>', re.S)
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def home() -> Organization:
    return builders.organization()


@pytest.fixture
def owner(home: Organization) -> User:
    fay = builders.member(home)
    fay.name = "Fay Forest"
    fay.save()
    return fay


@pytest.fixture
def fay(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def rows(client: Client, **query: str) -> list[str]:
    response: Any = client.get(LIST, query)
    assert response.status_code == 200
    found = ROW.findall(response.content.decode())
    words = [" ".join(TAGS.sub(" ", row).split()).partition("UTC ")[2] for row in found]
    return [row.removesuffix(" –") for row in words]


def busy(letter: Letter, by: User) -> None:
    """Let somebody do one thing of each kind whose subject is no letter."""
    one = builders.counted(letter, name="Noor van den Berg")
    displays.decline(
        uid=one.uid, seen=builders.stored(one.uid).seen_digest(), reason=DeclineReason.ADVERT, by=by, at=NOW
    )
    removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=by, at=NOW)
    report = builders.reported(letter)
    reports.open_address(pk=report.pk, by=by, at=NOW)
    reports.settle(pk=report.pk, note="It is she.", by=by, at=NOW)


def test_a_team_reads_what_was_done_with_signatures_and_reports_too(fay: Client, owner: User) -> None:
    busy(builders.letter(), owner)
    title = "Keep the night trains running"
    assert rows(fay)[:4] == [
        f"Fay Forest settled a report {title}",
        f"Fay Forest looked at the address of a report {title}",
        f"Fay Forest removed a signature {title} reason: Part of a flood",
        f"Fay Forest declined a name {title} reason: It advertises something",
    ]


def test_it_says_whom_a_role_was_given_and_which(fay: Client, home: Organization, owner: User) -> None:
    dov = builders.member(home, Role.VIEWER, "dov@example.org")
    organizations.grant(organization=home, user=dov, role=Role.MODERATOR, by=owner, at=NOW)
    assert rows(fay)[0] == "Fay Forest gave a role Night Rail Alliance dov@example.org; role: Moderator"


def test_another_organization_reads_nothing_of_it(client: Client, owner: User) -> None:
    busy(builders.letter(organization=owner.memberships.get().organization), owner)
    other = builders.organization("zanzibar", name="Zanzibar")
    client.force_login(builders.member(other, Role.OWNER, "zoe@example.org"))
    assert rows(client, who="all") != []
    assert [row for row in rows(client, who="all") if "Fay" in row or "night trains" in row] == []
    event = Event.objects.filter(name=EventName.SIGNATURE_REMOVED)[0]
    assert client.get(reverse("admin:letters_event_change", args=[event.pk])).status_code == 302


def test_an_operator_reads_everything_and_a_team_no_operator_by_name(fay: Client, home: Organization) -> None:
    ada = builders.organizer()
    letter = builders.letter()
    letters.pause(letter=letter, by=ada, at=NOW)
    assert rows(fay)[0].startswith("the platform paused signing")
    operator = Client()
    operator.force_login(ada)
    assert rows(operator)[0].startswith("ada@nightrail.example paused signing")


def test_people_at_the_desk_stand_there_first_and_tasks_when_asked_for(fay: Client, owner: User) -> None:
    letter = builders.letter()
    builders.counted(letter)
    letters.pause(letter=letter, by=owner, at=NOW)
    assert len(rows(fay)) == 1
    assert any("the platform counted" in row for row in rows(fay, who="all"))


def test_it_is_filtered_by_person_kind_letter_and_day(fay: Client, home: Organization, owner: User) -> None:
    dov = builders.member(home, Role.EDITOR, "dov@example.org")
    one, other = builders.letter(), builders.letter("other", title="Another one")
    letters.pause(letter=one, by=owner, at=NOW)
    letters.pause(letter=other, by=dov, at=timezone.now())
    letters.resume(letter=other, by=dov, at=timezone.now())
    assert len(rows(fay, person=str(owner.pk))) == 1
    assert len(rows(fay, event="letter.paused")) == 2
    assert len(rows(fay, of=other.public_id)) == 2
    assert len(rows(fay, day="2026-03-14")) == 1
    assert rows(fay, day="2026-03-13") == []
    assert rows(fay, person=str(dov.pk), event="letter.paused", of=other.public_id) == [
        "dov@example.org paused signing Another one"
    ]
    assert fay.get(LIST, {"day": "yesterday"})["Location"].endswith("?e=1")


def test_a_removed_signature_is_found_by_its_letter(fay: Client, owner: User) -> None:
    letter = builders.letter()
    busy(letter, owner)
    assert any("removed a signature" in row for row in rows(fay, of=letter.public_id))


def test_the_page_of_an_event_has_the_words_and_the_codes(fay: Client, owner: User) -> None:
    busy(builders.letter(), owner)
    event = Event.objects.filter(name=EventName.SIGNATURE_REMOVED)[0]
    shown = fay.get(reverse("admin:letters_event_change", args=[event.pk])).content.decode()
    for word in ("Fay Forest removed a signature", "signature.removed", event.subject, "Part of a flood"):
        assert word in shown
    assert "Noor" not in shown


def test_every_event_has_words() -> None:
    assert set(told.WHAT) == set(EventName)


def test_a_long_trail_costs_no_more_statements(
    fay: Client, owner: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        busy(builders.letter(f"letter-{number}"), owner)
    fay.get(LIST)
    with django_assert_max_num_queries(14):
        fay.get(LIST)
