"""The privacy page says all that is held, and says it from where it is decided."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client

from letters import consents, limits
from letters.models import Approval, Membership, Reading, Session, Signature, User
from letters.web.privacy import GROUPS
from tests import builders
from tests.web import own, reading

pytestmark = pytest.mark.django_db
STAFF = {Approval, Membership, Reading, Session, User}
"""Who works at the desk is no signatory."""
MODELS = [model for model in apps.get_app_config("letters").get_models() if not model._meta.proxy]


def grouped() -> list[tuple[type[Model], str]]:
    return [(model, name) for group in GROUPS for model, names in group.fields.items() for name in names]


def test_every_personal_field_is_in_one_group() -> None:
    personal = {
        (model, name)
        for model in MODELS
        if model not in STAFF
        for name in model.Privacy.personal  # type: ignore[attr-defined]
    }
    assert (Signature, "name") in personal
    assert personal - set(grouped()) == set()
    assert len(grouped()) == len(set(grouped()))


def test_no_group_names_a_field_that_is_not_there_or_that_everybody_sees() -> None:
    for model, name in grouped():
        model._meta.get_field(name)
        assert name not in model.Privacy.public  # type: ignore[attr-defined]


def test_the_page_has_a_row_for_each_group_with_its_numbers(client: Client) -> None:
    shown = reading.page(client, "/privacy/")
    for group in GROUPS:
        for sentence in group.said().values():
            assert sentence in shown
    assert shown.count('<th scope="row">') == len(GROUPS)
    assert "%" not in shown.partition("<tbody")[2].partition("</tbody>")[0]
    for days in (
        limits.PENDING_KEPT,
        limits.KEPT_AFTER_CLOSING,
        limits.GIVE_UP_AFTER,
        limits.REPORT_KEPT,
        limits.REPORT_KEPT_OPEN,
    ):
        assert f"{days.days} days" in shown
    assert f"{int(limits.MANAGE_FOR.total_seconds() // 60)} minutes" in shown


def test_the_page_names_whom_to_ask_and_needs_no_cookie(client: Client) -> None:
    answer = client.get("/privacy/")
    assert not answer.cookies
    assert 'href="mailto:letters@testserver"' in answer.content.decode()


@pytest.mark.parametrize("page", ["", "sign/"])
def test_the_words_that_people_agree_to_stand_under_the_question_who_sees_the_name(
    client: Client, page: str
) -> None:
    letter = own.letter(organization=builders.organization(legal_name="100 % <Rail> e. V."))
    shown = reading.page(client, f"/letters/{letter.slug}/{page}")
    question = shown.index(f"<legend>{consents.CURRENT.question}</legend>")
    places = [shown.index(str(words), question) for _value, words in consents.CURRENT.answers]
    notice = consents.CURRENT.notice_of(
        "100 % &lt;Rail&gt; e. V.", recipients="nobody", until="1 January 2040"
    )
    places += [shown.index(notice), shown.index(str(consents.CURRENT.updates), question)]
    assert places == sorted(places)
    assert places[0] > question


def test_whoever_changes_a_signature_agrees_to_nothing_new(client: Client) -> None:
    one = own.counted()
    own.opened(client, one, own.Purpose.MANAGE)
    assert "shows a political opinion" not in reading.page(client, own.page(one, "change/"))


def test_every_version_of_the_words_stands_on_the_page_and_a_signature_keeps_its_number(
    client: Client,
) -> None:
    shown = reading.page(client, "/privacy/#consent")
    for consent in consents.VERSIONS:
        assert f"Number {consent.number}, since" in shown
        assert str(consent.updates) in shown
        named = {"recipients": "(whom it names)", "until": "(a day)"}
        assert consent.notice_of("(the organization’s legal name)", **named) in shown
    assert "those to whom the letter is addressed, without email addresses" in shown
    assert builders.signed(builders.letter()).consent_version == consents.CURRENT.number
