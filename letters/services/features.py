"""Showing first, under a letter, those whose signature a person has checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from letters import durable, limits
from letters.enums import EventName
from letters.models import Feature, Letter, Signature, User
from letters.records import events, locks, names
from letters.refusal import Refusal


class NotShown(Refusal):
    """Nobody reads this name under this letter."""

    message = _("Only a signature that is counted and shown under this letter can be featured.")


class Unchecked(Refusal):
    """It is not said who checked the signature, how, or when."""

    message = _("Say who checked the signature, how, and on which day. The day cannot lie in the future.")


class Featured(Refusal):
    """The signature is featured already."""

    message = _("This signature is featured already.")


class TooMany(Refusal):
    """The letter features as many as its pages can hold."""

    message = _("No more signatures can be featured under this letter. Take one off first.")


class Ended(Refusal):
    """The signature is not featured any more."""

    message = _("This signature is not featured any more. Reload the page.")


class Way(StrEnum):
    """Where to: nearer to the first place, or further from it."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Check:
    """That a person made sure: who, how ("by telephone at her office") and on which day."""

    by: str
    how: str
    on: date


def feature(*, letter: Letter, uid: UUID, check: Check, by: User | None, at: datetime) -> Feature:
    """Show a signature first under its letter, after those that are featured already.

    Raises Unchecked, NotShown, Featured, TooMany.
    """
    today = at.astimezone(ZoneInfo(letter.time_zone)).date()
    who, how = check.by.strip(), check.how.strip()
    if not who or not how or check.on > today:
        raise Unchecked
    with durable.commit():
        locks.wait(lock=locks.FEATURE, letter_id=letter.pk)
        signature = Signature.objects.locked(uid=uid)
        if signature is None or signature.letter_id != letter.pk or not signature.is_on_the_wall:
            raise NotShown
        rows = list(Feature.objects.filter(letter=letter).order_by("position"))
        if any(row.signature_id == signature.pk for row in rows):
            raise Featured
        if len(rows) >= limits.FEATURED_MOST:
            raise TooMany
        made = Feature.objects.create(
            letter=letter,
            signature=signature,
            position=rows[-1].position + 1 if rows else 1,
            checked_by=who,
            checked_how=how,
            checked_at=check.on,
            created_at=at,
        )
        _tell(EventName.FEATURE_PUT, made, by, at)
    return made


def move(*, pk: int, way: Way, by: User | None, at: datetime) -> None:
    """Let a featured signature change places with its neighbour; at the end of the list nothing changes.

    Raises Ended.
    """
    with durable.commit():
        rows = list(
            Feature.objects.select_related("signature", "letter")
            .select_for_update(of=("self",))
            .filter(letter__features=pk)
            .order_by("position")
        )
        place = next((place for place, row in enumerate(rows) if row.pk == pk), None)
        if place is None:
            raise Ended
        other = place - 1 if way == Way.UP else place + 1
        if not 0 <= other < len(rows):
            return
        one, beside = rows[place], rows[other]
        one.position, beside.position = beside.position, one.position
        Feature.objects.bulk_update((one, beside), ("position",))
        _tell(EventName.FEATURE_MOVED, one, by, at)


def unfeature(*, pk: int, by: User | None, at: datetime) -> None:
    """Let a signature stand among the others again. Raises Ended."""
    with durable.commit():
        rows = Feature.objects.select_related("signature", "letter").select_for_update(of=("self",))
        one = rows.filter(pk=pk).first()
        if one is None:
            raise Ended
        Feature.objects.filter(pk=pk).delete()
        _tell(EventName.FEATURE_ENDED, one, by, at)


def _tell(name: EventName, one: Feature, by: User | None, at: datetime) -> None:
    letter = one.letter.public_id
    events.record(name=name, subject=one.signature.uid, by=events.actor(by), at=at, letter=letter)
    names.bump(letter_id=one.letter_id)
