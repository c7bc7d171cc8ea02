"""Signing by the form: what is taken, what is sent back, and what is never told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from letters.models import Signature
from letters.services import letters
from tests import builders

pytestmark = pytest.mark.django_db
SIGN = "/letters/night-trains/sign/"
GOOD = {
    "name": "Noor van den Berg", "email": "noor@example.org", "role": "Piano tuner", "affiliation": "",
    "country": "BE", "visibility": "public", "updates": "on", "form_key": "abc",
}  # fmt: skip


def post(client: Client, **changes: Any) -> Any:
    data = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    headers = data.pop("headers", {})
    return client.post(SIGN, data, headers=headers)


def test_a_good_form_is_stored_and_leads_to_check_email(client: Client) -> None:
    builders.letter()
    response = post(client)
    assert response.status_code == 303
    assert response["Location"].startswith("/letters/night-trains/check-email/?h=")
    one = Signature.objects.get()
    assert (one.name, one.role, one.country.code, one.updates) == (
        "Noor van den Berg",
        "Piano tuner",
        "BE",
        True,
    )
    shown = client.get(response["Location"]).content.decode()
    assert "no…\u2060@example.org" in shown
    assert "noor@" not in shown
    assert "Your signature is not counted yet." in shown


def test_the_answer_is_the_same_for_new_pending_and_confirmed_addresses(client: Client) -> None:
    letter = builders.letter()
    builders.signed(letter, email="pend@example.org")
    builders.confirmed(letter, email="conf@example.org")
    answers = []
    for email in ("newn@example.org", "pend@example.org", "conf@example.org"):
        response = post(client, email=email)
        page = client.get(response["Location"])
        headers = {name: value for name, value in response.headers.items() if name != "Location"}
        answers.append(
            (response.status_code, headers, len(response["Location"]), page.status_code, len(page.content))
        )
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Enter your full name."),
        ("name", "   ", "Enter your full name."),
        ("name", "Ben\u202e", "Remove the character U+202E"),
        ("name", "www.example.org", "Remove the link."),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", "Ben\x00", "Null characters are not allowed"),
        ("email", "", "Enter your email address"),
        ("email", "noor@", "Enter an email address in the correct format"),
        ("email", "a@b@c.org", "Enter an email address in the correct format"),
        ("email", "noor@example.org\nBcc: x@example.org", "Enter an email address in the correct format"),
        ("role", "see http://x.example", "Remove the link."),
        ("affiliation", "y" * 161, "at most 160 characters"),
        ("country", "XX", "Choose a country of the list."),
        ("visibility", None, "Choose whether to show your name."),
        ("visibility", "shown", "Choose whether to show your name."),
    ],
)
def test_a_bad_answer_comes_back_with_a_sentence_and_nothing_is_lost(
    client: Client, field: str, value: str | None, says: str
) -> None:
    builders.letter()
    response = post(client, **{field: value})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in shown
    assert says in shown
    assert "<title>Error:" in shown
    assert f'href="#id_{field}' in shown
    for other, kept in GOOD.items():
        if other not in (field, "updates", "form_key", "country", "visibility") and kept:
            assert f'value="{kept}"' in shown
    assert not Signature.objects.exists()


def test_several_errors_are_listed_together(client: Client) -> None:
    builders.letter()
    shown = client.post(SIGN, {}).content.decode()
    assert shown.count('href="#id_') == 3


def test_the_letter_chooses_its_fields(client: Client) -> None:
    builders.letter(role_field="required", country_field="off")
    shown = client.get(SIGN).content.decode()
    assert 'name="country"' not in shown
    assert post(client, role="").status_code == 422
    assert post(client).status_code == 303
    assert Signature.objects.get().country.code in ("", None)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"origin": "null"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
    ],
)
def test_a_form_of_another_site_is_refused_and_ours_needs_no_cookie(
    headers: dict[str, str], status: int
) -> None:
    builders.letter()
    response = post(Client(enforce_csrf_checks=True), headers=headers)
    assert response.status_code == status
    assert not response.cookies


def test_two_people_with_the_same_copy_of_the_page_give_two_signatures(client: Client) -> None:
    builders.letter()
    for email in ("ben@example.org", "cleo@example.org"):
        assert post(client, email=email, form_key="the-same").status_code == 303
    assert Signature.objects.count() == 2


def test_a_double_submit_is_one_signature(client: Client) -> None:
    builders.letter()
    assert [post(client).status_code for _ in range(2)] == [303, 303]
    assert Signature.objects.count() == 1


def test_a_closed_letter_says_so_on_its_form_page(client: Client) -> None:
    letter = builders.letter()
    letters.close(letter=letter, by=None, at=timezone.now())
    response = post(client)
    assert response.status_code == 409
    assert "This letter is closed" in response.content.decode()
    assert not Signature.objects.exists()


@pytest.mark.parametrize("handle", ["", "x", "%00%ff", "A" * 3000])
def test_check_email_without_its_handle_still_says_what_to_do(client: Client, handle: str) -> None:
    builders.letter()
    shown = client.get(f"/letters/night-trains/check-email/?h={handle}").content.decode()
    assert "the address that you gave" in shown


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"name=%ff%fe%00&email=%ff", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"x" * 10_000_000, "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff',
            "multipart/form-data; boundary=x",
        ),
        (b"nothing", "multipart/form-data"),
        (b"nothing", "multipart/form-data; boundary="),
        (b"{}", "application/json"),
        (b"a=1&" * 300, "application/x-www-form-urlencoded"),
        (b"name=x", "application/x-www-form-urlencoded; charset=nonsense"),
    ],
    ids=[
        "utf-8",
        "bytes",
        "10 MB",
        "cut multipart",
        "no boundary",
        "empty boundary",
        "json",
        "fields",
        "charset",
    ],
)
def test_broken_bodies_get_a_4xx(client: Client, body: bytes, content_type: str) -> None:
    builders.letter()
    client.raise_request_exception = False
    response = client.generic("POST", SIGN, body, content_type=content_type)
    assert 400 <= response.status_code < 500


@pytest.mark.parametrize(
    "path", ["/letters/%00/", "/letters/%ff/sign/", "/s/%00/", "/s/%ff%fe/", "/?q=%ff", "/%c0%af"]
)
def test_broken_addresses_never_break_the_site(client: Client, path: str) -> None:
    client.raise_request_exception = False
    assert client.get(path).status_code in (200, 400, 404)


def test_a_form_page_is_kept_by_nobody(client: Client) -> None:
    builders.letter(at=timezone.now() - timedelta(days=1))
    assert client.get(SIGN)["Cache-Control"] == "private, no-store"
