"""Mirrors letters/ledger/."""

from __future__ import annotations

from typing import Final

from hypothesis import HealthCheck, settings

CALM: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the function under test."""
