"""The text history: every version, why it came, who stands on it, and what it changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters import limits
from letters.enums import TextKind
from letters.models import Letter, LetterText
from letters.services import ledger, letters, signatures, versions
from tests import builders
from tests.web.reading import page

pytestmark = pytest.mark.django_db
LETTER = "/letters/night-trains/"
PAGE = LETTER + "versions/"


@pytest.fixture
def letter() -> Letter:
    """A letter that three have signed."""
    now = timezone.now()
    letter = builders.letter(at=now - timedelta(hours=1))
    for name in ("ben", "cleo", "dov"):
        builders.confirmed(letter, at=now, email=f"{name}@example.org")
    ledger.seal(letter_id=letter.pk, at=now)
    return letter


def test_one_version_is_said_to_be_the_only_one(client: Client, letter: Letter) -> None:
    shown = page(client, PAGE)
    assert "The text has not changed since it was published on" in shown
    assert builders.text_of(letter).h in shown
    assert f"/ledger/{letter.public_id}/text/1" in shown
    assert "<ins>" not in shown
    assert "changed on" not in page(client, LETTER)


def test_a_correction_says_why_and_marks_what_changed_for_eyes_and_ears(
    client: Client, letter: Letter
) -> None:
    text = builders.changed(letter, at=timezone.now(), reason="A <wrong> word.")
    shown = page(client, PAGE)
    assert "<strong>Correction:</strong>" in shown
    assert "A &lt;wrong&gt; word." in shown
    assert text.h in shown
    assert '<del><span class="vh" lang="en">start of deletion</span>a<' in shown
    assert '<ins><span class="vh" lang="en">start of addition</span>the<span' in shown
    assert shown.count("1 unchanged paragraph<") == 2
    assert shown.index("Version 2") < shown.index("Version 1")


def test_how_many_signed_which(client: Client, letter: Letter) -> None:
    text = builders.changed(letter, at=timezone.now())
    builders.signed(letter, email="eve@example.org", at=timezone.now())
    letter.signatures.filter(state="pending").update(text=text)
    one = letter.signatures.get(state="pending")
    signatures.confirm(uid=one.uid, seen=builders.stored(one.uid).seen_digest(), at=timezone.now())
    ledger.seal(letter_id=letter.pk, at=timezone.now() + timedelta(minutes=1))
    assert "1 signed the newest text, 3 an earlier one." in page(client, PAGE)


def test_an_amendment_of_everything_in_two_languages(client: Client, letter: Letter) -> None:
    now = timezone.now()
    text = LetterText(
        letter=letter, kind=TextKind.AMENDMENT, reason="A new demand.", title="Keep <b>all</b> trains",
        addressees="Brussels", body="Run them.",
    )  # fmt: skip
    german = LetterText(letter=letter, language="de", title="Züge", addressees="EU", body="Fahrt.")
    versions.publish(text=text, translations=[german], by=None, at=now)
    shown = page(client, PAGE)
    assert "<strong>Amendment:</strong>" in shown
    assert "&lt;b&gt;all&lt;/b&gt;" in shown
    assert "Brussels<span" in shown
    assert "English</a>, the binding text" in shown
    assert "Deutsch</a>, a translation" in shown
    assert f"/ledger/{letter.public_id}/text/3" in shown


def test_who_reads_a_translation_sees_what_changed_in_it(client: Client, letter: Letter) -> None:
    words = {"language": "de", "title": "Züge", "addressees": "EU", "body": "Jeden Abend fahren sie."}
    versions.translate(text=LetterText(letter=letter, **words), by=None, at=timezone.now())
    text = LetterText(
        letter=letter, kind=TextKind.AMENDMENT, reason="A slip.", title="T", addressees="A", body="B"
    )
    german = LetterText(letter=letter, **words | {"body": "Jede Nacht fahren sie."})
    versions.publish(text=text, translations=[german], by=None, at=timezone.now())
    shown = page(client, "/de" + PAGE)
    assert "Nacht<span" in shown
    assert '<p class="prose" lang="de" dir="ltr">' in shown
    assert "Nacht<span" not in page(client, PAGE)


def test_only_line_breaks(client: Client, letter: Letter) -> None:
    builders.changed(
        letter, at=timezone.now(), body=builders.text_of(letter).body.replace(" board", "\nboard")
    )
    assert "Only spaces or line breaks changed." in page(client, PAGE)


@pytest.mark.parametrize(
    ("kind", "says"), [(TextKind.CORRECTION, "Text corrected on"), (TextKind.AMENDMENT, "Text amended on")]
)
def test_the_letter_says_that_its_text_changed(client: Client, letter: Letter, kind: str, says: str) -> None:
    builders.changed(letter, at=timezone.now(), kind=kind)
    shown = page(client, LETTER)
    assert says in shown
    assert f'<a href="{PAGE}">see what changed</a>' in shown
    assert "board the train" in shown


def test_the_letter_links_to_both_records(client: Client, letter: Letter) -> None:
    shown = page(client, LETTER)
    assert f'<a href="{PAGE}">Text history</a>' in shown
    assert f'<a href="{LETTER}changes/">Changes to the list</a>' in shown


def test_a_scheduled_letter_shows_no_words(client: Client) -> None:
    builders.letter(opens_at=timezone.now() + timedelta(days=1))
    shown = page(client, PAGE)
    assert "This letter opens on" in shown
    assert "Version 1" not in shown


def test_no_history_of_what_cannot_be_read(client: Client, letter: Letter) -> None:
    builders.draft("secret")
    page(client, "/letters/secret/versions/", 404)
    letters.withdraw(letter=letter, reason="Not ours.", by=None, at=timezone.now())
    cache.clear()
    assert "Not ours." in page(client, PAGE, 410)


def test_it_is_kept_until_something_changes(
    client: Client,
    letter: Letter,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(limits, "POINTER_SECONDS", 60)
    first = client.get(PAGE)
    assert not first.cookies
    assert first["Cache-Control"].startswith("public, max-age=0, must-revalidate, s-maxage=")
    with django_assert_num_queries(0):
        assert client.get(PAGE).content == first.content
    builders.changed(letter, at=timezone.now())
    cache.delete("letter:night-trains")
    with django_assert_num_queries(5):  # the pointer, the letter, its texts, all versions, their words
        assert b"Version 2" in client.get(PAGE).content
