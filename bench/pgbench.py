"""The INSERT alone, by PostgreSQL's own pgbench: what is left of signing when there is no Python."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import psycopg

from advocacy import binaries
from bench.load import Round

# The same columns, checks and indexes.
TABLE: Final = "CREATE TABLE IF NOT EXISTS bench_insert (LIKE letters_signature INCLUDING ALL)"
NUMBER: Final = "\\set number random(1, 9000000000000000)\n"
INSERT: Final = """
INSERT INTO bench_insert
 (uid, letter_id, text_id, kind, name, search_name, role, affiliation, country, language, visibility, display,
 state, method, evidence, email_key, email_sealed, updates, consent_version, source, form_key, created_at)
VALUES
 (gen_random_uuid(), 1, 1, 'person', 'Zoë Ångström-Müller', 'zoe angstrom-muller', 'Nurse',
 'University of Lille', 'FR', 'en', 'public', 'shown', 'pending', 'email', '',
 sha256(int8send(:number)), decode(repeat('ab', 57), 'hex'), false, 1, '', 'Qm9uam91ciE0NTY3', now());
"""


class Pgbench:
    """Runs one statement, prepared once per connection, from outside of Python."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.program = binaries.postgres() / "pgbench"
        self.database_url = database_url
        self.folder = folder
        self.script = folder / "insert.sql"
        self.script.write_text(NUMBER + INSERT, "utf-8")
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(TABLE)

    def run(self, *, clients: int, seconds: float) -> Round:
        """Insert for whole `seconds` on `clients` connections."""
        for old in self.folder.glob("pgbench_log*"):
            old.unlink()
        whole = max(1, round(seconds))
        words = [str(self.program), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(2, clients))]
        words += ["-T", str(whole), "-f", str(self.script), "-l", self.database_url]
        subprocess.run(words, cwd=self.folder, check=True, capture_output=True)
        # Each line: client, number, microseconds, script, second, microsecond.
        lines = [line for log in self.folder.glob("pgbench_log*") for line in log.read_text().splitlines()]
        return Round(seconds=whole, latencies=[int(line.split()[2]) / 1e6 for line in lines], client=0.0)
