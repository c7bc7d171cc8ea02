"""Updates: drafts until they are published, then numbered and for good, with the mails that they cause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from letters.enums import EventName, MailingState, MessageKind
from letters.models import Event, Letter, Mailing, Organization, Update
from letters.queries import updates as published
from letters.services import letters, updates
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def draft(letter: Letter, **fields: Any) -> Update:
    """News that nobody but the desk sees."""
    values = {"title": "We met the ministers", "body": "Two of three demands are met."}
    return updates.write(update=Update(letter=letter, **{**values, **fields}), by=None, at=NOW)


def test_an_update_is_public_under_its_number_and_its_mails_begin() -> None:
    letter = builders.letter()
    made = updates.publish(update=draft(letter), by=builders.organizer(), at=NOW)
    stored = Update.objects.get(pk=made.pk)
    assert (stored.number, stored.published_at, stored.language) == (1, NOW, "en")
    assert Letter.objects.get().revision == letter.revision + 1
    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.update, mailing.state) == (MessageKind.UPDATE, stored, MailingState.RUNNING)
    event = Event.objects.get(name=EventName.UPDATE_PUBLISHED)
    assert (event.subject, event.data, event.actor) == (
        letter.public_id,
        {"update": 1},
        f"user:{stored.by_id}",
    )


def test_readers_see_what_is_published_the_newest_first() -> None:
    letter = builders.letter()
    draft(letter)
    assert published.newest(letter=letter) is None
    builders.update(letter, title="One")
    builders.update(letter, title="Two")
    builders.update(builders.letter("other"), title="Of another letter")
    assert [one.title for one in published.of(letter=letter)] == ["Two", "One"]
    newest = published.newest(letter=letter)
    assert newest == published.find(letter=letter, number=2)
    assert published.find(letter=letter, number=3) is None


def test_a_draft_can_be_written_again_and_what_is_published_cannot() -> None:
    update = draft(builders.letter(), title=" Draft ", body="One\r\nline\r\n")
    assert (update.title, update.body) == ("Draft", "One\nline")
    update.title = "Better"
    updates.write(update=update, by=None, at=NOW)
    assert Update.objects.get().title == "Better"
    updates.publish(update=update, by=None, at=NOW)
    for again in (updates.write, updates.publish):
        with pytest.raises(updates.Frozen):
            again(update=update, by=None, at=NOW)
    assert Mailing.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters_update SET title = 'Other'",
        "UPDATE letters_update SET letter_id = letter_id",
        "UPDATE letters_update SET published_at = NULL, number = NULL",
        "DELETE FROM letters_update",
    ],
)
def test_the_database_itself_keeps_what_is_published(statement: str) -> None:
    builders.update(builders.letter())
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        connection.cursor().execute(statement)


def test_who_published_it_may_leave() -> None:
    user = builders.organizer()
    updates.publish(update=draft(builders.letter()), by=user, at=NOW)
    user.delete()
    assert Update.objects.get().by is None


def test_what_was_looked_at_is_what_is_published() -> None:
    update = draft(builders.letter())
    seen = update.seen_digest()
    updates.write(update=Update.objects.get(), by=None, at=NOW)
    changed = Update.objects.get()
    changed.body = "Nothing is met."
    updates.write(update=changed, by=None, at=NOW)
    with pytest.raises(updates.Changed):
        updates.publish(update=update, seen=seen, by=None, at=NOW)
    updates.publish(update=update, seen=changed.seen_digest(), by=None, at=NOW)
    assert Update.objects.get().body == "Nothing is met."


def test_an_update_that_was_moved_to_another_letter_is_looked_at_again() -> None:
    update = draft(builders.letter())
    seen = update.seen_digest()
    Update.objects.update(letter=builders.letter("another"))
    with pytest.raises(updates.Changed):
        updates.publish(update=update, seen=seen, by=None, at=NOW)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": " "}, "a title and a text"),
        ({"body": "\n"}, "a title and a text"),
        ({"language": "x"}, "code"),
    ],
)
def test_an_update_says_something_in_some_language(fields: dict[str, Any], says: str) -> None:
    letter = builders.letter()
    for act in (draft, builders.update):
        with pytest.raises(updates.NotReady, match=says):
            act(letter, **fields)
    assert not Update.objects.exists()


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "unapproved"])
def test_nothing_is_told_of_a_letter_that_nobody_reads(state: str) -> None:
    letter = builders.draft() if state == "draft" else builders.letter()
    if state == "scheduled":
        letter.opens_at = NOW + timedelta(hours=1)
        letter.save()
    if state == "withdrawn":
        letters.withdraw(letter=letter, reason="Not ours.", by=None, at=NOW)
    if state == "unapproved":
        Organization.objects.update(approved_at=None)
    with pytest.raises(updates.NotReady):
        builders.update(letter)
    assert not Mailing.objects.exists()


@pytest.mark.parametrize("verb", ["pause", "close"])
def test_a_letter_that_nobody_can_sign_still_has_news(verb: str) -> None:
    letter = builders.letter()
    getattr(letters, verb)(letter=letter, by=None, at=NOW)
    assert builders.update(letter).number == 1
