"""What an organizer does with a letter: publish, pause, resume, close. Each says first what will happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters import limits
from letters.admin.moments import written
from letters.enums import LetterStatus
from letters.models import Letter
from letters.services import letters


@dataclass(frozen=True)
class Act:
    """One thing that can be done with a letter in some states."""

    name: str
    button: str | Promise
    question: str | Promise
    done: str | Promise
    states: frozenset[LetterStatus]
    service: Callable[..., Letter]
    consequences: Callable[[Letter, datetime], list[str]]


def address(letter: Letter) -> str:
    """Return where readers find a letter."""
    return f"{settings.SITE_URL}{reverse('letters:letter', args=[letter.slug])}"


def _publishing(letter: Letter, at: datetime) -> list[str]:
    if letter.opens_at and letter.opens_at > at:
        first = _(
            "Anyone can see at %(address)s that the letter opens on %(moment)s. "
            "Its text appears and signing begins at that time."
        ) % {"address": address(letter), "moment": written(letter.opens_at)}
    else:
        first = _("Anyone can read the letter at %(address)s and sign it at once.") % {
            "address": address(letter)
        }
    if letter.closes_at:
        last = _("Signing ends on %(moment)s. You can close it earlier.") % {
            "moment": written(letter.closes_at)
        }
    else:
        last = _("Signing goes on until you close the letter.")
    fixed = _("The text, the address and the organization can no longer be changed.")
    return [first, fixed, last]


def _pausing(letter: Letter, at: datetime) -> list[str]:
    return [
        _("Nobody can sign until you resume."),
        _("The page, its names and its number stay public."),
        _("People who signed before can still confirm by the link in their mail."),
    ]


def _resuming(letter: Letter, at: datetime) -> list[str]:
    return [_("People can sign again at once.")]


def _closing(letter: Letter, at: datetime) -> list[str]:
    hours = int(limits.CONFIRM_GRACE.total_seconds() // 3600)
    return [
        _("Signing ends now, for good: a closed letter cannot be opened again."),
        _("The page, its names and its number stay public."),
        ngettext(
            "People who signed before can still confirm for %(hours)s hour.",
            "People who signed before can still confirm for %(hours)s hours.",
            hours,
        )
        % {"hours": hours},
    ]


ACTS: Final = (
    Act(
        name="publish",
        button=gettext_lazy("Publish"),
        question=gettext_lazy("Publish this letter?"),
        done=gettext_lazy("The letter is published."),
        states=frozenset({LetterStatus.DRAFT}),
        service=letters.publish,
        consequences=_publishing,
    ),
    Act(
        name="resume",
        button=gettext_lazy("Resume signing"),
        question=gettext_lazy("Resume signing?"),
        done=gettext_lazy("People can sign again."),
        states=frozenset({LetterStatus.PAUSED}),
        service=letters.resume,
        consequences=_resuming,
    ),
    Act(
        name="pause",
        button=gettext_lazy("Pause signing"),
        question=gettext_lazy("Pause signing?"),
        done=gettext_lazy("Signing is paused."),
        states=frozenset({LetterStatus.PUBLISHED}),
        service=letters.pause,
        consequences=_pausing,
    ),
    Act(
        name="close",
        button=gettext_lazy("Close the letter"),
        question=gettext_lazy("Close this letter for good?"),
        done=gettext_lazy("The letter is closed."),
        states=frozenset({LetterStatus.PUBLISHED, LetterStatus.PAUSED}),
        service=letters.close,
        consequences=_closing,
    ),
)


def possible(letter: Letter) -> list[Act]:
    """Return what can be done with a letter as it stands."""
    return [act for act in ACTS if letter.status in act.states]


def standing(letter: Letter, *, at: datetime) -> str:
    """Return a sentence that says how a letter stands."""
    moments = {"opens": letter.opens_at, "closes": letter.closes_at, "paused": letter.paused_at}
    values = {name: written(moment) for name, moment in moments.items() if moment}
    values["ended"] = written(letter.ended_at(at=at) or at)
    return {
        "draft": _("Only people at this desk see it."),
        "scheduled": _("Its page says that it opens on %(opens)s."),
        "open": _("Anyone can read and sign it."),
        "closing": _("Anyone can read and sign it until %(closes)s."),
        "paused": _("Anyone can read it. Nobody can sign it since %(paused)s."),
        "closed": _("Anyone can read it. Signing ended on %(ended)s."),
        "withdrawn": _("Nobody can read it any more."),
    }[letter.phase(at=at).value] % values
