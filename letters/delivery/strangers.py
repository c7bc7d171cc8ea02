"""What a stranger finds: the ledger of the database in a tar, and the verifier over it."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from letters.ledger import tiles
from letters.ledger.tiles import Tile
from letters.models import CheckpointSignature, Letter, LetterText

VERIFIER: Final = Path(settings.BASE_DIR) / "verify" / "verify_letter.py"


class Bundle:
    """A tar of what is published of one ledger, with its number. A context manager."""

    def __init__(self, path: Path, *, letter: Letter) -> None:
        self.path, self._home = path, f"ledger/{letter.public_id}"
        self._origin = letter.origin
        self._tar = tarfile.open(path, "w")  # noqa: SIM115 - it is closed by __exit__

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *_: object) -> None:
        self._tar.close()

    def put_entries(self, entries: Sequence[bytes], *, number: int) -> None:
        """Add a bundle of leaves, full or the last one."""
        name = Tile(None, number, len(entries)).path
        self._put(f"{self._home}/{name}", tiles.encode_entries(entries))

    def put_rest(self, signed: CheckpointSignature, texts: Sequence[LetterText]) -> None:
        """Add what stands beside the leaves, and the number of the signed state as the API would tell it."""
        self._put(f"{self._home}/checkpoint", signed.note.encode())
        self._put(f"{self._home}/vkey", "".join(f"{key}\n" for key in signed.vkeys).encode())
        for text in texts:
            name, data = text.file()
            self._put(f"{self._home}/{name}", data)
        state = signed.checkpoint
        ledger = {
            "checkpoint": f"https://{self._origin}/checkpoint",
            "root": base64.b64encode(bytes(state.root)).decode(),
            "size": state.size,
        }
        whole = {"confirmed": state.parts["count"], "as_of": _iso(state.at), "ledger": ledger}
        self._put("count.json", json.dumps(whole).encode())

    def _put(self, name: str, data: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        self._tar.addfile(member, io.BytesIO(data))


def ask(bundle: Path, *, vkeys: Sequence[str], kept: Path | None, at: datetime) -> str:
    """Return the last line of the verifier: it begins with OK, or says what differs.

    `vkeys` are the keys to trust, `kept` a file with an older checkpoint.
    """
    command = [sys.executable, "-I", str(VERIFIER), "--bundle", str(bundle), "--now", _iso(at)]
    command += [word for key in vkeys for word in ("--vkey", key)]
    command += ["--checkpoint", str(kept)] if kept else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
    lines = done.stdout.splitlines() or [f"the verifier ended with {done.returncode} and said nothing"]
    return lines[-1]


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
