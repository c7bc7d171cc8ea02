"""Share cards: drawn once, drawn anew when they are out of date, whatever one of them meets."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.files.storage import default_storage
from moto import mock_aws
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from letters import tasks
from letters.cards import drawing
from letters.delivery import cards
from letters.enums import EventName
from letters.models import Card, Event, Letter, LetterText
from letters.queries import cards as wanted
from letters.services import cards as services
from letters.services import letters, organizations
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def files(tmp_path: Path) -> list[str]:
    """Return the names of the pictures that lie there."""
    return sorted(path.name for path in (tmp_path / "pictures").rglob("*") if path.is_file())


def revision() -> int:
    return Letter.objects.get(slug="night-trains").revision


def test_every_letter_that_can_be_read_gets_its_card(tmp_path: Path) -> None:
    builders.letter()
    builders.letter("open-data", title="Open the data")
    builders.draft("not-yet")
    letters.withdraw(letter=builders.letter("gone"), reason="An error.", by=None, at=NOW)
    tasks.cards.draw()
    assert set(Card.objects.values_list("text__letter__slug", flat=True)) == {"night-trains", "open-data"}
    assert len(files(tmp_path)) == 2
    for card in Card.objects.all():
        with default_storage.open(card.file) as file:
            assert file.read(8) == b"\x89PNG\r\n\x1a\n"


def test_the_pages_follow_the_picture() -> None:
    letter = builders.letter()
    before = revision()
    card = builders.card(letter)
    assert revision() == before + 1
    event = Event.objects.get(name=EventName.CARD_DRAWN)
    assert (event.subject, event.data) == (letter.public_id, {"text": 1, "digest": card.digest})


def test_what_is_drawn_is_not_drawn_again(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.letter()
    tasks.cards.draw()
    before = list(Card.objects.values()), files(tmp_path), revision(), Event.objects.count()
    with django_assert_num_queries(1):
        tasks.cards.draw()
    cards.draw(text_id=Card.objects.get().pk, at=NOW)
    assert before == (list(Card.objects.values()), files(tmp_path), revision(), Event.objects.count())


def test_two_workers_that_draw_the_same_leave_one_file(tmp_path: Path) -> None:
    letter = builders.letter()
    mine = builders.card(letter)
    before = revision()
    theirs = Card(text=mine.text, organization=mine.organization, design=mine.design, digest=mine.digest,
                  file="cards/theirs.png", made_at=NOW)  # fmt: skip
    assert services.record(card=theirs) == "cards/theirs.png"
    assert Card.objects.get().file == mine.file
    assert revision() == before


def test_a_new_name_is_drawn_and_the_old_picture_is_gone(tmp_path: Path) -> None:
    old = builders.card(builders.letter())
    organization = old.text.letter.organization
    organization.contact = "new@nightrail.example"
    organizations.change(organization=organization, by=None, at=NOW)
    assert wanted.due(most=9) == []
    organization.name = "Night Rail Union"
    organizations.change(organization=organization, by=None, at=NOW)
    tasks.cards.draw()
    new = Card.objects.get()
    assert new.organization == "Night Rail Union"
    assert new.digest != old.digest
    assert [Path(new.file).name] == files(tmp_path)


def test_the_line_is_in_the_organizations_colour() -> None:
    old = builders.card(builders.letter())
    organization = old.text.letter.organization
    organization.accent = "#8a1538"
    organizations.change(organization=organization, by=None, at=NOW)
    tasks.cards.draw()
    image = Image.open(BytesIO(cards.read(card=Card.objects.get())))
    assert image.getpixel((600, 156)) == (0x8A, 0x15, 0x38)


def test_another_design_is_drawn_for_all_and_an_older_program_draws_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    card = builders.card(builders.letter())
    monkeypatch.setattr(wanted, "DESIGN", card.design + 1)
    assert wanted.due(most=9) == [card.pk]
    monkeypatch.setattr(wanted, "DESIGN", card.design - 1)
    assert wanted.due(most=9) == []


def test_one_that_fails_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    builders.letter()
    builders.letter("open-data", title="Open the data")
    draw = drawing.draw

    def fail_for_one(words: drawing.Words, *, accent: str) -> bytes | None:
        if words.title == "Open the data":
            raise OSError("the font is broken")
        return draw(words, accent=accent)

    monkeypatch.setattr(drawing, "draw", fail_for_one)
    tasks.cards.draw()
    assert Card.objects.get().text.letter.slug == "night-trains"
    assert "the share card of open-data in en cannot be made: the font is broken" in caplog.text
    monkeypatch.setattr(drawing, "draw", draw)
    tasks.cards.draw()
    assert Card.objects.count() == 2


def test_a_full_disk_leaves_no_row(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    place: dict[str, Any] = {
        "BACKEND": "advocacy.storage.AtomicFolder",
        "OPTIONS": {"location": tmp_path / "file"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": place}
    builders.letter()
    tasks.cards.draw()
    assert Card.objects.count() == 0
    assert "cannot be made" in caplog.text


def test_a_letter_that_no_font_can_write_is_tried_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    builders.letter()
    monkeypatch.setattr(drawing, "draw", lambda words, accent: None)
    tasks.cards.draw()
    assert (Card.objects.get().digest, Card.objects.get().file) == ("", "")
    assert "no font here can write the share card of night-trains in en" in caplog.text
    assert wanted.due(most=9) == []


def test_an_object_store_holds_the_newest_picture_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests-only")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    place = {"BACKEND": "advocacy.bucket.PictureBucket", "OPTIONS": {"bucket_name": "pictures"}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    with mock_aws():
        store = boto3.resource("s3").Bucket("pictures")
        store.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        organization = builders.card(builders.letter()).text.letter.organization
        organization.name = "Night Rail Union"
        organizations.change(organization=organization, by=None, at=NOW)
        tasks.cards.draw()
        [held] = store.objects.all()
        assert held.key == Card.objects.get().file
        assert held.get()["ContentType"] == "image/png"
        assert cards.read(card=Card.objects.get()).startswith(b"\x89PNG")


@pytest.mark.parametrize(("language", "to"), [("en", "To"), ("en-gb", "To"), ("ru", ""), ("ja", "")])
def test_the_word_before_the_addressees_is_in_the_letters_language(language: str, to: str) -> None:
    text = builders.text_of(builders.letter())
    words = cards._words(LetterText(title="A", addressees="B", language=language, letter=text.letter))
    assert words.to == to
