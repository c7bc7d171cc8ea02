"""A site on which the letter of the guide stands, at the moment of the guide."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from letters.web.guide import samples
from tests.guide import life


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> Iterator[str]:
    """Serve the letter, and return the address of the site."""
    settings.SITE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    samples.samples.cache_clear()
    with time_machine.travel(life.MORNING):
        life.lived()
        cache.clear()
        yield live_server.url
    samples.samples.cache_clear()
