"""A database that is backed up, lost, and restored, with PostgreSQL's own tools."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from advocacy import binaries
from tests.faults.stage import Stage


def take(stage: Stage) -> Path:
    """Dump the database as it is at this moment, whoever writes to it."""
    target = stage.folder / "backup.dump"
    _run(stage, "pg_dump", "--format=custom", f"--file={target}", "--dbname", stage.servers.database_url)
    return target


def lose(stage: Stage) -> None:
    """`kill -9` PostgreSQL and delete its data."""
    stage.kill_postgres()
    shutil.rmtree(stage.folder / "postgres")


def restore(stage: Stage, backup: Path) -> None:
    """Make a new cluster and put the backup into it."""
    stage.restart_postgres()
    words = ("--exit-on-error", "--no-owner", "--dbname", stage.servers.database_url, str(backup))
    _run(stage, "pg_restore", *words)


def _run(stage: Stage, program: str, *words: str) -> None:
    command = [str(binaries.postgres() / program), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=stage.environment, check=False)
    assert done.returncode == 0, done.stderr
