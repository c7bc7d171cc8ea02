"""The letters on the home of the desk: how each stands, what comes next, and the one thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from letters import charts, limits
from letters.admin import shelf, waiting
from letters.admin.editor import stages
from letters.admin.moments import both
from letters.admin.rights import may
from letters.charts import Bar
from letters.enums import SIGNABLE_PHASES, LetterStatus, Phase
from letters.models import Letter
from letters.queries import series
from letters.queries.series import Day
from letters.roles import Action

MOST: Final = 10
DAYS: Final = 14
OVER: Final = (LetterStatus.CLOSED, LetterStatus.WITHDRAWN)


@dataclass(frozen=True)
class Way:
    """What most people want to do with a letter now, and where."""

    label: str
    page: str


@dataclass(frozen=True)
class Row:
    """One letter. `moved` is by how much its number moved today; the bars are its last days."""

    pk: int
    title: str
    organization: str
    phase: Phase
    label: str | Promise
    count: int | None
    moved: int
    new: int
    bars: Sequence[Bar]
    next: str
    way: Way | None


def rows(request: HttpRequest, letters: QuerySet[Letter], *, at: datetime) -> list[Row]:
    """Return the newest letters of those that `shelf.titled` found; what is over stands last."""
    over = ExpressionWrapper(Q(status__in=OVER), BooleanField())
    waits = {
        name: Exists(found().filter(letter=OuterRef("pk")))
        for name, found in (
            ("has_reports", waiting.reports), ("has_names", waiting.names), ("has_reasons", waiting.reasons)
        )
    }  # fmt: skip
    found = list(letters.annotate(**waits).order_by(over, "-published_at", "-pk")[:MOST])
    days = series.recent(letters=found, days=DAYS, at=at)
    return [_row(request, letter, days[letter.pk], at) for letter in found]


def _row(request: HttpRequest, letter: Letter, days: Sequence[Day], at: datetime) -> Row:
    phase, new = letter.phase(at=at), [day.new for day in days]
    return Row(
        pk=letter.pk,
        title=shelf.title(letter),
        organization=letter.organization.name,
        phase=phase,
        label=phase.label,
        count=shelf.count(letter),
        moved=days[-1].moved,
        new=sum(new),
        bars=charts.upright(new) if any(new) else (),
        next=_next(letter, phase, at),
        way=_way(request, letter, phase, at),
    )


def _next(letter: Letter, phase: Phase, at: datetime) -> str:
    """Return the next date of a letter in a sentence, or nothing."""
    zone, ended = letter.time_zone, letter.ended_at(at=at)
    if phase in {Phase.DRAFT, Phase.SCHEDULED} and letter.opens_at and letter.opens_at > at:
        return _("Opens %(moment)s") % {"moment": both(letter.opens_at, zone=zone)}
    if phase in {Phase.DRAFT, Phase.PAUSED, *SIGNABLE_PHASES} and letter.closes_at:
        return _("Closes %(moment)s") % {"moment": both(letter.closes_at, zone=zone)}
    if ended and not letter.forgotten_at:
        moment = both(ended + limits.KEPT_AFTER_CLOSING, zone=zone)
        return _("Addresses are deleted from %(moment)s on") % {"moment": moment}
    return ""


def _way(request: HttpRequest, letter: Letter, phase: Phase, at: datetime) -> Way | None:
    def can(action: Action) -> bool:
        return may(request, action, organization_id=letter.organization_id)

    if phase == Phase.DRAFT:
        return _written(letter, at, writes=can(Action.WRITE), publishes=can(Action.PUBLISH))
    if can(Action.MODERATE) and (way := _decided(letter)):
        return way
    if phase == Phase.WITHDRAWN:
        return None
    if phase == Phase.PAUSED and can(Action.PUBLISH):
        return Way(_("Resume signing"), _page("letter_resume", letter.pk))
    if phase == Phase.CLOSED and can(Action.PUBLISH) and not letter.answered_at:
        return Way(_("Publish an answer"), _page("letter_answer", letter.pk))
    return Way(_("See the numbers"), _page("letter_numbers", letter.pk))


def _written(letter: Letter, at: datetime, *, writes: bool, publishes: bool) -> Way:
    """Return where a draft goes on: at the first stage that is not complete, or before the public."""
    steps = stages.steps(letter, shelf.texts(letter), at=at)
    step = next((step for step in steps if not step.complete), None)
    if writes and step:
        return Way(_("Continue: %(part)s") % {"part": step.stage.label}, step.address)
    if publishes:
        return Way(_("Publish"), _page("letter_publish", letter.pk))
    return Way(_("Read the draft"), _page("letter_change", letter.pk))


def _decided(letter: Any) -> Way | None:
    """Return where a person is waited for, if anywhere."""
    where = f"?letter__id__exact={letter.pk}"
    if letter.has_reports:
        return Way(_("Settle reports"), _page("report_changelist") + where)
    if letter.has_names:
        return Way(_("Review names"), _page("name_changelist") + where)
    if letter.has_reasons:
        return Way(_("Read reasons"), _page("reason_changelist") + where + "&reason_display__exact=waiting")
    return None


def _page(name: str, *args: object) -> str:
    return reverse(f"admin:letters_{name}", args=args)
