"""A published text: one character changed by the desk, in a shell or by SQL is refused by the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import TextKind
from letters.models import Letter, LetterText
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

OTHER: dict[str, object] = {
    "id": 987_654,
    "number": 9,
    "version": 9,
    "language": "de",
    "authoritative": False,
    "title": "Keep the night trains running.",
    "addressees": "The transport minister",
    "body": "Dear Minister,",
    "h": "0" * 64,
    "kind": TextKind.AMENDMENT,
    "reason": "None.",
    "checked": "By nobody.",
    "asks_again": True,
    "published_at": NOW + timedelta(hours=1),
}
"""Another value for each column of the words and of what they are."""
MAY_CHANGE = {"withholding"}
"""An order of law takes the words from readers and leaves them in the row."""


def refuse(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL letters.may_truncate = 'no'")
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            cursor.execute(sql, values)


def row() -> tuple[object, ...]:
    found: tuple[object, ...] = LetterText.objects.values_list().get()
    return found


def test_every_column_is_tried() -> None:
    columns = {field.name for field in LetterText._meta.concrete_fields}
    assert columns - MAY_CHANGE == {*OTHER, "letter"}


@pytest.mark.parametrize("column", [*OTHER, "letter_id"])
def test_sql_changes_no_column(column: str) -> None:
    builders.letter()
    elsewhere = builders.draft("other")
    LetterText.objects.filter(letter=elsewhere).delete()
    before = row()
    refuse(f"UPDATE letters_lettertext SET {column} = %s", [OTHER.get(column, elsewhere.pk)])
    assert row() == before


def test_sql_takes_back_no_publication() -> None:
    builders.letter()
    refuse("UPDATE letters_lettertext SET published_at = NULL, number = NULL", [])


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM letters_lettertext",
        "TRUNCATE letters_lettertext CASCADE",
        "TRUNCATE letters_letter CASCADE",
    ],
)
def test_sql_takes_none_away(sql: str) -> None:
    builders.letter()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE refuses before while any is pending
    before = row()
    refuse(sql, [])
    assert row() == before


@pytest.mark.parametrize("column", ["title", "addressees", "body"])
def test_a_shell_changes_and_deletes_nothing(column: str) -> None:
    builders.letter()
    text = LetterText.objects.get()
    setattr(text, column, getattr(text, column)[:-1] + "x")
    for act in (
        text.save,
        lambda: LetterText.objects.update(**{column: "x"}),
        lambda: LetterText.objects.bulk_update([text], [column]),
        text.delete,
        LetterText.objects.all().delete,
        Letter.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            act()


def test_the_service_refuses_before_the_database_does() -> None:
    builders.letter()
    text = LetterText.objects.get()
    text.title = "Another"
    with pytest.raises(letters.Frozen):
        letters.write(text=text, by=None, at=NOW)


@pytest.mark.parametrize("column", ["title", "addressees", "body", "language", "slug", "organization"])
def test_the_desk_changes_nothing(client: Client, column: str) -> None:
    letter = builders.letter(at=timezone.now())
    client.force_login(builders.organizer())
    before = row()
    for stage in ("text", "form", "look", "schedule"):
        page = reverse(f"admin:letters_letter_{stage}", args=[letter.pk])
        asked = client.get(page).context["form"]
        data = {name: value for name, value in asked.initial.items() if value is not None}
        client.post(page, {**data, "time_zone": "UTC", column: "x"})
    assert row() == before
    assert Letter.objects.get().slug == "night-trains"
