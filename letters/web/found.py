"""Finding the letter that an address names, and what every page about it shows."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone

from letters import languages
from letters.enums import SIGNABLE_PHASES
from letters.models import Letter, LetterText
from letters.queries import letters
from letters.queries.letters import PublicLetter
from letters.web.speaking import follow


class Gone(Http404):
    """The letter at this address was withdrawn."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(letter.slug)
        self.letter = letter


def find(slug: str) -> PublicLetter:
    """Return the letter at this address or raise Http404, Gone for a withdrawn one."""
    found = letters.find(slug=slug, language=languages.asked(), at=timezone.now())
    if found is None:
        raise absent(letters.with_number(slug=slug), slug)
    follow(found.text.language)
    return found


def absent(letter: Letter | None, slug: str) -> Http404:
    """Return why there is no page: it never was, or it is gone."""
    return Gone(letter) if letter and letter.withdrawn_at else Http404(slug)


def find_to_sign(slug: str) -> LetterText:
    """Return what is signed at this address or raise Http404."""
    text = letters.to_sign(slug=slug, language=languages.asked())
    if text is None:
        raise absent(letters.with_number(slug=slug), slug)
    follow(text.language)
    return text


def base_context(found: PublicLetter) -> dict[str, object]:
    """Return what every page about a letter shows."""
    return {
        "letter": found.letter,
        "text": found.text,
        "phase": found.phase,
        "tally": found.tally,
        "organization": found.letter.organization,
        "open": found.phase in SIGNABLE_PHASES and found.text.withholding_id is None,
        "withholding": found.text.withholding,
        "texts": found.texts,
        "untranslated": languages.asked() not in ("", found.text.language),
    }
