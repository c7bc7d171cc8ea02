"""A mail is in the language of the signature, from the subject to the last line."""

from __future__ import annotations

import re

import pytest

from letters import prose
from letters.delivery import email
from letters.models import Message
from letters.queries import mails
from letters.queries.mails import Mail
from letters.services import signatures
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
PART = re.compile(r"<(?:p|h2|title)\b.*?</(?:p|h2|title)>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


def mail_in(language: str, kind: str, uid: object) -> tuple[str, str, str]:
    one = builders.stored(uid)
    one.language = language
    composed = email.compose(Mail(kind, "ben@example.org", one), message=Message(created_at=NOW), at=NOW)
    return composed.subject, composed.body, str(composed.alternatives[0][0])


@pytest.mark.parametrize("kind", mails.KINDS)
@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("ar-dz", "rtl")])
def test_no_line_of_a_mail_is_left_in_english(kind: str, language: str, direction: str) -> None:
    letter = builders.letter(title="1848")
    one = builders.counted(letter, name="Ben")
    signatures.withdraw(uid=one.uid, at=NOW)
    subject, body, html = mail_in(language, kind, one.uid)
    english = mail_in("en", kind, one.uid)
    assert subject != english[0]
    said = {line for line in body.splitlines() if WORD.search(re.sub(r"https?://\S+", "", line))}
    said -= set(one.text.body.splitlines())
    assert said
    assert said & set(english[1].splitlines()) == set()
    assert f'<html lang="{language[:2]}" dir="{direction}">' in html
    shared = set(PART.findall(html)) & set(PART.findall(english[2])) - set(
        PART.findall(prose.html(one.text.body))
    )
    assert {part for part in shared if WORD.search(re.sub("<[^>]*>", "", part))} == set()


def test_a_language_without_a_catalogue_is_written_to_in_english() -> None:
    one = builders.confirmed(builders.letter())
    assert mail_in("de", mails.CONFIRM, one.uid)[0].startswith("Confirm your signature")
