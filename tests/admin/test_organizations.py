"""An organization's look, as Ada gives it at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from letters.models import Event, Letter, Organization
from tests import builders

pytestmark = pytest.mark.django_db
ADD = "/admin/letters/organization/add/"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(builders.organizer())
    return client


def filled(**fields: Any) -> dict[str, Any]:
    values = {
        "name": "Night Rail", "slug": "night-rail", "legal_name": "Night Rail e. V.", "web_domain": "",
        "contact": "press@nightrail.example", "accent": "",
        "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0",
    }  # fmt: skip
    return {**values, **fields}


def file(data: bytes, name: str = "mark.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/png")


def change(ada: Client, **fields: Any) -> Any:
    home = Organization.objects.get()
    return ada.post(reverse("admin:letters_organization_change", args=[home.pk]), filled(**fields))


def test_an_organization_is_created_with_its_look(ada: Client) -> None:
    ada.post(ADD, filled(accent="#8A1538", picture=file(builders.picture())))
    home = Organization.objects.get()
    assert (home.accent, home.mark_width, home.mark_height) == ("#8a1538", 96, 64)
    address = reverse("letters:organization_mark", args=[home.slug, home.mark_digest])
    assert ada.get(address).status_code == 200
    shown = ada.get(reverse("admin:letters_organization_change", args=[home.pk])).content.decode()
    assert f'href="{address}"' in shown
    assert 'accept="image/png"' in shown
    assert 'enctype="multipart/form-data"' in shown


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio(ada: Client) -> None:
    builders.organization()
    shown = change(ada, accent="#ffd400").content.decode()
    assert "1.24:1" in shown
    assert "choose a darker colour" in shown
    assert Organization.objects.get().accent == ""


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"GIF89a" * 20, "not a whole PNG"),
        (builders.picture(2000, 40), "2000 × 40"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300_000), "200 KB"),
    ],
)
def test_a_picture_that_is_no_mark_is_refused_and_the_old_one_stays(
    ada: Client, data: bytes, says: str
) -> None:
    home = builders.marked(builders.organization())
    assert says in change(ada, picture=file(data)).content.decode()
    assert Organization.objects.get().mark == home.mark


def test_a_new_mark_is_put_and_taken_away_and_the_pages_follow(ada: Client) -> None:
    letter = builders.letter(organization=builders.marked(builders.organization()))
    page, before = reverse("letters:letter", args=[letter.slug]), letter.organization.mark_digest
    same = {name: getattr(letter.organization, name) for name in ("name", "slug", "legal_name", "contact")}
    change(ada, **same, picture=file(builders.picture(color="#006b3f")))
    after = Organization.objects.get().mark_digest
    assert after not in {"", before}
    assert after in ada.get(page).content.decode()
    change(ada, **same, **{"picture-clear": "on"})
    assert Organization.objects.get().mark == ""
    assert 'class="mark"' not in ada.get(page).content.decode()
    assert Event.objects.filter(name="organization.changed").count() == 3


def test_saving_without_a_change_leaves_the_pages_as_they_are(ada: Client) -> None:
    letter = builders.letter(organization=builders.marked(builders.organization()))
    home = Organization.objects.get()
    revision = Letter.objects.get(pk=letter.pk).revision
    change(ada, **{name: getattr(home, name) for name in ("name", "slug", "legal_name", "contact")})
    assert Letter.objects.get(pk=letter.pk).revision == revision
    assert Organization.objects.get().mark == home.mark


def test_a_storage_that_fails_is_said_at_the_desk(ada: Client, settings: Any, tmp_path: Any) -> None:
    builders.organization()
    (tmp_path / "file").write_bytes(b"")
    broken = {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": tmp_path / "file"}}
    settings.STORAGES = {**settings.STORAGES, "default": broken}
    response = change(ada, picture=file(builders.picture()))
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "could not be stored" in said
    assert Organization.objects.get().mark == ""
