"""A site that answers on the loopback, and the life of a letter on it."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.ledger_site.life import Life, lived


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    """The address of a running site; letters published from now on are its own."""
    settings.SITE_URL = live_server.url
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 1, 0
    return str(live_server.url)


@pytest.fixture
def life(site: str) -> Life:
    """A letter to which everything happened, published on that site."""
    return lived()
