"""Saying that two affiliations are one, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from letters import affiliations, durable
from letters.enums import EventName
from letters.models import AffiliationMerge, Letter, User
from letters.records import events
from letters.records import letters as rows
from letters.refusal import Refusal


class Nameless(Refusal):
    """One of the two holds no letter and no digit."""

    message = _("Write two affiliations, each with at least one letter or digit.")


class SameAlready(Refusal):
    """Both are spellings of one."""

    message = _("These are spellings of one affiliation, and are counted together already.")


class InCircle(Refusal):
    """The second is counted under the first."""

    message = _("The second is counted as the first already. Take that back before you turn it around.")


class MergedAlready(Refusal):
    """The first is counted under another."""

    message = _("This affiliation is counted as another already. Take that back first.")


def merge(*, letter: Letter, spelling: str, name: str, by: User | None, at: datetime) -> AffiliationMerge:
    """Count an affiliation, in all its spellings, as another, which is then called `name`.

    Raises Nameless, SameAlready, InCircle, MergedAlready.
    """
    key, name_key = affiliations.key(spelling), affiliations.key(name)
    if not key or not name_key:
        raise Nameless
    if key == name_key:
        raise SameAlready
    with durable.commit():
        letter = rows.locked(letter=letter)
        known = dict(AffiliationMerge.objects.filter(letter=letter).values_list("key", "name_key"))
        if key in known:
            raise MergedAlready
        target = name_key
        while target in known:
            target = known[target]
        if target == key:
            raise InCircle
        made = AffiliationMerge.objects.create(
            letter=letter, spelling=spelling, name=name, key=key, name_key=name_key, created_at=at
        )
        _save(letter, EventName.AFFILIATION_MERGED, by, at)
    return made


def split(*, merge: AffiliationMerge, by: User | None, at: datetime) -> None:
    """Count an affiliation by itself again."""
    with durable.commit():
        letter = rows.locked(letter=merge.letter)
        merge.delete()
        _save(letter, EventName.AFFILIATION_SPLIT, by, at)


def _save(letter: Letter, name: EventName, by: User | None, at: datetime) -> None:
    rows.save(letter=letter, at=at)
    events.record(name=name, subject=letter.public_id, by=events.actor(by), at=at)
