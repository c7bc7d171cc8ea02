"""What the signatures of a letter say of countries and affiliations, at one tally."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, QuerySet

from letters import affiliations, durable
from letters.enums import COUNTED, Tallied
from letters.models import AffiliationMerge, Signature, Tally


class Numbers(NamedTuple):
    """The number of each, and of those who stated nothing. Small ones are in it: it is not to be said."""

    stated: dict[str, int]
    not_stated: int


def countries(*, tally: Tally) -> Numbers:
    """Return the number of each country, by code, over all counted signatures, private ones too.

    The tally must be locked, so that no seal moves it: then all of it adds up to the tally's number.
    """
    durable.demand()
    stated = _by("country", Signature.objects.filter(letter_id=tally.letter_id, tallied__in=COUNTED))
    stated.pop("", None)
    return Numbers(stated, tally.count - sum(stated.values()))


def by_affiliation(*, tally: Tally) -> Numbers:
    """Return the number of each affiliation, its spellings together, over the names that are shown.

    The tally must be locked, as above: with those who stated none it adds up to its public names. One
    that was hidden since then is among those.
    """
    durable.demand()
    shown = Signature.objects.filter(letter_id=tally.letter_id, tallied=Tallied.SHOWN).on_the_wall()
    merges = AffiliationMerge.objects.filter(letter_id=tally.letter_id)
    named = {one.key: (one.name_key, one.name) for one in merges}
    stated = affiliations.together(_by("affiliation", shown), named)
    return Numbers(stated, tally.public - sum(stated.values()))


def _by(field: str, signatures: QuerySet[Signature]) -> dict[str, int]:
    rows = signatures.values_list(field).annotate(rows=Count("pk")).order_by()
    return {str(value): number for value, number in rows.iterator()}
