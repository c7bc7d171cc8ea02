"""Publishing further versions of a letter's text, and their translations. What was published stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from letters import durable, languages, prose
from letters.enums import EventName, LetterStatus, MessageKind, TextKind
from letters.models import Letter, LetterText, User
from letters.records import events, mailings
from letters.records import letters as rows
from letters.refusal import Refusal

CHANGES = (TextKind.CORRECTION, TextKind.AMENDMENT)
WORDS = ("title", "addressees", "body")


class WrongState(Refusal):
    """The letter is not before the public, or nobody can sign it any more."""

    message = _("The text of a letter changes only between its publication and the end of signing.")


class NotReady(Refusal):
    """Something is missing, or nothing has changed."""


class WrongLanguage(Refusal):
    """The binding words come in one language, and each language has one text of a version."""


def publish(
    *,
    text: LetterText,
    translations: Sequence[LetterText] = (),
    by: User | None,
    at: datetime,
) -> LetterText:
    """Put the next version of the binding words before the public, with the translations that are ready.

    `text` says its words, its kind (correction or amendment) and the reason. Whoever signed stays on
    the version that they signed, and is told of an amendment by mail. Raises NotReady, WrongLanguage,
    WrongState.
    """
    if text.kind not in CHANGES:
        raise NotReady(_("Say whether this corrects the text or amends it."))
    if not text.reason.strip():
        raise NotReady(_("Say why the text changes. Its readers will see it."))
    _demand_words(text, *translations)
    with durable.commit():
        letter = _locked(text.letter, at=at)
        last = _binding(letter)
        if text.language != last.language:
            raise WrongLanguage(_("Publish the new version in the language of the binding text first."))
        if all(getattr(text, name) == getattr(last, name) for name in WORDS):
            raise NotReady(_("The words are those that are published already. Change something first."))
        text.version, text.reason, text.authoritative = last.version + 1, text.reason.strip(), True
        _store(letter, text, by, at)
        for translation in translations:
            _translate(letter, text, translation, by, at)
        if text.kind == TextKind.AMENDMENT:
            mailings.put(kind=MessageKind.AMENDED, letter=letter, text=text, at=at)
        rows.save(letter=letter, at=at)
    return text


def translate(*, text: LetterText, by: User | None, at: datetime) -> LetterText:
    """Publish a translation of the newest version. Raises NotReady, WrongLanguage, WrongState."""
    _demand_words(text)
    with durable.commit():
        letter = _locked(text.letter, at=at)
        _translate(letter, _binding(letter), text, by, at)
        rows.save(letter=letter, at=at)
    return text


def _translate(letter: Letter, binding: LetterText, text: LetterText, by: User | None, at: datetime) -> None:
    there = letter.texts.exclude(published_at=None).filter(version=binding.version, language=text.language)
    if there.exists():
        raise WrongLanguage(_("This version is published in that language already."))
    text.version, text.kind, text.reason = binding.version, binding.kind, binding.reason
    text.authoritative = False
    _store(letter, text, by, at)


def _store(letter: Letter, text: LetterText, by: User | None, at: datetime) -> None:
    """Save a text under the next number: the seal finds it by that, and makes it a leaf."""
    known = letter.texts.aggregate(last=Max("number"))["last"]
    text.letter, text.number, text.published_at = letter, known + 1, at
    text.h = text.compute_hash()
    text.save()
    events.record(
        name=EventName.TEXT_PUBLISHED,
        subject=letter.public_id,
        by=events.actor(by),
        at=at,
        data={"text": text.number, "version": text.version, "language": text.language, "kind": text.kind},
    )


def _locked(letter: Letter, *, at: datetime) -> Letter:
    stored = rows.locked(letter=letter)
    running = stored.status in (LetterStatus.PUBLISHED, LetterStatus.PAUSED)
    if not running or stored.ended_at(at=at):
        raise WrongState
    return stored


def _binding(letter: Letter) -> LetterText:
    """Return the authoritative text of the newest version."""
    return letter.texts.exclude(published_at=None).filter(authoritative=True).order_by("-version")[0]


def _demand_words(*texts: LetterText) -> None:
    """Write words as they are hashed. Raises NotReady when some are missing or published, WrongLanguage."""
    for text in texts:
        if text.published_at is not None:
            raise NotReady(_("A published text cannot be changed. Write the next version."))
        if text.language not in languages.KNOWN:
            raise WrongLanguage(_("Choose a language code like en, fr or pt-br."))
        for name in WORDS:
            setattr(text, name, prose.canonical(getattr(text, name)))
        if not all(getattr(text, name).strip() for name in WORDS):
            raise NotReady(_("A version needs a title, whom it is addressed to, and its text."))
