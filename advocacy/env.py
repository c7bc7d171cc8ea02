"""Typed readers of the environment that refuse odd values and say how to fix them.

Every variable that the settings use is read through one of these functions, so that
`READ` lists them all; a test compares it with `.env.example`.
"""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

READ: Final[set[str]] = set()
"""The name of every variable asked for so far."""

MAILBOX: Final = re.compile(r"[\w.-]+@[\w.-]+", re.ASCII)
_env = Env()


def _refuse(name: str, problem: object, hint: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name}: {problem}\nHow to fix: {hint}")


def _is_set(name: str) -> bool:
    READ.add(name)
    return bool(str(_env.str(name, "")).strip())


def read_file(path: Path) -> None:
    """Take over what `path` says, for variables that are not set already. A missing file is fine."""
    if path.is_file():
        _env.read_env(str(path), recurse=False)


def text(name: str, default: str | None = None, *, hint: str) -> str:
    """Return the variable, or `default`. Raises ImproperlyConfigured when neither is there."""
    if _is_set(name):
        return str(_env.str(name)).strip()
    if default is None:
        raise _refuse(name, "is not set.", hint)
    return default


def words(name: str, default: list[str], *, hint: str) -> list[str]:
    """Return a comma-separated list without empty parts."""
    value = text(name, ",".join(default), hint=hint)
    return [part.strip() for part in value.split(",") if part.strip()]


def flag(name: str, default: bool, *, hint: str) -> bool:
    """Return a yes or no: true, yes, on, 1 or false, no, off, 0."""
    if not _is_set(name):
        return default
    try:
        return bool(_env.bool(name))
    except EnvError as error:
        raise _refuse(name, f"{_env.str(name)!r} is neither yes nor no.", hint) from error


def number(name: str, default: int, *, least: int, most: int, hint: str) -> int:
    """Return a whole number between `least` and `most`, both included."""
    if not _is_set(name):
        return default
    try:
        value = int(_env.int(name))
    except EnvError as error:
        raise _refuse(name, f"{_env.str(name)!r} is not a whole number.", hint) from error
    if not least <= value <= most:
        raise _refuse(name, f"{value} is not between {least} and {most}.", hint)
    return value


def origin(name: str, default: str | None = None, *, hint: str) -> str:
    """Return a web origin such as `https://letters.example.org`, without a path."""
    value = text(name, default, hint=hint).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise _refuse(name, f"{value!r} is not an origin like https://letters.example.org.", hint)
    return value


def secret(name: str, *, least: int, hint: str) -> str:
    """Return a secret of at least `least` characters; it never has a default."""
    value = text(name, hint=hint)
    if len(value) < least:
        raise _refuse(name, f"has {len(value)} characters, {least} are needed.", hint)
    return value


def key(name: str, *, hint: str) -> bytes:
    """Return a key of 32 bytes, written as base64; it never has a default."""
    return _key(name, text(name, hint=hint), hint)


def key_or_none(name: str, *, hint: str) -> bytes | None:
    """Return such a key for the processes that have it: from the variable, or a file named in <name>_FILE."""
    READ.add(f"{name}_FILE")
    if _is_set(name):
        return key(name, hint=hint)
    path = text(f"{name}_FILE", "", hint=hint)
    if not path:
        return None
    try:
        return _key(f"{name}_FILE", Path(path).read_text("ascii").strip(), hint)
    except (OSError, UnicodeError) as error:
        raise _refuse(f"{name}_FILE", f"{path} cannot be read.", hint) from error


def _key(name: str, value: str, hint: str) -> bytes:
    try:
        raw = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refuse(name, "is not base64.", hint) from error
    if len(raw) != 32:
        raise _refuse(name, f"holds {len(raw)} bytes, 32 are needed.", hint)
    return raw


def _parsed(name: str, kind: str, default: str | None, hint: str) -> dict[str, Any]:
    address = text(name, default, hint=hint)
    try:
        parse = {"database": _env.dj_db_url, "email": _env.dj_email_url, "cache": _env.dj_cache_url}[kind]
        return dict(parse(name, default=address))
    except (EnvError, ValueError, KeyError) as error:
        raise _refuse(name, "is not an address that can be read.", hint) from error


def database(name: str, *, hint: str) -> dict[str, Any]:
    """Return Django's settings of one PostgreSQL database, from its URL."""
    if not text(name, hint=hint).startswith(("postgres://", "postgresql://")):
        raise _refuse(name, "does not begin with postgresql://.", hint)
    return _parsed(name, "database", None, hint)


def email(name: str, *, hint: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings from a URL such as `smtp+tls://user:pass@host:587`."""
    if not text(name, hint=hint).startswith(("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://")):
        raise _refuse(name, "does not begin with smtp://, smtp+tls:// or smtp+ssl://.", hint)
    return _parsed(name, "email", None, hint)


def mailbox(name: str, *, local_most: int, hint: str) -> str:
    """Return a bare address in ASCII, or nothing; at most `local_most` characters before its @."""
    value = text(name, "", hint=hint)
    local, _, domain = value.rpartition("@")
    if value and not (MAILBOX.fullmatch(value) and len(local) <= local_most and "." in domain):
        raise _refuse(
            name, f"{value!r} is not an address with at most {local_most} characters before @.", hint
        )
    return value


def storage(name: str, default: str | None, *, bucket: str, hint: str) -> dict[str, Any]:
    """Return Django's entry of one storage: a folder, or s3://bucket/prefix by the class `bucket`."""
    value = text(name, default, hint=hint)
    scheme, mark, rest = value.partition("://")
    if not mark:
        return {"BACKEND": "advocacy.storage.AtomicFolder", "OPTIONS": {"location": value}}
    place, _, prefix = rest.partition("/")
    if scheme != "s3" or not place:
        raise _refuse(name, f"{value!r} is neither a folder nor s3://bucket/prefix.", hint)
    return {"BACKEND": bucket, "OPTIONS": {"bucket_name": place, "location": prefix.strip("/")}}


def redis(name: str, *, hint: str) -> str:
    """Return the URL of a Redis or Valkey: redis://, rediss:// or unix://."""
    value = text(name, hint=hint)
    if not value.startswith(("redis://", "rediss://", "unix://")):
        raise _refuse(name, "does not begin with redis://, rediss:// or unix://.", hint)
    return value
