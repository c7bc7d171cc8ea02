"""The numbers of a letter: how they moved, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_countries import countries

from letters import charts, languages, limits
from letters.admin.moments import written
from letters.admin.pages import Named
from letters.charts import Bar
from letters.enums import Interval, MessageKind, MessageState, Method
from letters.models import Breakdown, Figures, Letter
from letters.queries import breakdowns, figures, series
from letters.queries.series import Point
from letters.roles import Action

HOUR: Final = timedelta(hours=1)
FIRST: Final = 10
"""Lines of a table that stand there at once."""
STATES: Final = (
    MessageState.QUEUED, MessageState.SENT, MessageState.SKIPPED, MessageState.BOUNCED, MessageState.FAILED,
)  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """How the number moved, drawn and to read."""

    points: Sequence[Point]
    bars: Sequence[Bar]
    most: Point


@dataclass(frozen=True)
class Cell:
    """One line of a table: its words, its number, and how long the bar beside it is."""

    label: str
    number: int
    length: str


class Cells(NamedTuple):
    """The lines of a table: those that stand there at once, and those that are asked for."""

    first: list[Cell]
    others: list[Cell]


class Numbers(Named):
    """The page of a letter's numbers, for everybody in its team."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(require_safe(self.numbers))
        return [path("<int:pk>/numbers/", page, name="letters_letter_numbers"), *super().get_urls()]

    def numbers(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show all numbers of a letter."""
        letter = self.get_object(request, str(pk))
        if not self.may(request, Action.SEE_NUMBERS, letter):
            raise PermissionDenied
        if letter is None:
            raise Http404(pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Numbers"),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "share": reverse("admin:letters_letter_share", args=[pk]),
            **(_numbers(letter, timezone.now()) if hasattr(letter, "tally") else {}),
        }
        return TemplateResponse(request, "admin/letters/letter/numbers.html", context)


def _numbers(letter: Letter, now: datetime) -> dict[str, Any]:
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    first = this_hour - (limits.DESK_HOURS - 1) * HOUR
    hours = series.points(letter=letter, interval=Interval.HOUR, first=first, end=this_hour + HOUR, at=now)
    days = series.last_days(letter=letter, most=limits.DESK_DAYS, at=now)
    broken, made = breakdowns.find(letter=letter), figures.find(letter=letter)
    return {
        "tally": letter.tally,
        "as_of": written(letter.tally.as_of),
        "hours": _chart(hours),
        "days": _chart(days),
        "methods": _methods(letter),
        "countries": _countries(broken) if broken else None,
        **(_of_the_desk(made) if made else {}),
    }


def _chart(points: Sequence[Point]) -> Chart | None:
    if not points:
        return None
    bars = charts.upright([point.new for point in points])
    return Chart(points[::-1], bars, max(points, key=lambda point: point.new))


def _methods(letter: Letter) -> Cells | None:
    parts = letter.tally.parts()
    found = [(str(method.label), parts[f"by_{method}"]) for method in Method if parts[f"by_{method}"]]
    return _cells(sorted(found, key=lambda one: -one[1]))


def _countries(made: Breakdown) -> Cells | None:
    rows = [(str(countries.name(code)) or code, number) for code, number in made.countries]
    rows += [(_("Other countries, fewer than ten each"), made.countries_other)]
    return _cells([*rows, (_("Not stated"), made.countries_not_stated)])


def _of_the_desk(made: Figures) -> dict[str, Any]:
    links = [*((code, number) for code, number in made.sources), (_("Other codes"), made.sources_other)]
    return {
        "made_at": written(made.made_at),
        "languages": _cells([(languages.name(code), number) for code, number in made.languages]),
        "sources": _cells([*links, (_("Without a code"), made.sources_none)]),
        "forms": made,
        "not_confirmed": made.forms - made.forms_confirmed - made.forms_waiting,
        "rate": round(100 * made.forms_confirmed / made.forms) if made.forms else None,
        "days_of_forms": limits.PENDING_KEPT.days,
        "median": None if made.median_seconds is None else _lasting(made.median_seconds),
        "states": [state.label for state in STATES],
        "mails": _mails(made.mails),
    }


def _mails(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, list[int]]]:
    """Return a line for each kind of mail that there was, with how many are in each state."""
    found: dict[str, dict[str, int]] = {}
    for kind, state, number in rows:
        found.setdefault(kind, {})[state] = number
    lines = [kind for kind in MessageKind if kind in found]
    return [(str(kind.label), [found[kind].get(state, 0) for state in STATES]) for kind in lines]


def _cells(rows: Sequence[tuple[str, int]]) -> Cells | None:
    said = [row for row in rows if row[1]]
    drawn = zip(said, charts.lengths([number for _label, number in said]), strict=True)
    cells = [Cell(label, number, length) for (label, number), length in drawn]
    at_once = len(cells) if len(cells) <= FIRST + 2 else FIRST
    return Cells(cells[:at_once], cells[at_once:]) if cells else None


def _lasting(seconds: int) -> str:
    """Return a length of time in words, in its largest unit."""
    if seconds < 120:
        return ngettext("%(number)d second", "%(number)d seconds", seconds) % {"number": seconds}
    if seconds < 7_200:
        minutes = round(seconds / 60)
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    hours = round(seconds / 3_600)
    return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
