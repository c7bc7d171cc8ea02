"""Publishing further versions of a letter's text, and their translations. What was published stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from letters import durable, languages, prose
from letters.differences import Words
from letters.enums import ApprovalKind, EventName, LetterStatus, MessageKind, TextKind
from letters.models import Approval, Letter, LetterText, User
from letters.records import approvals, events, mailings, readiness
from letters.records import letters as rows
from letters.records.approvals import NotStanding, SamePerson
from letters.refusal import Refusal
from letters.substance import findings

__all__ = ["NotStanding", "SamePerson", "ask", "correct", "publish", "translate"]

CHANGES = (TextKind.CORRECTION, TextKind.AMENDMENT)
WORDS = ("title", "addressees", "body")


class WrongState(Refusal):
    """The letter is not before the public, or nobody can sign it any more."""

    message = _("The text of a letter changes only between its publication and the end of signing.")


class NotReady(Refusal):
    """Something is missing, or nothing has changed."""


class Weighty(Refusal):
    """A correction in which something was found that may change what the letter says."""

    message = _(
        "This may be more than a slip. Publish it as an amendment, or ask a second person to look at it."
    )


class Overtaken(Refusal):
    """What was approved was compared with a text that is not in force any more."""

    message = _("Another version was published since this was asked. Compare with that one and ask again.")


class Incomparable(Refusal):
    """Whoever would have to say that no more than a slip changes cannot read what changes."""

    message = _("The text in force is withheld, so nobody can compare. Publish an amendment.")


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
    the version that they signed, and is told of an amendment by mail. A correction in which more is
    found than slips needs a second person: `ask` and `correct`. Raises NotReady, Weighty, WrongLanguage,
    WrongState.
    """
    if text.kind not in CHANGES:
        raise NotReady(_("Say whether this corrects the text or amends it."))
    if text.asks_again and text.kind != TextKind.AMENDMENT:
        raise NotReady(_("Only an amendment asks people to sign again."))
    _demand_words(text, *translations)
    with durable.commit():
        letter = _locked(text.letter, at=at)
        last = _demand_change(letter, text)
        if text.kind == TextKind.CORRECTION and _found(last, text):
            raise Weighty
        _put(letter, last, text, translations, by, at)
    return text


def ask(*, text: LetterText, by: User, at: datetime) -> Approval:
    """Ask a second person whether a change is no more than a correction; nothing is published by it.

    Raises Incomparable, NotReady, WrongLanguage, WrongState.
    """
    _demand_words(text)
    with durable.commit():
        letter = _locked(text.letter, at=at)
        last = _demand_change(letter, text)
        if last.withholding_id:
            raise Incomparable
        data = {"base": last.h, "number": last.number, **{name: getattr(text, name) for name in WORDS}}
        question = Approval(
            kind=ApprovalKind.CORRECTION,
            organization_id=letter.organization_id,
            letter=letter,
            subject=letter.public_id,
            digest=hashlib.sha256(json.dumps([data, text.reason], sort_keys=True).encode()).digest(),
            data=data,
            reason=text.reason,
        )
        asked = approvals.ask(approval=question, by=by, at=at)
        events.of_approval(name=EventName.APPROVAL_ASKED, approval=asked, by=events.actor(by), at=at)
    return asked


def correct(*, pk: int, grounds: str, by: User, at: datetime) -> LetterText:
    """Let a second person say why a change is a correction, and publish exactly what was asked.

    Readers see `grounds` for ever. Raises Incomparable, NotStanding, Overtaken, SamePerson, WrongState.
    """
    with durable.commit():
        approval = approvals.locked(pk=pk, at=at)
        approvals.give(approval=approval, grounds=grounds, by=by, at=at)
        letter = _locked(Letter(pk=approval.letter_id), at=at)
        last = _binding(letter)
        if last.h != approval.data["base"]:
            raise Overtaken
        if last.withholding_id:
            raise Incomparable
        text = LetterText(letter=letter, language=last.language, kind=TextKind.CORRECTION)
        for name in WORDS:
            setattr(text, name, approval.data[name])
        text.reason, text.checked = approval.reason, approval.grounds
        _put(letter, last, text, (), approval.asked_by, at)
        approvals.end(approval=approval, at=at)
        events.of_approval(name=EventName.APPROVAL_GIVEN, approval=approval, by=events.actor(by), at=at)
    return text


def translate(*, text: LetterText, by: User | None, at: datetime) -> LetterText:
    """Publish a translation of the newest version. Raises NotReady, WrongLanguage, WrongState."""
    _demand_words(text)
    with durable.commit():
        letter = _locked(text.letter, at=at)
        _translate(letter, _binding(letter), text, by, at)
        rows.save(letter=letter, at=at)
    return text


def _put(
    letter: Letter,
    last: LetterText,
    text: LetterText,
    translations: Sequence[LetterText],
    by: User | None,
    at: datetime,
) -> None:
    text.version, text.authoritative = last.version + 1, True
    _store(letter, text, by, at)
    for translation in translations:
        _translate(letter, text, translation, by, at)
    if text.kind == TextKind.AMENDMENT:
        mailings.put(kind=MessageKind.AMENDED, letter=letter, text=text, at=at)
    rows.save(letter=letter, at=at)


def _found(last: LetterText, text: LetterText) -> tuple[findings.Finding, ...]:
    old, new = (Words(*(getattr(one, name) for name in WORDS)) for one in (last, text))
    return findings.find(old=old, new=new, language=text.language)


def _demand_change(letter: Letter, text: LetterText) -> LetterText:
    """Return the text in force. Raises NotReady without a reason or a change, WrongLanguage."""
    text.reason = text.reason.strip()
    if not text.reason:
        raise NotReady(_("Say why the text changes. Its readers will see it."))
    last = _binding(letter)
    if text.language != last.language:
        raise WrongLanguage(_("Publish the new version in the language of the binding text first."))
    if all(getattr(text, name) == getattr(last, name) for name in WORDS):
        raise NotReady(_("The words are those that are published already. Change something first."))
    return last


def _translate(letter: Letter, binding: LetterText, text: LetterText, by: User | None, at: datetime) -> None:
    there = letter.texts.exclude(published_at=None).filter(version=binding.version, language=text.language)
    if there.exists():
        raise WrongLanguage(_("This version is published in that language already."))
    told = readiness.told(letter=letter, language=text.language)
    if not told.fine:
        raise NotReady(told.says)
    text.version, text.kind, text.reason = binding.version, binding.kind, binding.reason
    text.asks_again = binding.asks_again
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
