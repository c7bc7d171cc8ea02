"""T2: behind the real nginx a reader chooses no network of their own by inventing X-Forwarded-For."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from letters.limits import READING
from tests import proxy

pytestmark = [pytest.mark.proxy, pytest.mark.django_db(transaction=True)]


def asked(url: str, claim: str | None) -> int:
    """Ask for something that no cache keeps, and return the status."""
    headers = {"X-Forwarded-For": claim} if claim else {}
    request = urllib.request.Request(f"{url}/api/v1/nothing", headers=headers)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=20)
    caught.value.close()
    return caught.value.code


def test_an_invented_address_changes_nothing(
    live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    settings.TRUSTED_PROXIES, settings.ALLOWED_HOSTS = 1, ["127.0.0.1"]
    claims = ["203.0.113.9", "203.0.113.9, 198.51.100.9", "127.0.0.1", "2001:db8::1", "nobody", None]
    with proxy.running(tmp_path / "nginx", site=live_server.thread.port) as nginx:
        given = [asked(nginx.url, claims[number % len(claims)]) for number in range(READING.per_minute)]
        assert set(given) == {404}
        assert {asked(nginx.url, claim) for claim in [*claims, "198.51.100.77"]} == {429}
