"""What an organizer does with a letter: publish, pause, resume, close, answer, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters import limits
from letters.admin.acting import Act, simply
from letters.admin.moments import both
from letters.admin.publishing import ASK, PUBLISH
from letters.enums import LetterStatus
from letters.models import Letter
from letters.services import letters


class AnswerForm(forms.Form):
    """What came back, in its own words."""

    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=limits.ANSWER_MAX,
        widget=AdminTextareaWidget(attrs={"rows": 12}),
        help_text=gettext_lazy("In its own words, and whole. Markdown, as in a letter."),
    )
    answered_by = forms.CharField(
        label=gettext_lazy("Who answered"),
        max_length=limits.ANSWERED_BY_MAX,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Like: the Federal Ministry of Transport."),
    )


class ReasonForm(forms.Form):
    """Why a letter is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=limits.WITHDRAWN_REASON_MAX,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Readers of the letter’s address see this sentence and nothing else."),
    )


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
        _("Then those who asked for news are told by mail that it has closed, with its number."),
    ]


def _answering(letter: Letter, at: datetime) -> list[str]:
    return [
        _("The answer stands before the letter at once, for everybody."),
        _("Signing goes on until you close the letter.")
        if letter.status != LetterStatus.CLOSED
        else _("The number of signatures stays as it is."),
        _("You can replace the answer later, and its day with it."),
    ]


def _withdrawing(letter: Letter, at: datetime) -> list[str]:
    return [
        _("The letter, its names and its numbers can no longer be read. This cannot be undone."),
        _("Its address says since when and why."),
        _("Its public ledger stays, without names: what was counted was counted."),
    ]


def _in(*states: LetterStatus) -> Callable[[Letter], bool]:
    return lambda letter: letter.status in states


ACTS: Final = (
    PUBLISH,
    ASK,
    Act(
        name="resume",
        button=gettext_lazy("Resume signing"),
        question=gettext_lazy("Resume signing?"),
        done=gettext_lazy("People can sign again."),
        fits=_in(LetterStatus.PAUSED),
        service=simply(letters.resume),
        consequences=_resuming,
        leads=True,
    ),
    Act(
        name="pause",
        button=gettext_lazy("Pause signing"),
        question=gettext_lazy("Pause signing?"),
        done=gettext_lazy("Signing is paused."),
        fits=_in(LetterStatus.PUBLISHED),
        service=simply(letters.pause),
        consequences=_pausing,
    ),
    Act(
        name="answer",
        button=gettext_lazy("Publish an answer"),
        question=gettext_lazy("What was answered?"),
        done=gettext_lazy("The answer stands before the letter."),
        fits=_in(LetterStatus.PUBLISHED, LetterStatus.PAUSED, LetterStatus.CLOSED),
        service=simply(letters.answer),
        consequences=_answering,
        form=AnswerForm,
        begins=lambda letter: {"answer": letter.answer, "answered_by": letter.answered_by},
    ),
    Act(
        name="close",
        button=gettext_lazy("Close the letter"),
        question=gettext_lazy("Close this letter for good?"),
        done=gettext_lazy("The letter is closed."),
        fits=_in(LetterStatus.PUBLISHED, LetterStatus.PAUSED),
        service=simply(letters.close),
        consequences=_closing,
        asks_again=True,
    ),
    Act(
        name="withdraw",
        button=gettext_lazy("Withdraw the letter"),
        question=gettext_lazy("Take this letter back for good?"),
        done=gettext_lazy("The letter is withdrawn."),
        fits=_in(LetterStatus.PUBLISHED, LetterStatus.PAUSED, LetterStatus.CLOSED),
        service=simply(letters.withdraw),
        consequences=_withdrawing,
        asks_again=True,
        form=ReasonForm,
    ),
)


def standing(letter: Letter, *, at: datetime) -> str:
    """Return a sentence that says how a letter stands."""
    moments = {"opens": letter.opens_at, "closes": letter.closes_at, "paused": letter.paused_at}
    values = {name: both(moment, zone=letter.time_zone) for name, moment in moments.items() if moment}
    values["ended"] = both(letter.ended_at(at=at) or at, zone=letter.time_zone)
    return {
        "draft": _("Only people at this desk see it."),
        "scheduled": _("Its page says that it opens on %(opens)s."),
        "open": _("Anyone can read and sign it."),
        "closing": _("Anyone can read and sign it until %(closes)s."),
        "paused": _("Anyone can read it. Nobody can sign it since %(paused)s."),
        "closed": _("Anyone can read it. Signing ended on %(ended)s."),
        "withdrawn": _("Nobody can read it any more."),
    }[letter.phase(at=at).value] % values
