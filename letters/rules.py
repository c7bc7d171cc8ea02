"""The rules by which signatures are counted: a published text, named in every ledger by its hash."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

TEXT: Final = (Path(__file__).parent / "counting_rules.txt").read_bytes()
DIGEST: Final = hashlib.sha256(TEXT).hexdigest()
"""SHA-256 in hex, as the first leaf of a ledger states it."""
