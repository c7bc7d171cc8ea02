"""The stages in which a letter is written, and which of them are complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.enums import LetterStatus
from letters.models import Letter, LetterText


@dataclass(frozen=True)
class Stage:
    """One page on which a part of a letter is written. `name` ends its address."""

    name: str
    # Words are others in another language; the stage is the same.
    label: str | Promise = field(compare=False)
    about: str | Promise = field(compare=False)
    page: str
    """The end of the name of its address."""

    def address(self, letter: Letter) -> str:
        """Return where it is found at the desk."""
        return reverse(f"admin:letters_letter_{self.page}", args=[letter.pk])


TEXT: Final = Stage("text", _("Text"), _("Title, addressee and words"), "text")
LANGUAGES: Final = Stage("languages", _("Languages"), _("Translations, if you like"), "translations")
FORM: Final = Stage("form", _("Form"), _("What people are asked for"), "form")
LOOK: Final = Stage("look", _("Look"), _("Letterhead, address and target"), "look")
SCHEDULE: Final = Stage("schedule", _("Schedule"), _("When people can sign"), "schedule")
STAGES: Final = (TEXT, LANGUAGES, FORM, LOOK, SCHEDULE)


@dataclass(frozen=True)
class Step:
    """A stage in the list that stands above each of them. Without an address it cannot be opened yet."""

    stage: Stage
    address: str
    complete: bool | None
    """None where nothing is to be done any more."""
    current: bool = False


def steps(letter: Letter, texts: Sequence[LetterText], *, at: datetime, current: str = "") -> list[Step]:
    """Return all stages of a letter with its texts, the binding one first."""
    done = complete(letter, texts, at=at)
    draft = letter.status == LetterStatus.DRAFT
    return [
        Step(
            stage,
            stage.address(letter) if letter.pk else "",
            stage.name in done if draft else None,
            stage.name == current,
        )
        for stage in STAGES
    ]


def complete(letter: Letter, texts: Sequence[LetterText], *, at: datetime) -> set[str]:
    """Return the names of the stages in which nothing is left to do.

    Words are complete when they are there; what has a default, once somebody has looked at it and saved.
    """
    done = set(letter.stages_done)
    if texts and not missing(texts[0]):
        done.add(TEXT.name)
    if texts and not any(missing(text) for text in texts[1:]):
        done.add(LANGUAGES.name)
    if letter.closes_at and letter.closes_at <= at:
        done.discard(SCHEDULE.name)
    return done


def missing(text: LetterText) -> list[str | Promise]:
    """Return what a text in one language lacks, in words; `has_body` stands for a body that was not read."""
    has_body = text.has_body if hasattr(text, "has_body") else text.body.strip()
    parts = ((_("title"), text.title.strip()), (_("to"), text.addressees.strip()), (_("text"), has_body))
    return [label for label, words in parts if not words]


def after(stage: Stage) -> Stage | None:
    """Return the stage that comes next; None after the last."""
    place = STAGES.index(stage) + 1
    return STAGES[place] if place < len(STAGES) else None
