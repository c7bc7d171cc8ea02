"""An order of law about the words of the letter in the gallery."""

from __future__ import annotations

from letters.models import Withholding
from letters.web.gallery.cast import AS_OF


def withholding() -> Withholding:
    """Return an order of law about the words of a letter."""
    return Withholding(
        pk=1,
        authority="The Regional Court of Elmsbruck",
        reference="24 O 17/26",
        ordered_on=AS_OF.date(),
        reason="The text names a witness in a trial that has not ended.",
        withheld_at=AS_OF,
    )
