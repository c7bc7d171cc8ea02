"""What the signatures themselves say that the tally holds of them: what it must add up to."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count
from django.db.models.functions import Coalesce

from letters import durable, tallying
from letters.enums import COUNTED, Tallied
from letters.models import Signature


def held(*, letter_id: int) -> Counter[str]:
    """Return the parts of a tally that the signatures of a letter add up to."""
    durable.demand()
    found: Counter[str] = Counter()
    counted = Signature.objects.filter(letter_id=letter_id).exclude(tallied=Tallied.NOT)
    for row in counted.values("tallied", "kind", "counted_method").annotate(rows=Count("pk")).order_by():
        one = tallying.parts(tallied=row["tallied"], kind=row["kind"], method=row["counted_method"])
        found.update({part: step * row["rows"] for part, step in one.items()})
    return found


def by_text(*, letter_id: int) -> dict[str, int]:
    """Return how many counted signatures of a letter stand on each text, as a tally holds it."""
    durable.demand()
    counted = Signature.objects.filter(letter_id=letter_id, tallied__in=COUNTED)
    texts = counted.annotate(held=Coalesce("counted_text", "text__number"))
    rows = texts.values_list("held").annotate(rows=Count("pk")).order_by("held")
    return {str(number): many for number, many in rows}
