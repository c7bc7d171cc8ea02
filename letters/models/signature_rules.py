"""What the database refuses of a signature, whoever writes it."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from letters import limits, sources
from letters.enums import (
    LIVE_STATES,
    Display,
    Method,
    ReasonDisplay,
    SignatureKind,
    SignatureState,
    Visibility,
)

CONSTRAINTS: Final = (
    models.UniqueConstraint(
        fields=("letter", "kind", "email_key"),
        condition=Q(state__in=LIVE_STATES),
        name="signature_one_per_mailbox",
    ),
    models.CheckConstraint(condition=Q(state__in=SignatureState.values), name="signature_state_known"),
    models.CheckConstraint(condition=Q(display__in=Display.values), name="signature_display_known"),
    models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="signature_visibility_known"),
    models.CheckConstraint(condition=Q(method__in=Method.values), name="signature_method_known"),
    models.CheckConstraint(condition=Q(kind__in=SignatureKind.values), name="signature_kind_known"),
    models.CheckConstraint(
        condition=Q(visibility=Visibility.PUBLIC) | Q(display=Display.PRIVATE),
        name="signature_private_is_never_shown",
    ),
    models.CheckConstraint(
        condition=~Q(display__in=(Display.SHOWN, Display.DECLINED))
        | Q(display=Display.SHOWN, declined="")
        | Q(display=Display.DECLINED) & ~Q(declined=""),
        name="signature_declined_has_reason",
    ),
    models.CheckConstraint(
        condition=~Q(state=SignatureState.CONFIRMED) | Q(confirmed_at__isnull=False),
        name="signature_confirmed_has_time",
    ),
    models.CheckConstraint(
        condition=~Q(state=SignatureState.HELD) | Q(held_at__isnull=False),
        name="signature_held_has_time",
    ),
    models.CheckConstraint(
        condition=Q(state=SignatureState.REMOVED, removed_at__isnull=False) & ~Q(removal="")
        | ~Q(state=SignatureState.REMOVED) & Q(removal=""),
        name="signature_removed_has_reason",
    ),
    models.CheckConstraint(
        condition=Q(state=SignatureState.WITHDRAWN, withdrawn_at__isnull=False)
        | (~Q(state=SignatureState.WITHDRAWN) & Q(withdrawn_at=None)),
        name="signature_withdrawn_has_time",
    ),
    models.CheckConstraint(
        condition=Q(counted_at=None) | Q(confirmed_at__isnull=False),
        name="signature_counted_was_confirmed",
    ),
    models.CheckConstraint(
        condition=Q(counted_at=None, tallied="", leaf=None, claim_leaf=None, counted_method="")
        | Q(counted_at__isnull=False, leaf__isnull=False, claim_leaf__isnull=False)
        & ~Q(tallied="")
        & ~Q(counted_method=""),
        name="signature_counted_is_tallied",
    ),
    models.CheckConstraint(
        condition=Q(erased_at=None) | Q(name="", email_sealed=None), name="signature_erased_is_empty"
    ),
    models.CheckConstraint(
        condition=~Q(state=SignatureState.CONFIRMED, tallied="") | Q(commitment__isnull=False),
        name="signature_confirmed_is_committed",
    ),
    models.CheckConstraint(
        condition=Q(reason="", reason_display="")
        | ~Q(reason="") & Q(reason_display__in=ReasonDisplay.values),
        name="signature_reason_is_decided",
    ),
    models.CheckConstraint(
        condition=Q(source="") | Q(source__regex=f"^{sources.PATTERN}$"), name="signature_source_is_code"
    ),
    models.UniqueConstraint(
        fields=("letter", "leaf"), condition=Q(leaf__isnull=False), name="signature_one_per_leaf"
    ),
)
ON_THE_WALL: Final = Q(state=SignatureState.CONFIRMED, display=Display.SHOWN, counted_at__isnull=False)
NAME_SORTED: Final = Left("search_name", limits.NAME_SORTED_BY)
"""What the list by name is sorted by, as its index has it."""
INDEXES: Final = (
    GinIndex(
        fields=("search_name",), opclasses=("gin_trgm_ops",), condition=ON_THE_WALL, name="signature_search"
    ),
    models.Index(
        fields=("letter", "country", "-counted_at", "-id"), condition=ON_THE_WALL, name="signature_by_country"
    ),
    models.Index(
        fields=("letter", "method", "-counted_at", "-id"), condition=ON_THE_WALL, name="signature_by_method"
    ),
    models.Index(
        fields=("letter", "-counted_at", "-id"),
        condition=ON_THE_WALL,
        name="signature_wall",
    ),
    models.Index(F("letter"), NAME_SORTED, F("id"), condition=ON_THE_WALL, name="signature_by_name"),
    models.Index(
        fields=("letter", "-counted_at", "-id"),
        condition=ON_THE_WALL & Q(reason_display=ReasonDisplay.SHOWN),
        name="signature_reasons",
    ),
    models.Index(
        fields=("letter", "id"),
        condition=Q(reason_display=ReasonDisplay.WAITING),
        name="signature_reason_waits",
    ),
    # The desk lists those with a reason, the newest first: few signatures have one.
    models.Index(fields=("-id",), condition=~Q(reason_display=""), name="signature_has_reason"),
    models.Index(fields=("letter", "id"), condition=Q(display=Display.WAITING), name="signature_name_waits"),
    models.Index(fields=("created_at",), condition=Q(state=SignatureState.PENDING), name="signature_pending"),
    models.Index(
        fields=("letter", "id"),
        condition=Q(state=SignatureState.CONFIRMED, updates=True, email_sealed__isnull=False),
        name="signature_subscribers",
    ),
)
