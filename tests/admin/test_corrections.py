"""A correction that may be more than a slip: published as an amendment, or after a second person said why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import ApprovalKind, Role
from letters.models import Approval, Letter, LetterText, Mailing, User
from letters.services import letters
from tests import builders
from tests.admin.test_versions import NEW, WEIGHTY, newest, page, seen, words

pytestmark = pytest.mark.django_db
GROUNDS = "The word was lost when the text was typed: the signed draft has it."


@pytest.fixture
def letter() -> Letter:
    return builders.letter(at=timezone.now())


@pytest.fixture
def first(letter: Letter) -> User:
    return builders.member(letter.organization, Role.EDITOR, "fay@example.org")


@pytest.fixture
def second(letter: Letter) -> User:
    return builders.member(letter.organization, Role.EDITOR, "sam@example.org")


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def asked(first: User, letter: Letter, **changed: str) -> Approval:
    """Compare, see that it may be more than a slip, and ask."""
    desk, data = at_desk(first), words(letter, **{"body": WEIGHTY, **changed})
    compared = desk.post(page(letter), data)
    assert desk.post(page(letter), {**data, "seen": seen(compared), "ask": ""}).status_code == 302
    return Approval.objects.get(kind=ApprovalKind.CORRECTION, ended_at=None)


def answer(approval: Approval, user: User, grounds: str = GROUNDS) -> Any:
    return at_desk(user).post(
        reverse("admin:letters_approval_give", args=[approval.pk]), {"grounds": grounds}
    )


def test_what_was_found_is_said_with_two_ways_on(first: User, letter: Letter) -> None:
    shown = text(at_desk(first).post(page(letter), words(letter, body=WEIGHTY)))
    assert "This may be more than a slip" in shown
    assert "A word that says no, or takes something out" in shown
    assert 'name="amend"' in shown
    assert 'name="ask"' in shown
    assert 'name="publish"' not in shown


@pytest.mark.parametrize("changed", [{"body": NEW}, {"body": WEIGHTY, "kind": "amendment"}])
def test_a_slip_and_an_amendment_need_nobody(first: User, letter: Letter, changed: dict[str, str]) -> None:
    shown = text(at_desk(first).post(page(letter), words(letter, **changed)))
    assert 'name="publish"' in shown
    assert "more than a slip" not in shown


def test_it_is_not_published_as_a_correction_by_one_person(first: User, letter: Letter) -> None:
    desk, data = at_desk(first), words(letter, body=WEIGHTY)
    refused = desk.post(page(letter), {**data, "seen": seen(desk.post(page(letter), data)), "publish": ""})
    assert "ask a second person" in text(refused)
    assert newest(letter).version == 1


def test_it_is_published_as_an_amendment_by_its_own_button(first: User, letter: Letter) -> None:
    desk, data = at_desk(first), words(letter, body=WEIGHTY)
    desk.post(page(letter), {**data, "seen": seen(desk.post(page(letter), data)), "amend": ""})
    assert (newest(letter).version, newest(letter).kind) == (2, "amendment")
    assert Mailing.objects.get().text == newest(letter)


def test_a_second_person_sees_what_changes_and_publishes_exactly_that(
    first: User, second: User, letter: Letter, client: Client
) -> None:
    approval = asked(first, letter)
    assert newest(letter).version == 1
    shown = text(at_desk(second).get(reverse("admin:letters_approval_change", args=[approval.pk])))
    assert "Why you are asked" in shown
    assert "Not<" in shown
    assert "Readers see what you write here." in text(
        at_desk(second).get(reverse("admin:letters_approval_give", args=[approval.pk]))
    )
    answer(approval, second)
    made = newest(letter)
    assert (made.version, made.kind, made.body) == (2, "correction", WEIGHTY)
    assert (made.reason, made.checked) == ("A word was missing.", GROUNDS)
    assert not Mailing.objects.exists()
    history = text(client.get(f"/letters/{letter.slug}/versions/"))
    assert "Checked by a second person of Night Rail Alliance:" in history
    assert GROUNDS in history
    assert "sam@example.org" not in history
    row = client.get(f"/api/v1/letters/{letter.slug}/versions").json()["data"][0]
    assert row["checked"] == GROUNDS


def test_whoever_asked_does_not_answer(first: User, letter: Letter) -> None:
    assert "Somebody else has to approve it." in text(answer(asked(first, letter), first))
    assert newest(letter).version == 1


def test_a_moderator_is_not_asked(first: User, letter: Letter) -> None:
    approval = asked(first, letter)
    moderator = builders.member(letter.organization, Role.MODERATOR, "mod@example.org")
    answer(approval, moderator)
    assert newest(letter).version == 1


def test_what_was_overtaken_is_not_published(first: User, second: User, letter: Letter) -> None:
    approval = asked(first, letter)
    builders.changed(letter, at=timezone.now())
    assert "Another version was published since this was asked." in text(answer(approval, second))
    assert newest(letter).version == 2
    approval.refresh_from_db()
    assert approval.given_at is None


def test_a_language_without_lists_asks_for_every_word(first: User, letter: Letter) -> None:
    finnish = builders.draft("finnish")
    LetterText.objects.filter(letter=finnish).update(language="fi", body="Juna kulkee yolla.")
    letters.publish(letter=builders.ready(finnish), by=None, at=timezone.now())
    shown = text(at_desk(first).post(page(finnish), words(finnish, body="Juna kulkee yöllä.")))
    assert "in a language of which this site knows no words" in shown
