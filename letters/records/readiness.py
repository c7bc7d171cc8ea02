"""What a letter needs before it is published: one list of rules, for the page and for the act."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from letters import languages
from letters.enums import ApprovalKind, Recipients
from letters.models import Approval, Letter, LetterText, Reading
from letters.models.reading import shown


class Part(StrEnum):
    """What has to be looked at."""

    TEXT = "text"
    TRANSLATION = "translation"
    ORGANIZATION = "organization"
    APPROVED = "approved"
    DATA = "data"
    SCHEDULE = "schedule"
    PREVIEW = "preview"
    SECOND = "second"


@dataclass(frozen=True)
class Check:
    """One rule: what is fine, or what is missing and why. `language` is that of the text it is about."""

    part: Part
    fine: bool
    says: str
    language: str = ""


def checks(*, letter: Letter, at: datetime) -> list[Check]:
    """Return every rule for a draft as it stands at `at`, in the order in which a person works."""
    texts = _texts(letter)
    return [
        *_words(texts),
        *_organization(letter),
        *_data(letter, texts),
        *_schedule(letter, at),
        *_previews(letter, texts),
        *_second(letter, texts, at),
    ]


def told(*, letter: Letter, language: str) -> Check:
    """Return whether people who read the letter in this language are told in it about their data."""
    name = {"language": languages.name(language)}
    fine = letter.recipients != Recipients.OTHERS or bool(letter.recipients_named.get(language))
    missing = _("Name in %(language)s who else gets the data.") % name
    if not languages.is_spoken(language):
        fine = bool(letter.notices.get(language))
        missing = (
            _("This site has no words in %(language)s for what people are told about their data.") % name
            + " "
            + _("Write them.")
        )
    says = _("What people are told about their data is there in %(language)s.") % name
    return _check(Part.DATA, fine, says, missing, language)


def state(*, letter: Letter) -> bytes:
    """Return the digest of all that readers and signatories of a draft would see, in every language."""
    return _state(letter, _texts(letter))


def _texts(letter: Letter) -> list[LetterText]:
    return list(letter.texts.filter(published_at=None).order_by("-authoritative", "language"))


def _state(letter: Letter, texts: list[LetterText]) -> bytes:
    return hashlib.sha256(b"".join(shown(letter=letter, text=text) for text in texts)).digest()


def _words(texts: list[LetterText]) -> Iterator[Check]:
    binding = texts[0] if texts and texts[0].authoritative else LetterText()
    for words, fine, missing in (
        (binding.title, _("It has a title."), _("Write a title: what you ask for, in a few words.")),
        (
            binding.addressees,
            _("It says whom it is addressed to."),
            _("Say whom the letter is addressed to, by name or office."),
        ),
        (binding.body, _("It has a text."), _("Write the text of the letter.")),
    ):
        yield _check(Part.TEXT, bool(words.strip()), fine, missing)
    for text in texts:
        if not text.authoritative:
            whole = all(words.strip() for words in (text.title, text.addressees, text.body))
            name = {"language": languages.name(text.language)}
            yield _check(
                Part.TRANSLATION,
                whole,
                _("The translation into %(language)s is complete.") % name,
                _("The translation into %(language)s is not complete. Finish it, or delete it.") % name,
                text.language,
            )


def _organization(letter: Letter) -> Iterator[Check]:
    home = letter.organization
    yield _check(
        Part.APPROVED,
        home.approved_at is not None,
        _("The platform has approved the organization."),
        _("The organization waits for approval by the platform. You need do nothing for that."),
    )
    for words, fine, missing in (
        (
            home.legal_name,
            _("The organization has a legal name: readers see who is responsible for their data."),
            _("The organization has no legal name: say who is responsible for the signatories’ data."),
        ),
        (
            home.contact,
            _("The organization has a contact that readers may write to."),
            _("The organization has no contact: give an address that readers may write to."),
        ),
    ):
        yield _check(Part.ORGANIZATION, bool(words.strip()), fine, missing)


def _data(letter: Letter, texts: list[LetterText]) -> Iterator[Check]:
    yield _check(
        Part.DATA,
        bool(letter.recipients),
        _("It says who else gets the data of those who sign."),
        _("Say who else gets the data of those who sign. The form tells them."),
    )
    yield _check(
        Part.DATA,
        letter.data_until is not None,
        _("It says by which day addresses are deleted."),
        _("Say by which day the addresses of those who sign are deleted: choose it, or a closing time."),
    )
    for text in texts:
        yield told(letter=letter, language=text.language)


def _schedule(letter: Letter, at: datetime) -> Iterator[Check]:
    end = letter.closes_at
    yield _check(
        Part.SCHEDULE,
        end is None or end > at,
        _("It does not close before it is published."),
        _("The closing time has passed. Choose a later one, or none."),
    )
    if letter.latest_end:
        yield _check(
            Part.SCHEDULE,
            letter.latest_end > (end or letter.opens_at or at),
            _("It closes early enough for addresses to be deleted when it says so."),
            _(
                "It closes too late: addresses are needed for 30 days after that, and people are told that "
                "they are deleted earlier. Choose an earlier closing time, or a later day."
            ),
        )


def _previews(letter: Letter, texts: list[LetterText]) -> Iterator[Check]:
    read = {one.language: bytes(one.digest) for one in Reading.objects.filter(letter=letter)}
    for text in texts:
        name = {"language": languages.name(text.language)}
        missing = _("Nobody has read the preview in %(language)s yet.")
        if text.language in read:
            missing = _("Something has changed since the preview in %(language)s was read. Read it again.")
        yield _check(
            Part.PREVIEW,
            read.get(text.language) == shown(letter=letter, text=text),
            _("Somebody has read the preview in %(language)s as it stands.") % name,
            missing % name,
            text.language,
        )


def _second(letter: Letter, texts: list[LetterText], at: datetime) -> Iterator[Check]:
    if not letter.organization.publishes_by_two:
        return
    of_this = Approval.objects.standing(at=at).filter(kind=ApprovalKind.PUBLICATION)
    asked = of_this.filter(subject=letter.public_id, digest=_state(letter, texts)).first()
    yield _check(
        Part.SECOND,
        asked is not None and asked.given_at is not None,
        _("Another person has approved it as it stands."),
        _("Another person is asked to approve it as it stands, and has not answered yet.")
        if asked
        else _("Another person has to approve it as it stands."),
    )


def _check(part: Part, fine: bool, says: str, missing: str, language: str = "") -> Check:
    return Check(part, fine, says if fine else missing, language)
