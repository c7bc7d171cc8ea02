"""Second factors that somebody says were lost."""

from __future__ import annotations

from datetime import datetime

from letters.enums import ApprovalKind
from letters.models import Approval


def waiting(*, pk: int, at: datetime) -> Approval | None:
    """Return such a question that nobody has answered yet, with who asked it, or None."""
    rows = Approval.objects.waiting(at=at).select_related("asked_by")
    return rows.filter(pk=pk, kind=ApprovalKind.FACTOR_RESET).first()
