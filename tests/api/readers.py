"""Readers in networks of their own, for tests that ask more than one network may."""

from __future__ import annotations

from itertools import count

from django.test import Client
from django.utils import timezone

from letters import networks, rates
from letters.limits import READING, Budget

_numbers = count()


def another() -> str:
    """Return an address in a network that nobody had before."""
    number = next(_numbers)
    return f"10.{number // 256 % 256}.{number % 256}.1"


def exhaust(client: Client, *, but: int = 0, budget: Budget = READING) -> None:
    """Use up what the reader may ask, past the answers: a busy machine needs minutes for those."""
    network = networks.of(client.defaults, proxies=0)
    for _ in range(budget.per_minute - but):
        assert rates.spend(budget=budget, network=network, at=timezone.now()) is None
