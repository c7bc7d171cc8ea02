"""A letter is written in stages: each has a page, saves what it asks for, and leads on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.enums import FieldRule, Role
from letters.models import Event, Letter, LetterText, Organization
from letters.services import letters
from tests import builders
from tests.admin.test_letters import WORDS, filled, said

pytestmark = pytest.mark.django_db
STAGES = ("text", "translations", "form", "look", "schedule")
FORM = {"role_field": "optional", "affiliation_field": "off", "country_field": "required",
        "names_after_review": "False"}  # fmt: skip
LOOK = {"slug": "night-trains", "place": "Brussels", "target": "", "target_reason": ""}
SCHEDULE = {"time_zone": "Europe/Berlin", "opens_at": "", "closes_at": ""}


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def page(stage: str, letter: Letter) -> str:
    return reverse(f"admin:letters_letter_{stage}", args=[letter.pk])


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_letter_is_written_from_the_first_page_to_the_last(ada: Client) -> None:
    builders.organization()
    add = reverse("admin:letters_letter_add")
    assert "Published by" not in shown(ada, add)
    where = ada.post(add, {**WORDS, "language": "en", "continue": ""})["Location"]
    letter = Letter.objects.get()
    assert (letter.slug, where) == ("keep-the-night-trains", page("translations", letter))
    assert page("form", letter) in shown(ada, where)
    for stage, fields, following in (
        ("form", FORM, "look"),
        ("look", {**LOOK, "slug": letter.slug}, "schedule"),
        ("schedule", SCHEDULE, "change"),
    ):
        assert 'aria-current="step"' in shown(ada, page(stage, letter))
        assert ada.post(page(stage, letter), {**fields, "continue": ""})["Location"] == page(
            following, letter
        )
    letter.refresh_from_db()
    assert (letter.place, letter.country_field, letter.time_zone) == ("Brussels", "required", "Europe/Berlin")
    assert "Not complete" not in shown(ada, page("change", letter))


def test_the_list_of_stages_says_which_are_complete(ada: Client) -> None:
    builders.organization()
    ada.post(reverse("admin:letters_letter_add"), {"title": "Keep them", "language": "en"})
    letter = Letter.objects.get()
    steps = ada.get(page("form", letter)).context["steps"]
    assert {step.stage.name for step in steps if step.complete} == {"languages"}
    ada.post(page("text", letter), {**WORDS, "language": "en"})
    ada.post(page("form", letter), FORM)
    steps = ada.get(page("look", letter)).context["steps"]
    assert {step.stage.name for step in steps if step.complete} == {"text", "languages", "form"}
    assert [step.stage.name for step in steps if step.current] == ["look"]


def test_an_organization_is_asked_for_only_where_there_are_several(ada: Client) -> None:
    first, second = builders.organization(), builders.organization("day-rail", name="Day Rail")
    assert "Published by" in shown(ada, reverse("admin:letters_letter_add"))
    ada.post(reverse("admin:letters_letter_add"), filled(organization=second.pk))
    letter = Letter.objects.get()
    assert letter.organization == second
    ada.post(page("look", letter), {**LOOK, "organization": first.pk})
    letter.refresh_from_db()
    assert letter.organization == first


def test_nobody_moves_a_letter_to_an_organization_of_others(client: Client) -> None:
    other = builders.organization("day-rail", name="Day Rail")
    home = builders.organization()
    client.force_login(builders.member(home, Role.EDITOR))
    client.post(reverse("admin:letters_letter_add"), filled(organization=other.pk))
    letter = Letter.objects.get()
    client.post(page("look", letter), {**LOOK, "organization": other.pk})
    letter.refresh_from_db()
    assert letter.organization == home


def test_without_an_organization_the_way_leads_there_first(ada: Client) -> None:
    response = ada.get(reverse("admin:letters_letter_add"))
    assert response["Location"] == reverse("admin:letters_organization_add")
    assert "Create an organization first" in said(response)


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Письмо", "letter"), ("Keep the night trains", "keep-the-night-trains")],
)
def test_an_address_is_made_of_the_title_and_twins_get_a_number(ada: Client, title: str, slug: str) -> None:
    builders.organization()
    for _number in range(3):
        ada.post(reverse("admin:letters_letter_add"), filled(title=title))
    found = Letter.objects.order_by("pk").values_list("slug", flat=True)
    assert list(found) == [slug, f"{slug}-2", f"{slug}-3"]


def test_a_new_letter_is_in_the_zone_of_the_last_one(ada: Client) -> None:
    builders.draft(time_zone="Asia/Tokyo")
    ada.post(reverse("admin:letters_letter_add"), filled())
    assert Letter.objects.order_by("-pk")[0].time_zone == "Asia/Tokyo"


def test_a_stage_saves_its_own_fields_and_nothing_else(ada: Client) -> None:
    letter = builders.draft()
    stale = Letter.objects.get()
    ada.post(page("look", letter), LOOK)
    stale.role_field = FieldRule.OFF
    letters.change(letter=stale, fields=("role_field",), by=None, at=timezone.now())
    letter.refresh_from_db()
    assert (letter.place, letter.role_field) == ("Brussels", FieldRule.OFF)
    ada.post(page("form", letter), {**FORM, "place": "Paris", "status": "published"})
    letter.refresh_from_db()
    assert (letter.place, letter.status) == ("Brussels", "draft")


@pytest.mark.parametrize(
    ("stage", "fields", "sentence"),
    [
        ("text", {**WORDS, "language": "en", "title": ""}, "This field is required"),
        ("look", {**LOOK, "slug": "taken"}, "Another letter has this address"),
        ("look", {**LOOK, "slug": "Ohne Sinn"}, "Write an address in letters a to z"),
        ("look", {**LOOK, "target": "1000"}, "Say why you need this number"),
        ("look", {**LOOK, "target": "0", "target_reason": "because"}, "Enter 1 or more"),
        ("form", {**FORM, "role_field": "always"}, "Select a valid choice"),
        ("form", {**FORM, "own_role_en": "see www.example.org"}, "Remove the link"),
        ("form", {**FORM, "own_role_en": "x" * 41}, "at most 40 characters"),
    ],
)  # fmt: skip
def test_what_is_refused_stays_on_the_page_with_a_reason(
    ada: Client, stage: str, fields: dict[str, str], sentence: str
) -> None:
    letter = builders.draft()
    builders.draft("taken")
    before = Letter.objects.filter(pk=letter.pk).values().get()
    response = ada.post(page(stage, letter), {**fields, "continue": ""})
    assert response.status_code == 200
    answer = response.content.decode()
    assert sentence in answer
    assert all(f'value="{value}"' in answer or value in answer for value in fields.values() if value)
    assert Letter.objects.filter(pk=letter.pk).values().get() == before


def test_words_that_somebody_else_wrote_meanwhile_are_not_written_over(ada: Client) -> None:
    letter = builders.draft()
    seen = letter.texts.get().h
    text = letter.texts.get()
    text.body = "Written by Ben."
    letters.write(text=text, by=None, at=timezone.now())
    response = ada.post(page("text", letter), {**WORDS, "language": "en", "seen": seen})
    assert "Somebody else has changed the text" in response.content.decode()
    assert WORDS["body"] in response.content.decode()
    assert letter.texts.get().body == "Written by Ben."


@pytest.mark.parametrize(
    ("stage", "fields"),
    [
        ("text", {**WORDS, "language": "en", "title": "Another title"}),
        ("look", {**LOOK, "slug": "elsewhere"}),
    ],
)
def test_what_was_published_cannot_be_changed_by_a_crafted_post(
    ada: Client, stage: str, fields: dict[str, Any]
) -> None:
    letter = builders.letter()
    other = builders.organization("other")
    before = LetterText.objects.values().get()
    ada.post(page(stage, letter), {**fields, "organization": other.pk})
    letter.refresh_from_db()
    assert LetterText.objects.values().get() == before
    assert (letter.slug, letter.organization_id) == ("night-trains", Organization.objects.earliest("pk").pk)


def test_what_publishing_fixed_is_shown_with_why(ada: Client) -> None:
    letter = builders.letter(at=timezone.now() - timedelta(hours=1))
    look, text = shown(ada, page("look", letter)), shown(ada, page("text", letter))
    assert "People share this address, so it is permanent." in look
    assert 'name="slug"' not in look
    assert "Published words never change silently." in text
    assert str(letter.organization) in text
    assert "Change the text" in text
    assert "Signing has begun." in shown(ada, page("schedule", letter))


def test_options_of_a_published_letter_can_be_changed(ada: Client) -> None:
    letter = builders.letter()
    response = ada.post(page("look", letter), {"place": "Ghent", "target": "", "target_reason": ""})
    assert response["Location"] == page("look", letter)
    letter.refresh_from_db()
    assert (letter.place, letter.stages_done) == ("Ghent", [])
    assert Event.objects.filter(name="letter.changed", subject=letter.public_id).exists()


@pytest.mark.parametrize("stage", STAGES)
def test_whoever_may_only_look_sees_facts_and_no_button(client: Client, stage: str) -> None:
    letter = builders.draft(place="Brussels")
    client.force_login(builders.member(letter.organization, Role.VIEWER))
    answer = shown(client, page(stage, letter))
    assert "Save" not in answer
    assert "Continue" not in answer
    if stage != "translations":
        assert client.post(page(stage, letter), LOOK).status_code == 403
    if stage == "look":
        assert "Brussels" in answer


def test_save_and_preview_shows_the_letter_as_readers_will_see_it(ada: Client, client: Client) -> None:
    builders.organization()
    response = ada.post(reverse("admin:letters_letter_add"), filled(preview=""), follow=True)
    answer = response.content.decode()
    assert "This is a preview" in answer
    assert "Keep them." in answer
    ada.logout()
    assert client.get(response.request["PATH_INFO"]).status_code in {302, 404}
