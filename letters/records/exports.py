"""Which signatures an export takes out of the site."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from letters.enums import Exported, SignatureState
from letters.models import Letter, Signature


def rows(*, letter: Letter, which: Exported, as_of: datetime) -> QuerySet[Signature]:
    """Return them without those who were forgotten: nothing of them is left to take out."""
    found = Signature.objects.filter(letter=letter, erased_at=None)
    if which == Exported.COUNTED:
        found = found.filter(state=SignatureState.CONFIRMED, counted_at__lte=as_of)
    return found
