"""Writing, publishing, pausing, closing and answering letters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import durable, prose
from letters.enums import ApprovalKind, EventName, LetterStatus
from letters.models import Breakdown, Letter, LetterText, NamesRevision, User
from letters.records import approvals, events, leaves, readiness
from letters.records import letters as rows
from letters.records.readiness import Check
from letters.refusal import Refusal

ANSWER: Final = ("answer", "answered_by", "answered_at")
"""What only `answer` writes."""
OPTIONS: Final = (
    "organization", "slug", "place", "role_field", "affiliation_field", "country_field", "form_labels",
    "names_after_review", "names_in_api", "discreet", "opens_at", "closes_at", "time_zone", "target",
    "target_reason",
)  # fmt: skip
"""What an organizer decides of a letter, besides its words and its state."""


class NotReady(Refusal):
    """Something is missing before the letter can be published."""


class WrongState(Refusal):
    """The letter is not in a state in which this can be done."""

    message = _("This cannot be done with the letter as it stands. Reload the page to see its state.")


class Frozen(Refusal):
    """Published words never change silently."""

    message = _("A published text cannot be changed.")


def create(*, letter: Letter, by: User | None, at: datetime) -> Letter:
    """Store a new draft."""
    letter.created_at = letter.changed_at = at
    letter.status = LetterStatus.DRAFT
    with durable.commit():
        letter.save(force_insert=True)
        _record(EventName.LETTER_CREATED, letter, by, at)
    return letter


def change(
    *,
    letter: Letter,
    fields: Collection[str] = OPTIONS,
    stage: str = "",
    by: User | None,
    at: datetime,
) -> Letter:
    """Store those of a letter's options that are named; all others stay as somebody else may have left them.

    `stage` is the page of the desk that asked for them: a draft remembers that it was saved.
    Raises Frozen for the address and the organization of a published one, and for the end of one that
    has ended.
    """
    with durable.commit():
        stored = rows.locked(letter=letter)
        fixed, ended = (stored.slug, stored.organization_id), stored.ended_at(at=at)
        for name in fields:
            setattr(stored, name, getattr(letter, name))
        if stored.status != LetterStatus.DRAFT and (stored.slug, stored.organization_id) != fixed:
            raise Frozen(_("The address of a published letter is permanent, and so is who publishes it."))
        if ended and stored.ended_at(at=at) != ended:
            raise Frozen(
                _("This letter has ended, and its public ledger says when. It cannot end otherwise.")
            )
        if stored.status != LetterStatus.DRAFT and stored.outlasts_its_data():
            raise Frozen(
                _("People who signed were told by when their addresses are deleted. Close 30 days before.")
            )
        if stage and stored.status == LetterStatus.DRAFT:
            stored.stages_done = sorted({*stored.stages_done, stage})
        _save(stored, *fields, "stages_done", at=at)
        _record(EventName.LETTER_CHANGED, stored, by, at)
    return stored


def write(*, text: LetterText, by: User | None, at: datetime) -> LetterText:
    """Store the words of a draft. Raises Frozen once they are published."""
    if text.published_at is not None:
        raise Frozen
    text.title, text.addressees = prose.canonical(text.title), prose.canonical(text.addressees)
    text.body = prose.canonical(text.body)
    text.h = text.compute_hash()
    with durable.commit():
        rows.locked(letter=text.letter)
        _demand_unwritten(text)
        text.save()
        _record(EventName.TEXT_CHANGED, text.letter, by, at)
    return text


def _demand_unwritten(text: LetterText) -> None:
    """Raise Frozen where somebody else was faster: published it, or began one in the same language."""
    same = LetterText.objects.filter(letter=text.letter, version=text.version, language=text.language)
    if same.filter(~Q(pk=text.pk) | Q(published_at__isnull=False)).exists():
        raise Frozen(_("Somebody else was faster. Copy your words, and look at the text as it is now."))


def drop(*, text: LetterText, by: User | None, at: datetime) -> None:
    """Delete a translation that nobody has published. Raises Frozen once it is, and for the binding text."""
    with durable.commit():
        letter = rows.locked(letter=text.letter)
        stored = letter.texts.filter(pk=text.pk, published_at=None, authoritative=False).first()
        if stored is None:
            raise Frozen
        stored.delete()
        _record(EventName.TEXT_CHANGED, letter, by, at)


def checks(*, letter: Letter, at: datetime) -> list[Check]:
    """Return what is fine with a draft and what is missing: `publish` refuses while anything is."""
    return readiness.checks(letter=letter, at=at)


def publish(*, letter: Letter, by: User | None, at: datetime) -> Letter:
    """Put a draft before the public, at once or from `opens_at` on. Raises NotReady, WrongState."""
    with durable.commit():
        stored = _locked(letter, LetterStatus.DRAFT)
        _demand_ready(stored, at=at)
        stored.kept_until = stored.data_until
        stored.status = LetterStatus.PUBLISHED
        stored.published_at = at
        stored.opens_at = stored.opens_at or at
        stored.origin = f"{urlsplit(settings.SITE_URL).netloc}/ledger/{stored.public_id}"
        _save(stored, "status", "published_at", "opens_at", "origin", "kept_until", at=at)
        _number_texts(stored, at)
        leaves.open_ledger(letter=stored, at=at)
        NamesRevision.objects.create(letter=stored)
        Breakdown.objects.create(letter=stored, as_of=stored.tally.as_of, made_at=at)
        _record(EventName.LETTER_PUBLISHED, stored, by, at)
    return stored


def pause(*, letter: Letter, by: User | None, at: datetime) -> Letter:
    """Stop signing for now; the page and its names stay. Raises WrongState."""
    with durable.commit():
        stored = _locked(letter, LetterStatus.PUBLISHED)
        stored.status, stored.paused_at = LetterStatus.PAUSED, at
        _save(stored, "status", "paused_at", at=at)
        _record(EventName.LETTER_PAUSED, stored, by, at)
    return stored


def resume(*, letter: Letter, by: User | None, at: datetime) -> Letter:
    """Let people sign again after a pause. Raises WrongState."""
    with durable.commit():
        stored = _locked(letter, LetterStatus.PAUSED)
        stored.status, stored.paused_at = LetterStatus.PUBLISHED, None
        _save(stored, "status", "paused_at", at=at)
        _record(EventName.LETTER_RESUMED, stored, by, at)
    return stored


def close(*, letter: Letter, by: User | None, at: datetime) -> Letter:
    """End signing for good; the page, its names and its number stay. Raises WrongState."""
    with durable.commit():
        stored = _locked(letter, LetterStatus.PUBLISHED, LetterStatus.PAUSED)
        stored.status, stored.closed_at, stored.paused_at = LetterStatus.CLOSED, at, None
        _save(stored, "status", "closed_at", "paused_at", at=at)
        _record(EventName.LETTER_CLOSED, stored, by, at)
    return stored


def withdraw(*, letter: Letter, reason: str, by: User | None, at: datetime) -> Letter:
    """Take a published letter back, for good: its page says why and nothing else.

    Its ledger stays: what was counted was counted. Raises NotReady without a reason, WrongState.
    """
    if not reason.strip():
        raise NotReady(_("Say why the letter is withdrawn. Its readers will see it."))
    with durable.commit():
        stored = _locked(letter, LetterStatus.PUBLISHED, LetterStatus.PAUSED, LetterStatus.CLOSED)
        stored.status, stored.withdrawn_at, stored.paused_at = LetterStatus.WITHDRAWN, at, None
        stored.withdrawn_reason = reason.strip()
        _save(stored, "status", "withdrawn_at", "withdrawn_reason", "paused_at", at=at)
        _record(EventName.LETTER_WITHDRAWN, stored, by, at)
    return stored


def answer(*, letter: Letter, answer: str, answered_by: str, by: User | None, at: datetime) -> Letter:
    """Show what the addressee answered, before the letter's own words; instead of an earlier answer.

    `answer` is markdown, `answered_by` says who wrote it. Raises NotReady for less, WrongState.
    """
    answer, answered_by = prose.canonical(answer).strip(), prose.canonical(answered_by).strip()
    if not (answer and answered_by):
        raise NotReady(_("Give the answer in its own words, and say who wrote it."))
    with durable.commit():
        stored = _locked(letter, LetterStatus.PUBLISHED, LetterStatus.PAUSED, LetterStatus.CLOSED)
        stored.answer, stored.answered_by, stored.answered_at = answer, answered_by, at
        _save(stored, *ANSWER, at=at)
        _record(EventName.LETTER_ANSWERED, stored, by, at)
    return stored


def _number_texts(letter: Letter, at: datetime) -> None:
    texts = LetterText.objects.filter(letter=letter, published_at=None)
    for number, pk in enumerate(texts.order_by("version", "-authoritative", "language").values_list("pk"), 1):
        LetterText.objects.filter(pk=pk[0]).update(published_at=at, number=number)


def _locked(letter: Letter, *allowed: LetterStatus) -> Letter:
    stored = rows.locked(letter=letter)
    if stored.status not in allowed:
        raise WrongState
    return stored


def _save(letter: Letter, *fields: str, at: datetime) -> None:
    rows.save(letter=letter, fields=fields, at=at)


def _demand_ready(letter: Letter, *, at: datetime) -> None:
    for check in readiness.checks(letter=letter, at=at):
        if not check.fine:
            raise NotReady(check.says)
    if letter.organization.publishes_by_two:
        state = readiness.state(letter=letter)
        approvals.spend(kind=ApprovalKind.PUBLICATION, subject=letter.public_id, digest=state, at=at)


def _record(name: EventName, letter: Letter, by: User | None, at: datetime) -> None:
    events.record(name=name, subject=letter.public_id, by=events.actor(by), at=at)
