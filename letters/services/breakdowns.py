"""Counting a letter's number by country and by affiliation."""

from __future__ import annotations

from datetime import datetime

from letters import disclosure, durable, limits
from letters.models import Breakdown, Tally
from letters.records import breakdowns


def refresh(*, letter_id: int, at: datetime) -> Breakdown:
    """Count a letter's number by country and by affiliation anew, and store what may be said of it.

    It leaves no event: it says nothing that the signatures and the tally do not say. A seal of this
    letter waits meanwhile, some seconds for a million signatures; signing waits for nothing.
    """
    with durable.commit():
        rows = Tally.objects.select_for_update(of=("self",)).select_related("letter__names_revision")
        tally = rows.get(letter_id=letter_id)
        by_country, by_affiliation = breakdowns.countries(tally=tally), breakdowns.by_affiliation(tally=tally)
        countries = disclosure.limit(by_country.stated, least=limits.CELL_LEAST)
        affiliations = disclosure.limit(
            by_affiliation.stated, least=limits.AFFILIATION_LEAST, most=limits.AFFILIATIONS_MOST
        )
        made, _new = Breakdown.objects.update_or_create(
            letter_id=letter_id,
            defaults={
                "as_of": tally.as_of,
                "made_at": max(at, tally.as_of),
                "countries": countries.cells,
                "countries_other": countries.other,
                "countries_not_stated": by_country.not_stated,
                "affiliations": affiliations.cells,
                "affiliations_other": affiliations.other,
                "affiliations_not_stated": by_affiliation.not_stated,
                "letter_revision": tally.letter.revision,
                "tally_revision": tally.revision,
                "names_revision": tally.letter.names_revision.value,
            },
        )
    return made
