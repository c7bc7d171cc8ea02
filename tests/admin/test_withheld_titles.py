"""A title that an order of law withholds stands in no list of the desk, and no search finds it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.models import LetterText
from letters.services import versions
from tests import builders
from tests.admin import stage
from tests.admin.test_matrix import Quick, address, addresses

pytestmark = pytest.mark.django_db
LIST = "admin:letters_letter_changelist"


def listed(client: Client, words: str) -> int:
    """Return how many letters a search at the desk finds."""
    return len(client.get(reverse(LIST), {"q": words}).context["cl"].result_list)


def test_a_search_finds_words_of_titles_that_can_be_read_and_no_others(client: Client) -> None:
    client.force_login(builders.organizer())
    letter = builders.letter("an-open-letter", title="Keep Hollis in prison", at=timezone.now())
    for words in ("hollis", "Prison keep", "open letter hollis", "an-open"):
        assert listed(client, words) == 1, words
    assert listed(client, "hollis nothing") == 0
    builders.withheld(letter, at=timezone.now())
    assert listed(client, "hollis") == 0
    assert listed(client, "an-open") == 1
    builders.changed(letter, title="Keep them", addressees="You", body="All.", at=timezone.now())
    assert (listed(client, "hollis"), listed(client, "them")) == (0, 1)


def test_no_page_of_the_desk_shows_a_withheld_title() -> None:
    world = stage.world("Aurora")
    LetterText.objects.filter(letter=world.draft).update(title="In work")
    client = Quick()
    client.force_login(builders.organizer())

    def showing() -> set[str]:
        pages = {name: client.get(address(pattern, world)) for name, pattern in addresses().items()}
        return {
            name for name, page in pages.items() if "Save Aurora" in page.content.decode(errors="replace")
        }

    assert {"index", "letters_letter_changelist", "letters_letter_change"} <= showing()
    for letter in (world.open, world.paused):
        builders.withheld(letter, at=timezone.now())
    assert showing() == set()


def test_a_correction_that_nobody_can_compare_any_more_is_neither_shown_nor_published(client: Client) -> None:
    letter = builders.letter(title="Keep Hollis in prison", at=timezone.now())
    fay, last = builders.member(letter.organization), builders.text_of(letter)
    text = LetterText(letter=letter, reason="A slip.", title="Keep Hollis in jail", body=last.body)
    text.addressees = last.addressees
    asked = versions.ask(text=text, by=fay, at=timezone.now())
    sam = builders.member(letter.organization, email="sam@example.org")
    client.force_login(sam)
    page = reverse("admin:letters_approval_change", args=[asked.pk])
    assert "Hollis" in client.get(page).content.decode()
    builders.withheld(letter, at=timezone.now())
    shown = client.get(page).content.decode()
    assert "withheld by order of law" in shown
    assert "Hollis" not in shown
    with pytest.raises(versions.Incomparable):
        versions.correct(pk=asked.pk, grounds="A slip.", by=sam, at=timezone.now())
    assert letter.texts.count() == 1
