"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from advocacy import breaker
from letters import limits, rates
from tests import smtp

pytest_plugins = ["tests.browser.fixtures", "tests.published"]

# A million rounds for each password of each test would be half of the time of all tests.
PBKDF2PasswordHasher.iterations = 1
# A machine that runs all tests at once may stop for longer than a server is ever waited for.
breaker.WAIT_SECONDS = 10.0  # type: ignore[misc]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make shots` and `make axe` want."""
    parser.addoption("--shots", type=Path, default=None, help="write screenshots into this folder")
    parser.addoption(
        "--every-view", action="store_true", help="every page and story in each view, not a choice"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what only another view adds to `make axe` and `make shots`."""
    if config.getoption("--every-view") or config.getoption("--shots"):
        return
    others = [item for item in items if item.get_closest_marker("every_view")]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture(autouse=True)
def mail_folder(settings: Settings, tmp_path: Path) -> Path:
    """Mails become files of this test alone, unless it starts an SMTP server."""
    settings.EMAIL_BACKEND = "letters.delivery.folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


@pytest.fixture(autouse=True)
def ledger_folder(settings: Settings, tmp_path: Path) -> Path:
    """Ledgers and pictures lie in folders of this test alone."""
    folder = tmp_path / "published"
    ledger = {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": folder}}
    pictures = {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": tmp_path / "pictures"}}
    settings.STORAGES = {**settings.STORAGES, "ledger": ledger, "default": pictures}
    return folder


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test writes its own pages, and sees every change at once."""
    cache.clear()
    rates._key.minute = ""  # it was in there: what is counted from now on is under the one that follows
    monkeypatch.setattr(limits, "POINTER_SECONDS", 0)
    monkeypatch.setattr(limits, "ECHO_SECONDS", 0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tables that only grow may be emptied between tests, and nowhere else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET letters.may_truncate = 'yes'")
        cursor.execute("SET letters.may_truncate = 'yes'")


@pytest.fixture
def inbox(settings: Settings) -> Iterator[smtp.Inbox]:
    """A real SMTP server that takes this test's mails."""
    with smtp.server() as (inbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield inbox
