"""A pytest plugin that starts real servers before Django reads its settings.

Loaded by `-p tests.embedded_plugin`. With DATABASE_URL and REDIS_URL set, those are used. Under
xdist the first process starts the servers; each worker has a database of its own in both.
"""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path
from typing import Final

import pytest

from advocacy import embedded

ENVIRONMENT: Final = {
    "DEBUG": "false",
    "DESK_SECOND_FACTOR": "false",
    "SITE_URL": "http://testserver",
    "SECRET_KEY": "for-tests-only-" * 5,
    "ADDRESS_PEPPER": base64.b64encode(b"p" * 32).decode(),
    "DATA_KEY": base64.b64encode(b"d" * 32).decode(),
    "LEDGER_KEY": base64.b64encode(b"l" * 32).decode(),
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "LEDGER_PUBLISH": "/nonexistent/every-test-has-its-own",
    "PICTURES": "/nonexistent/every-test-has-its-own",
}
_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
_servers = pytest.StashKey[embedded.Servers]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the environment; start the servers unless somebody has done so."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # The browser's driver keeps an event loop in the thread of the tests; our queries are not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if "DATABASE_URL" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="undersigned-tests-")
        early_config.stash[_folder] = folder
        os.environ.setdefault("DATA_DIR", str(Path(folder.name) / "data"))
        servers = embedded.start(Path(folder.name), durable=False)
        early_config.stash[_servers] = servers
        os.environ.update(DATABASE_URL=servers.database_url, REDIS_URL=servers.redis_url)
    _choose_valkey_database()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started here."""
    if servers := config.stash.get(_servers, None):
        servers.stop()
    if folder := config.stash.get(_folder, None):
        folder.cleanup()


def _choose_valkey_database() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    url = os.environ["REDIS_URL"]
    if worker and url.startswith("unix://") and "?db=" not in url:
        os.environ["REDIS_URL"] = f"{url}?db={int(worker.removeprefix('gw')) + 1}"
