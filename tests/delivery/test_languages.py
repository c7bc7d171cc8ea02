"""A mail is in the language of the signature, from the subject to the last line."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from letters.delivery import email
from letters.enums import TextKind
from letters.models import Message
from letters.queries import mails
from letters.services import signatures
from tests import builders
from tests.builders import NOW
from tests.delivery.mails import WORDS, of

pytestmark = pytest.mark.django_db
WORD = re.compile(r"[^\W\d_]{2,}")


def mail_in(language: str, kind: str, uid: UUID) -> tuple[str, str, str]:
    mail = of(kind, uid, language=language)
    composed = email.compose(mail, message=Message(created_at=NOW), at=NOW)
    return composed.subject, composed.body, str(composed.alternatives[0][0])


def sentences(text: str) -> set[str]:
    """Return what a mail says, piece by piece, without markup and addresses."""
    plain = re.sub(r"(?s:<style>.*?</style>)|<[^>]*>|https?://\S+|\S+@\S+", "\n", text)
    return {piece.strip() for piece in re.split(r"(?<=[.:?,])\s|\n", plain) if WORD.search(piece)}


@pytest.mark.parametrize("kind", mails.KINDS)
@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("ar-dz", "rtl")])
def test_no_line_of_a_mail_is_left_in_english(kind: str, language: str, direction: str) -> None:
    letter = builders.letter(title="1848")
    one = builders.counted(letter, name="Ben")
    signatures.withdraw(uid=one.uid, at=NOW)
    builders.update(letter, title="1848", body="1848")
    longer = f"{one.text.body}\n\n1849"
    builders.changed(letter, kind=TextKind.AMENDMENT, reason="1849", body=longer)
    subject, body, html = mail_in(language, kind, one.uid)
    english = mail_in("en", kind, one.uid)
    assert subject != english[0]
    assert f'<html lang="{language[:2]}" dir="{direction}">' in html
    theirs = sentences(f"{one.text.body}\n{WORDS}\n“{WORDS}”") | {letter.organization.name, one.name}
    for here, there in ((body, english[1]), (html, english[2])):
        assert len(sentences(there) - theirs) > 3
        assert sentences(here) & sentences(there) - theirs == set()


def test_a_language_without_a_catalogue_is_written_to_in_english() -> None:
    one = builders.confirmed(builders.letter())
    assert mail_in("de", mails.CONFIRM, one.uid)[0].startswith("Confirm your signature")
