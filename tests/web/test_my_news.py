"""Getting no more news: one click in a mail program, one button on a page, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from letters import tokens
from letters.models import Event, Signature
from letters.services import links, signatures
from letters.tokens import Purpose
from tests import builders
from tests.web import own, reading

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def one() -> Signature:
    return own.counted(updates=True)


def link(one: Signature, purpose: Purpose = Purpose.NEWS) -> str:
    return f"/s/{tokens.make(purpose, uid=one.uid, at=timezone.now())}/unsubscribe/"


def wants(one: Signature) -> bool:
    return builders.stored(one.uid).updates


def test_one_click_stops_the_news_without_cookie_or_token_of_a_form(one: Signature) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.post(link(one), ONE_CLICK)
        assert (answer.status_code, answer.content, answer.cookies) == (200, b"", {})
        assert answer["Cache-Control"] == "private, no-store"
    assert not wants(one)
    assert Event.objects.filter(name="news.stopped").count() == 1


def test_one_click_may_come_as_a_form_with_parts(one: Signature) -> None:
    body = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    Client().post(link(one), body, content_type="multipart/form-data; boundary=b")
    assert not wants(one)


@pytest.mark.parametrize("said", [{}, {"List-Unsubscribe": "One"}, {"news": "yes"}])
def test_another_post_does_nothing(one: Signature, said: dict[str, str]) -> None:
    assert Client().post(link(one), said).status_code == 400
    assert wants(one)


def test_looking_changes_nothing_and_leads_to_one_button(client: Client, one: Signature) -> None:
    for method in (client.head, client.get):
        answer = method(link(one))
        assert (answer.status_code, answer["Location"]) == (303, own.page(one, "news/"))
    assert wants(one)
    shown = client.get(answer["Location"]).content.decode()
    assert "You get news about this letter, as you asked." in shown
    assert shown.count("<button") == 1
    assert one.name not in shown


def test_the_button_stops_and_asks_again(client: Client, one: Signature) -> None:
    client.get(link(one))
    page = own.page(one, "news/")
    assert "Done. You get no more news" in client.post(page).content.decode()
    assert not wants(one)
    assert "You get no news about this letter." in client.get(page).content.decode()
    assert "Done. You get no more news" in client.post(page).content.decode()
    assert (
        "Done. You get news about this letter again." in client.post(page, {"news": "yes"}).content.decode()
    )
    assert wants(one)


def test_the_page_of_the_signature_leads_there(client: Client, one: Signature) -> None:
    own.opened(client, one, Purpose.MANAGE)
    assert own.page(one, "news/") in reading.page(client, own.page(one))


def test_without_the_cookie_the_page_does_nothing(one: Signature) -> None:
    for method in ("get", "post"):
        assert getattr(Client(), method)(own.page(one, "news/")).status_code == 403
    assert wants(one)


@pytest.mark.parametrize("purpose", [one for one in Purpose if one != Purpose.NEWS])
def test_no_other_token_stops_news_and_this_one_opens_nothing_else(one: Signature, purpose: Purpose) -> None:
    assert Client().post(link(one, purpose), ONE_CLICK).status_code == 404
    assert Client().get(link(one, purpose)).status_code == 404
    assert wants(one)
    assert own.opened(Client(), one, Purpose.NEWS).status_code == 404


def test_a_link_from_before_the_owner_revoked_all_still_stops_and_opens_nothing(one: Signature) -> None:
    old = link(one)
    links.revoke(uid=one.uid, at=timezone.now() + timedelta(seconds=1))
    assert Client().get(old).status_code == 410
    assert Client().post(old, ONE_CLICK).status_code == 200
    assert not wants(one)


def test_the_answer_does_not_tell_what_became_of_the_signature(one: Signature) -> None:
    waiting = builders.signed(one.letter, email="eve@example.org", at=timezone.now())
    signatures.withdraw(uid=one.uid, at=timezone.now())
    gone = link(waiting)
    waiting.delete()
    for address in (link(one), gone):
        answer = Client().post(address, ONE_CLICK)
        assert (answer.status_code, answer.content) == (200, b"")
    assert Client().get(gone).status_code == 410


def test_who_was_forgotten_by_the_schedule_cannot_ask_again(client: Client, one: Signature) -> None:
    client.get(link(one))
    Signature.objects.update(email_sealed=None, updates=False)
    page = own.page(one, "news/")
    assert "<button" not in client.get(page).content.decode().partition("<main")[2]
    assert client.post(page, {"news": "yes"}).status_code == 409
