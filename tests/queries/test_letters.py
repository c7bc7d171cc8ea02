"""What people sign is what readers see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import Letter, LetterText
from letters.queries import letters as asked
from letters.queries.letters import LETTER_TO_SIGN, TEXT_TO_SIGN
from letters.services import letters
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def test_signing_asks_for_the_text_that_readers_find() -> None:
    letter = builders.letter(closes_at=NOW, names_after_review=True, role_field="required")
    second = LetterText(
        letter=letter, version=2, kind="amendment", reason="New facts.", language="fr", published_at=NOW
    )
    LetterText.objects.bulk_create([second])
    found, text = asked.find(slug=letter.slug, at=NOW), asked.to_sign(slug=letter.slug)
    assert found is not None
    assert text is not None
    assert text == found.text == second
    assert text.letter == letter
    with CaptureQueriesContext(connection) as queries:
        for name in LETTER_TO_SIGN:
            assert getattr(text.letter, name) == getattr(found.letter, name), name
        for name in TEXT_TO_SIGN:
            assert getattr(text, name) == getattr(found.text, name), name
    assert len(queries) == 0
    assert text.letter.organization == found.letter.organization


@pytest.mark.parametrize("columns", [(Letter, LETTER_TO_SIGN), (LetterText, TEXT_TO_SIGN)])
def test_the_columns_stand_in_the_order_of_the_models(columns: tuple[type, tuple[str, ...]]) -> None:
    model, names = columns
    assert [field.attname for field in model._meta.concrete_fields if field.attname in names] == list(names)


def test_nobody_signs_what_nobody_reads() -> None:
    builders.draft("draft")
    withdrawn = builders.letter("withdrawn")
    letters.withdraw(letter=withdrawn, reason="Not ours.", by=None, at=NOW)
    for slug in ("draft", "withdrawn", "nothing"):
        assert asked.find(slug=slug, at=NOW) is None
        assert asked.to_sign(slug=slug) is None
