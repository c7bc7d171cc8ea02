"""Settings that refuse, and a production that is clean."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.embedded_plugin import ENVIRONMENT
from tests.environment import PRODUCTION, SERVERS
from tests.site import ROOT, clean_environment

GOOD = ENVIRONMENT | SERVERS | PRODUCTION


def manage(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = clean_environment() | {
        name: value for name, value in (GOOD | changes).items() if value is not None
    }
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_production_is_clean() -> None:
    told = manage("check", "--deploy", "--fail-level", "WARNING")
    assert told.returncode == 0, told.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SITE_URL", None, "is not set"),
        ("SITE_URL", "letters.example.org", "is not an origin"),
        ("SITE_URL", "https://letters.example.org/path", "is not an origin"),
        ("SECRET_KEY", None, "is not set"),
        ("SECRET_KEY", "short", "50 are needed"),
        ("BOUNCES_TO", "bounces", "is not an address"),
        ("BOUNCES_TO", "Bounces <bounces@letters.example.org>", "is not an address"),
        ("BOUNCES_TO", "reports-of-mails-lost@letters.example.org", "at most 20 characters"),
        ("ADDRESS_PEPPER", None, "is not set"),
        ("DATA_KEY", "not base64!", "is not base64"),
        ("LEDGER_KEY", "AAAA", "32 are needed"),
        ("DATABASE_URL", "mysql://x/y", "does not begin with postgresql://"),
        ("REDIS_URL", "memory://", "does not begin with redis://"),
        ("EMAIL_URL", None, "is not set"),
        ("EMAIL_URL", "mail.example.org", "does not begin with smtp://"),
        ("DEBUG", "perhaps", "neither yes nor no"),
        ("LEDGER_BATCH_MIN", "0", "is not between"),
        ("LEDGER_SEAL_SECONDS", "often", "is not a whole number"),
        ("TRUSTED_PROXIES", "-1", "is not between"),
    ],
)
def test_an_odd_value_is_refused_and_the_way_out_is_said(name: str, value: str | None, says: str) -> None:
    told = manage("check", **{name: value})
    assert told.returncode != 0
    last = told.stderr.strip().splitlines()[-2:]
    assert f"{name}: " in last[0]
    assert says in last[0]
    assert last[1].startswith("How to fix: ")


def test_behind_a_proxy_whose_word_is_not_taken_the_operator_is_reminded() -> None:
    for proxies, behind, reminded in (("0", "true", True), ("1", "true", False), ("0", "false", False)):
        told = manage("check", "--deploy", BEHIND_PROXY=behind, TRUSTED_PROXIES=proxies)
        assert ("letters.W002" in told.stderr) == reminded


def test_a_desk_that_a_password_opens_is_reminded_of() -> None:
    for demanded in ("true", "false", None):
        told = manage("check", "--deploy", DESK_SECOND_FACTOR=demanded)
        assert ("letters.W003" in told.stderr) == (demanded == "false")


def test_development_pages_do_not_exist_in_production() -> None:
    find = "from django.urls import resolve; resolve('/dev/mailbox/')"
    assert "Resolver404" in manage("shell", "-c", find).stderr
    assert manage("shell", "-c", find, DEBUG="true").returncode == 0


@pytest.mark.django_db
def test_no_migration_is_missing_and_none_was_named_by_a_machine() -> None:
    call_command("makemigrations", check=True, dry_run=True)
    names = [path.stem for path in (ROOT / "letters" / "migrations").glob("0*.py")]
    assert names
    assert [name for name in names if "auto" in name] == []
