"""The page before a letter is published: what is missing, where it is put right, and who read the preview."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from letters.enums import LetterStatus, Role
from letters.models import Approval, Letter, Organization, Reading
from letters.services import letters
from tests import builders

pytestmark = pytest.mark.django_db
BUTTON = '<button class="button" type="submit">Publish</button>'


@pytest.fixture
def draft() -> Letter:
    """A letter in two languages of which nobody has said or read anything."""
    letter = builders.draft()
    builders.translation(letter, "fr", "Gardons les trains de nuit")
    Letter.objects.update(recipients="", kept_until=None)
    Reading.objects.all().delete()
    return Letter.objects.get()


def at_desk(role: Role = Role.EDITOR, email: str = "edda@example.org") -> Client:
    client = Client()
    client.force_login(builders.member(Organization.objects.get(), role, email))
    return client


@pytest.fixture
def desk(draft: Letter) -> Client:
    return at_desk()


def page(name: str, letter: Letter) -> str:
    return reverse(f"admin:letters_letter_{name}", args=[letter.pk])


def preview(letter: Letter, language: str = "en") -> str:
    return f"{reverse('letters:preview', args=[letter.pk])}?language={language}"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def seen(shown: str) -> str:
    return shown.partition('name="seen" value="')[2].partition('"')[0]


def read(client: Client, letter: Letter, language: str = "en", digest: str = "") -> Any:
    digest = digest or seen(text(client.get(preview(letter, language))))
    return client.post(preview(letter), {"language": language, "seen": digest})


def test_the_page_lists_all_that_is_missing_with_ways_and_what_is_fine(draft: Letter, desk: Client) -> None:
    shown = text(desk.get(page("publish", draft)))
    assert "4 things are missing" in shown
    assert "Say who else gets the data" in shown
    assert shown.count(f'href="{page("notice", draft)}"') == 2
    for language in ("en", "fr"):
        assert f'href="{preview(draft, language)}"' in shown
    assert "It has a title." in shown.partition("Fine already")[2]
    assert BUTTON not in shown
    assert "can no longer be changed" not in shown, "what would happen is said when it can"


def test_step_by_step_until_the_button_is_there(draft: Letter, desk: Client) -> None:
    told = {"recipients": "others", "named_en": "The EU", "named_fr": "L’UE", "until": "2040-01-01"}
    assert desk.post(page("notice", draft), told).status_code == 302
    told_now = text(desk.get(page("notice", draft)))
    assert "Who else gets it: The EU." in told_now
    assert "Who else gets it: L’UE." in told_now
    assert read(desk, draft)["Location"] == preview(draft, "fr"), "on to the language that nobody has read"
    assert read(desk, draft, "fr")["Location"] == page("publish", draft)
    shown = text(desk.get(page("publish", draft)))
    assert "Everything is there" in shown
    assert "at the longest until" in shown
    assert BUTTON in shown
    desk.post(page("publish", draft))
    draft.refresh_from_db()
    assert (draft.status, draft.kept_until) == (LetterStatus.PUBLISHED, date(2040, 1, 1))


def test_a_crafted_post_publishes_nothing_and_says_all_that_is_missing(draft: Letter, desk: Client) -> None:
    shown = text(desk.post(page("publish", draft)))
    assert "4 things are missing" in shown
    draft.refresh_from_db()
    assert draft.status == LetterStatus.DRAFT


def test_the_bar_of_a_preview_says_who_read_it_and_anybody_of_the_team_may(draft: Letter) -> None:
    viewer = at_desk(Role.VIEWER)
    before = text(viewer.get(preview(draft)))
    assert "I have read it as it will appear" in before
    assert "What publishing needs" not in before
    assert read(viewer, draft).status_code == 303
    assert "Read by edda@example.org on" in text(viewer.get(preview(draft)))
    draft.place = "Paris"
    letters.change(letter=draft, by=None, at=builders.NOW)
    assert "I have read it as it will appear" in text(viewer.get(preview(draft))), (
        "another place, unread again"
    )


def test_what_changed_while_it_was_read_is_not_read(draft: Letter, desk: Client) -> None:
    digest = seen(text(desk.get(preview(draft))))
    letters.change(letter=draft, by=None, at=builders.NOW)
    draft.place = "Paris"
    letters.change(letter=draft, by=None, at=builders.NOW)
    answer = read(desk, draft, digest=digest)
    assert "Something was changed while you read." in text(desk.get(answer["Location"]))
    assert not Reading.objects.exists()


@pytest.mark.parametrize("digest", ["", "00", "zz"])
def test_a_crafted_reading_is_none(draft: Letter, desk: Client, digest: str) -> None:
    answer = desk.post(preview(draft), {"language": "en", "seen": digest})
    assert answer.status_code in {303, 404}
    assert not Reading.objects.exists()


def test_nobody_else_reads_a_draft(draft: Letter) -> None:
    other = builders.organization("other", name="Other")
    stranger = Client()
    stranger.force_login(builders.member(other, Role.OWNER, "stranger@example.org"))
    for client in (stranger, Client()):
        assert client.get(preview(draft)).status_code == 404
        assert client.post(preview(draft), {"language": "en", "seen": "00"}).status_code == 404


def test_a_published_letter_has_no_bar(desk: Client, draft: Letter) -> None:
    letter = letters.publish(letter=builders.ready(draft), by=None, at=builders.NOW)
    shown = text(desk.get(preview(letter)))
    assert "This is a preview" in shown
    assert "I have read it" not in shown


def test_the_page_about_data_fixes_what_people_signed_under(desk: Client, draft: Letter) -> None:
    letter = letters.publish(letter=builders.ready(draft), by=None, at=builders.NOW)
    told = {"recipients": "addressees", "until": "2050-01-01", "named_en": "The EU"}
    desk.post(page("notice", letter), told)
    letter.refresh_from_db()
    assert (letter.recipients, letter.recipients_named) == ("nobody", {"en": "The EU"})
    assert "they stay" in text(desk.get(page("notice", letter)))


def test_a_letter_in_another_tongue_asks_for_the_whole_notice(desk: Client, draft: Letter) -> None:
    builders.translation(draft, "el", "Τρένα")
    shown = text(desk.get(page("notice", draft)))
    assert "The whole notice in Ελληνικά" in shown
    desk.post(page("notice", draft), {"recipients": "nobody", "until": "2040-01-01", "notice_el": "Όλα."})
    letter = letters.publish(letter=builders.ready(draft), by=None, at=builders.NOW)
    assert '<span lang="el" dir="ltr">Όλα.</span>' in text(Client().get(f"/el/letters/{letter.slug}/"))


def test_where_two_are_wanted_one_asks_and_another_approves(draft: Letter, desk: Client) -> None:
    Organization.objects.update(publishes_by_two=True)
    assert "4 things are missing" in text(desk.get(page("ask", draft))), "not before everything else is there"
    builders.ready(draft)
    assert f'href="{page("ask", draft)}"' in text(desk.get(page("publish", draft)))
    desk.post(page("ask", draft), {"reason": "Read the French text."})
    asked = Approval.objects.get()
    assert "has not answered yet" in text(desk.get(page("publish", draft)))
    sam = at_desk(Role.OWNER, "sam@example.org")
    looked = text(sam.get(reverse("admin:letters_approval_change", args=[asked.pk])))
    assert f'href="{preview(draft, "fr")}"' in looked
    sam.post(reverse("admin:letters_approval_give", args=[asked.pk]), {"grounds": "Both are right."})
    desk.post(page("publish", draft))
    draft.refresh_from_db()
    assert draft.status == LetterStatus.PUBLISHED
