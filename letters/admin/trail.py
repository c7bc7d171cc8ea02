"""Events with the people, letters and organizations that they name, looked up for a whole page at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.admin import shelf, told
from letters.admin.moments import written
from letters.admin.rights import reach
from letters.models import Event, Letter, Organization, User

USER: Final = "user:"
HOME: Final = "organization:"
NOBODY: Final[dict[str, str | Promise]] = {
    "system": _("the platform"),
    "signatory": _("its owner"),
    "reader": _("a reader"),
}


@dataclass(frozen=True)
class Telling:
    """One event in words: who did what, to what, when, and what stands beside it."""

    at: str
    who: str
    what: str
    about: str
    details: list[str]


def tell(request: HttpRequest, events: Iterable[Event]) -> list[Telling]:
    """Return the events in words, with three statements at most for all of them."""
    rows = list(events)
    named = {one for row in rows for one in (row.actor, row.subject, row.letter)}
    named |= {f"{USER}{row.data['user']}" for row in rows if "user" in row.data}
    names = _people(request, named) | _organizations(named) | _letters(named)
    return [_telling(row, names) for row in rows]


def _telling(row: Event, names: dict[str, str]) -> Telling:
    data = dict(row.data)
    person = data.pop("user", None)
    details = told.details(data)
    if person is not None:
        details.insert(0, names.get(f"{USER}{person}", f"{USER}{person}"))
    who = names.get(row.actor) or str(NOBODY.get(row.actor, row.actor))
    about = names.get(row.subject) or names.get(row.letter) or ""
    return Telling(written(row.at), who, told.what(row.name), about, details)


def called(request: HttpRequest, user: User) -> str:
    """Teams read the names of their own people; whoever runs the platform is no person to them."""
    return str(NOBODY["system"]) if user.is_superuser and not reach(request).everything else str(user)


def _people(request: HttpRequest, named: set[str]) -> dict[str, str]:
    found = User.objects.filter(pk__in=_numbers(named, USER))
    return {f"{USER}{user.pk}": called(request, user) for user in found}


def _organizations(named: set[str]) -> dict[str, str]:
    found = Organization.objects.filter(pk__in=_numbers(named, HOME))
    return {one.code: one.name for one in found}


def _letters(named: set[str]) -> dict[str, str]:
    codes = [one for one in named if one and ":" not in one]
    found = shelf.named(Letter.objects.filter(public_id__in=codes))
    return {one.public_id: shelf.title(one) for one in found}


def _numbers(named: set[str], kind: str) -> list[int]:
    numbers = [one.removeprefix(kind) for one in named if one.startswith(kind)]
    return [int(number) for number in numbers if number.isdecimal()]
