"""Every text that a letter has had, and how many signatures stand on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from letters.models import Letter, LetterText, Signature, Tally, renewal


@dataclass(frozen=True)
class Version:
    """One version of the words of a letter.

    `binding` is its authoritative text, `texts` are all of them without their words, the binding one
    first, `signatures` how many of the count stand on any of them. `read` and `before` are this version
    and the one before it in one language: the reader's if both have it, else that of the binding text.
    """

    binding: LetterText
    texts: list[LetterText]
    signatures: int
    read: LetterText
    before: LetterText | None


def history(*, letter: Letter, language: str) -> list[Version]:
    """Return the published versions of a letter, the newest first."""
    rows = letter.texts.exclude(published_at=None).select_related("withholding")
    published = rows.order_by("-version", "-authoritative", "language")
    known = list(published.defer("title", "addressees", "body"))
    words: dict[int, dict[str, LetterText]] = {}
    for text in published.filter(Q(authoritative=True) | Q(language=language)):
        words.setdefault(text.version, {})[text.language] = text
    return [
        _version(letter, [text for text in known if text.version == version], words, language)
        for version in words
    ]


def signed(*, tally: Tally, texts: Sequence[LetterText]) -> int:
    """Return how many of the count stand on any of these texts."""
    return sum(tally.by_text.get(str(text.number), 0) for text in texts)


def texts(*, letter: Letter) -> list[LetterText]:
    """Return every published text of a letter, the newest version first, in each the binding one.

    The body of a text is read when it is asked for.
    """
    published = letter.texts.exclude(published_at=None).select_related("withholding").defer("body")
    return list(published.order_by("-version", "-authoritative", "language"))


def step(*, text: LetterText, language: str) -> tuple[LetterText, LetterText] | None:
    """Return a binding text and the one before it, both in `language` if it has them.

    None for a first version.
    """
    pair = LetterText.objects.filter(letter_id=text.letter_id, version__in=(text.version - 1, text.version))
    published = pair.exclude(published_at=None).order_by("version")
    for wanted in (Q(language=language), Q(authoritative=True)):
        found = list(published.filter(wanted))
        if len(found) == 2:
            return found[0], found[1]
    return None


def in_force(*, letter: Letter, number: int) -> list[LetterText]:
    """Return the texts that could be signed once text `number` was published, the binding one first."""
    known = letter.texts.filter(number__lte=number).order_by("-version", "-authoritative", "number")
    texts = list(known)
    return [text for text in texts if text.version == texts[0].version]


def _version(
    letter: Letter, texts: list[LetterText], words: dict[int, dict[str, LetterText]], language: str
) -> Version:
    binding = texts[0]
    here, before = words[binding.version], words.get(binding.version - 1, {})
    shared = language if language in here and (language in before or not before) else binding.language
    return Version(
        binding=binding,
        texts=texts,
        signatures=signed(tally=letter.tally, texts=texts),
        read=here[shared],
        before=before.get(shared),
    )


def to_renew(*, signature: Signature, at: datetime) -> LetterText | None:
    """Return the newer text that whoever signed an earlier one is asked to sign; None where they are not."""
    return renewal.text_for(signature, at=at)


def is_in_force(*, text: LetterText) -> bool:
    """Whether no later version of its letter is published."""
    later = LetterText.objects.exclude(published_at=None).filter(version__gt=text.version)
    return not later.filter(letter=text.letter_id).exists()
