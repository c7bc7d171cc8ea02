"""The environment that `quickstart` gives to its processes, and what it keeps of it in files."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path
from typing import Final

KEYS: Final = ("ADDRESS_PEPPER", "DATA_KEY", "LEDGER_KEY")


class Contradiction(Exception):
    """Two variables do not fit together; the message says how to fix it."""


def of_processes(data: Path, *, port: int) -> dict[str, str]:
    """Return the environment of every process: what is set already wins. Raises Contradiction."""
    environment = dict(os.environ)
    if ("DATABASE_URL" in environment) != ("REDIS_URL" in environment):
        raise Contradiction(
            "Only one of DATABASE_URL and REDIS_URL is set.\n"
            "How to fix: set both to use your own servers, or none of them."
        )
    defaults = _secrets(data) | {
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LEDGER_BATCH_MIN": "1",
        "LEDGER_BATCH_SECONDS": "0",
        "LEDGER_SEAL_SECONDS": "2",
        "LEDGER_PUBLISH": str(data / "published"),
        "PICTURES": str(data / "pictures"),
    }
    # Celery warns of root at every start; on a person's own machine that is no news.
    quiet = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    settings = {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "advocacy.settings", "PYTHONUNBUFFERED": "1"}
    return defaults | quiet | environment | settings


def _secrets(data: Path) -> dict[str, str]:
    """Return the keys of this data folder, made on the first start and never again."""
    file = data / "secrets.env"
    if not file.is_file():
        made = {"SECRET_KEY": secrets.token_urlsafe(50), "DEBUG": "true"}
        made |= {name: base64.b64encode(secrets.token_bytes(32)).decode() for name in KEYS}
        fresh = file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text("".join(f"{name}={value}\n" for name, value in made.items()), "utf-8")
        fresh.replace(file)
    lines = file.read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def write_servers(data: Path, environment: dict[str, str]) -> None:
    """Tell a second terminal where everything is."""
    names = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "LEDGER_PUBLISH", "PICTURES")
    file = data / "servers.env"
    file.touch(mode=0o600)
    file.write_text("".join(f"{name}={environment[name]}\n" for name in names), "utf-8")
