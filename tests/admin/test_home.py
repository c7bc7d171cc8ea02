"""The home of the desk: what waits, how each letter stands, and the one thing to do with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.admin.waiting import MOST, Task
from letters.enums import MessageState, RemovalReason, Role
from letters.models import Letter, Message, Organization
from letters.services import ledger, letters, reasons, removals
from tests import builders

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def seen(client: Client, role: Role) -> Any:
    """Return the home as somebody with a role sees it."""
    home = Organization.objects.earliest("pk")
    client.force_login(builders.member(home, role, f"{role}@example.org"))
    return client.get(HOME).context


def tasks(context: Any) -> dict[str, str]:
    return {str(task.label): task.counted for task in context["tasks"]}


def way(context: Any) -> str | None:
    [row] = context["letters"]
    return row.way and row.way.label


def busy() -> Letter:
    """A letter with a name, a reason and a report that wait."""
    letter = builders.letter(names_after_review=True, at=timezone.now() - timedelta(days=1))
    one = builders.counted(letter, at=timezone.now())
    reasons.give(uid=one.uid, reason="For my sister.", at=timezone.now())
    builders.reported(letter, at=timezone.now())
    return letter


def test_what_waits_is_counted_for_whoever_decides(client: Client) -> None:
    busy()
    assert tasks(seen(client, Role.MODERATOR)) == {
        "Reports to settle": "1", "Names to review": "1", "Reasons to read": "1"
    }  # fmt: skip
    for role in (Role.EDITOR, Role.SENDER, Role.EXPORTER, Role.VIEWER):
        assert tasks(seen(client, role)) == {}
        assert "What waits for you" not in client.get(HOME).content.decode()


def test_each_task_leads_to_what_it_counts(client: Client) -> None:
    busy()
    for task in seen(client, Role.OWNER)["tasks"]:
        found = client.get(task.page)
        assert found.status_code == 200
        assert found.context["cl"].result_count == 1


def test_what_waits_for_others_is_not_counted(client: Client) -> None:
    busy()
    other = builders.organization("other")
    client.force_login(builders.member(other))
    context = client.get(HOME).context
    assert tasks(context) == {}
    assert context["letters"] == []


def test_operators_see_organizations_to_approve_and_mails_given_up(ada: Client) -> None:
    home = Organization.objects.create(slug="new", name="New", legal_name="New e. V.")
    builders.signed(builders.letter(organization=builders.organization()))
    message = Message.objects.all()[:1].get()
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.FAILED, settled_at=timezone.now(), mailbox=None, recipient_sealed=None
    )
    context = ada.get(HOME).context
    assert tasks(context) == {
        "Organizations to approve": "1", "Mails given up in the last seven days": "1"
    }  # fmt: skip
    for task in context["tasks"]:
        assert ada.get(task.page).context["cl"].result_count == 1
    client = Client()
    client.force_login(builders.member(home))
    shown = client.get(HOME)
    assert tasks(shown.context) == {}
    assert "waits for the platform’s approval" in shown.content.decode()


def test_a_question_of_another_person_waits_and_ones_own_does_not(client: Client) -> None:
    draft = builders.draft()
    approval = builders.asked(draft, at=timezone.now())
    assert tasks(seen(client, Role.OWNER)) == {"Another person asks you to approve": "1"}
    client.force_login(approval.asked_by)
    assert tasks(client.get(HOME).context) == {}


def test_more_than_matters_is_not_counted() -> None:
    assert [Task("", number, "").counted for number in (1, MOST, MOST + 1)] == ["1", "99", "99+"]


def test_a_draft_goes_on_at_the_first_stage_that_is_not_complete(client: Client) -> None:
    draft = builders.draft()
    assert way(seen(client, Role.EDITOR)) == "Continue: Form"
    for stage in ("form", "look", "schedule"):
        letters.change(letter=draft, fields=(), stage=stage, by=None, at=timezone.now())
    assert way(seen(client, Role.EDITOR)) == "Publish"
    assert way(seen(client, Role.VIEWER)) == "Read the draft"
    builders.translation(draft, "fr", "")
    assert way(seen(client, Role.OWNER)) == "Continue: Languages"


def test_each_letter_has_one_thing_to_do(client: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(days=1))
    assert way(seen(client, Role.OWNER)) == "See the numbers"
    one = builders.counted(letter, at=timezone.now())
    reasons.give(uid=one.uid, reason="For my sister.", at=timezone.now())
    assert way(seen(client, Role.OWNER)) == "Read reasons"
    builders.reported(letter, at=timezone.now())
    assert way(seen(client, Role.MODERATOR)) == "Settle reports"
    assert way(seen(client, Role.EDITOR)) == "See the numbers"
    letters.pause(letter=letter, by=None, at=timezone.now())
    assert way(seen(client, Role.EDITOR)) == "Resume signing"
    letters.close(letter=letter, by=None, at=timezone.now())
    assert way(seen(client, Role.EDITOR)) == "Publish an answer"
    letters.answer(letter=letter, answer="Yes.", answered_by="M", by=None, at=timezone.now())
    assert way(seen(client, Role.EDITOR)) == "See the numbers"
    letters.withdraw(letter=letter, reason="Wrong.", by=None, at=timezone.now())
    assert way(seen(client, Role.EDITOR)) is None


def test_names_to_review_lead_to_those_of_the_letter(client: Client) -> None:
    letter = builders.letter(names_after_review=True, at=timezone.now() - timedelta(days=1))
    builders.counted(letter, at=timezone.now())
    [row] = seen(client, Role.OWNER)["letters"]
    assert row.way.label == "Review names"
    assert client.get(row.way.page).context["cl"].result_count == 1


def test_the_number_stands_with_what_moved_today_and_a_chart(client: Client) -> None:
    now = timezone.now()
    letter = builders.letter(at=now - timedelta(days=30))
    made = [
        builders.counted(letter, at=now - timedelta(days=before), email=f"{number}@example.org")
        for number, before in enumerate((20, 3, 3, 0))
    ]
    today = made[-1:]
    gone = builders.counted(letter, at=now, email="gone@example.org")
    [row] = seen(client, Role.VIEWER)["letters"]
    assert (row.count, row.moved, row.new, len(row.bars)) == (5, 2, 4, 14)
    shown = client.get(HOME).content.decode()
    assert "+2 since yesterday" in shown
    assert "Bar chart of the last 14 days: 4 new signatures." in shown
    for sign, uids in (("+1 ", [gone.uid]), ("none ", [one.uid for one in today])):
        for uid in uids:
            removals.remove(uid=uid, reason=RemovalReason.TEST, by=None, at=now)
        ledger.seal(letter_id=letter.pk, at=timezone.now())
        assert f"{sign}since yesterday" in client.get(HOME).content.decode()


def test_the_next_date_is_said_in_the_letters_zone(client: Client) -> None:
    closes = timezone.now().replace(month=1, day=10, hour=8, minute=30) + timedelta(days=730)
    letter = builders.letter(at=timezone.now() - timedelta(days=1), closes_at=closes, time_zone="Asia/Tokyo")
    [row] = seen(client, Role.VIEWER)["letters"]
    assert "17:30 JST (08:30 UTC)" in row.next
    letters.close(letter=letter, by=None, at=timezone.now())
    [row] = seen(client, Role.VIEWER)["letters"]
    assert row.next.startswith("Addresses are deleted from")


def test_what_is_over_stands_last(ada: Client) -> None:
    over, running, draft = builders.letter("over"), builders.letter("running"), builders.draft("draft")
    letters.close(letter=over, by=None, at=timezone.now())
    found = [row.pk for row in ada.get(HOME).context["letters"]]
    assert found == [draft.pk, running.pk, over.pk]


def test_more_letters_cost_no_further_queries(
    ada: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.counted(builders.letter())
    ada.get(HOME)
    with CaptureQueriesContext(connection) as asked:
        ada.get(HOME)
    for number in range(12):
        builders.counted(builders.letter(f"letter-{number}", names_after_review=True))
    with django_assert_num_queries(len(asked)):
        assert len(ada.get(HOME).context["letters"]) == 10
