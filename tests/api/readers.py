"""Readers in networks of their own, for tests that ask more than one network may."""

from __future__ import annotations

from itertools import count

_numbers = count()


def another() -> str:
    """Return an address in a network that nobody had before."""
    number = next(_numbers)
    return f"10.{number // 256 % 256}.{number % 256}.1"
