"""What an organization looks like is changed whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError
from pytest_django import Settings

from letters import marks
from letters.models import Event, Letter, Organization
from letters.services import organizations
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_a_mark_is_stored_and_every_letter_is_written_anew() -> None:
    letter = builders.letter()
    home = builders.marked(letter.organization)
    stored = Organization.objects.get()
    assert (stored.mark, stored.mark_width, stored.mark_height) == (home.mark, 96, 64)
    with default_storage.open(stored.mark) as file:
        assert file.read() == marks.read(builders.picture()).png
    assert Letter.objects.get().revision == letter.revision + 1
    assert Event.objects.filter(name="organization.changed", subject=home.code).count() == 1


def test_a_mark_is_taken_away_and_its_picture_may_stay() -> None:
    home = builders.marked(builders.organization())
    name = home.mark
    organizations.remove_mark(organization=home, by=None, at=NOW)
    assert Organization.objects.filter(mark="", mark_width=0, mark_height=0).exists()
    assert default_storage.exists(name)


def test_a_storage_that_fails_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    home = builders.organization()
    (tmp_path / "file").write_bytes(b"")
    broken = {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": tmp_path / "file"}}
    settings.STORAGES = {**settings.STORAGES, "default": broken}
    with pytest.raises(organizations.NotStored, match="could not be stored"):
        builders.marked(home)
    assert Organization.objects.get().mark == ""


def test_an_accent_that_cannot_be_read_is_refused() -> None:
    home = builders.organization(accent="#8a1538")
    home.accent = "#ffd400"
    with pytest.raises(organizations.Unreadable, match=r"1\.24:1"):
        organizations.change(organization=home, by=None, at=NOW)
    with pytest.raises(organizations.Unreadable):
        builders.organization("other", accent="#ffd400")
    assert list(Organization.objects.values_list("accent", flat=True)) == ["#8a1538"]


@pytest.mark.parametrize(
    "fields",
    [
        {"accent": "#8A1538"}, {"accent": "red"}, {"accent": "#12345;"},
        {"mark": "marks/x.png", "mark_width": 1, "mark_height": 1},
        {"mark": f"marks/{'0' * 64}.png"}, {"mark_width": 5},
    ],
)  # fmt: skip
def test_the_table_itself_refuses_what_is_no_look(fields: dict[str, object]) -> None:
    home = builders.organization()
    with pytest.raises(DatabaseError, match=r"organization_(accent|mark)"):
        Organization.objects.filter(pk=home.pk).update(**fields)
