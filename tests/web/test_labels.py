"""What an organizer calls the fields of the form, in each language of the letter."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from letters.models import Letter
from letters.services import letters
from letters.tokens import Purpose
from tests import builders
from tests.builders import NOW
from tests.web.own import opened

pytestmark = pytest.mark.django_db
OURS = {"role_field": "optional", "affiliation_field": "required", "country_field": "optional",
        "names_after_review": "False"}  # fmt: skip


@pytest.fixture
def letter(client: Client) -> Letter:
    """A letter in English and French; the affiliation has a name of its own in both, the role in English."""
    draft = builders.draft()
    builders.translation(draft, "fr", "Gardez les trains de nuit")
    builders.translation(draft, "nl", "Houd de nachttreinen")
    client.force_login(builders.organizer())
    own = {"own_affiliation_en": " Your <i> branch ", "own_affiliation_fr": "Votre section",
           "own_role_en": "Trade"}  # fmt: skip
    response = client.post(reverse("admin:letters_letter_form", args=[draft.pk]), {**OURS, **own})
    assert response.status_code == 302
    client.logout()
    return letters.publish(letter=builders.ready(draft), by=None, at=NOW)


def test_the_form_speaks_the_organizers_words_in_the_readers_language(client: Client, letter: Letter) -> None:
    assert letter.form_labels == {
        "affiliation": {"en": "Your <i> branch", "fr": "Votre section"}, "role": {"en": "Trade"}
    }  # fmt: skip
    english = client.get(f"/letters/{letter.slug}/").content.decode()
    assert "Your &lt;i&gt; branch" in english
    assert ">Trade " in english
    assert "University of Lille" not in english
    french = client.get(f"/fr/letters/{letter.slug}/sign/").content.decode()
    assert "Votre section" in french
    assert "branch" not in french
    assert "Trade" not in french


def test_where_there_is_no_name_of_theirs_ours_stands(client: Client, letter: Letter) -> None:
    dutch = client.get(f"/nl/letters/{letter.slug}/sign/").content.decode()
    assert '<label for="id_affiliation">Affiliation' in dutch
    assert "branch" not in dutch


def test_an_error_names_the_field_as_the_form_does(client: Client, letter: Letter) -> None:
    sent = {"name": "Ben Okafor", "email": "ben@example.org", "visibility": "public", "affiliation": " "}
    for prefix, words in (("", "“Your &lt;i&gt; branch”"), ("/fr", "«\u00a0Votre section\u00a0»")):
        answer = client.post(f"{prefix}/letters/{letter.slug}/sign/", sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_who_changes_a_signature_reads_the_words_of_the_text_that_they_signed(
    client: Client, letter: Letter
) -> None:
    one = builders.counted(letter, at=timezone.now(), affiliation="Lille")
    opened(client, one, Purpose.MANAGE)
    shown = client.get(reverse("letters:change", args=[one.uid])).content.decode()
    assert "Your &lt;i&gt; branch" in shown


def test_names_are_for_pages_and_change_no_column(client: Client, letter: Letter) -> None:
    letter.names_in_api = True
    letters.change(letter=letter, fields=("names_in_api",), by=None, at=NOW)
    builders.counted(letter, affiliation="Lille")
    files = client.get(f"/letters/{letter.slug}/data/").content.decode()
    assert "name, role, affiliation, country" in files
    answer = client.get(f"/api/v1/letters/{letter.slug}/signatures").content.decode()
    assert '"affiliation":' in answer
    assert "branch" not in answer


def test_names_are_added_changed_and_taken_back_after_publishing(client: Client, letter: Letter) -> None:
    client.force_login(builders.organizer())
    page = reverse("admin:letters_letter_form", args=[letter.pk])
    client.post(page, {**OURS, "own_affiliation_nl": "Afdeling", "own_affiliation_en": "Your branch"})
    letter.refresh_from_db()
    assert letter.form_labels == {"affiliation": {"en": "Your branch", "nl": "Afdeling"}}
