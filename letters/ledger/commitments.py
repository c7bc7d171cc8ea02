"""How a leaf stands for a person without naming them: a keyed hash of what they signed.

With the salt and the claim a signatory can show which leaf is theirs. Without the salt a leaf is
256 random bits, also for somebody who guesses the claim: deleting the salt is erasing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from typing import Final

DOMAIN: Final = b"letters-commit/v1\n"
SALT_BYTES: Final = 32


def new_salt() -> bytes:
    """Return 32 random bytes: one salt for each commitment, never used twice."""
    return secrets.token_bytes(SALT_BYTES)


def claim(  # noqa: PLR0913  # a claim has that many parts, and none may be forgotten
    *,
    name: str,
    role: str,
    affiliation: str,
    identity: str,
    method: str,
    text_hash: str,
    origin: str,
    visibility: str,
    consent: int,
) -> bytes:
    """Return what is committed to, as canonical JSON in UTF-8 (RFC 8785): sorted keys, no spaces, NFC.

    `name` as it is shown, `identity` the canonical address or ORCID iD, `text_hash` the `h` of the
    signed text, `origin` the ledger's origin line. These two stop a commitment from being replayed
    into another text or letter. Raises ValueError for text that UTF-8 cannot hold.
    """
    words = {
        "affiliation": affiliation,
        "identity": identity,
        "method": method,
        "name": name,
        "origin": origin,
        "role": role,
        "text": text_hash,
        "visibility": visibility,
    }
    composed = {key: unicodedata.normalize("NFC", value) for key, value in words.items()}
    whole = {**composed, "consent": consent}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commit(*, salt: bytes, claim: bytes) -> bytes:
    """Return the 32 bytes `c` of a sign or amend leaf: HMAC-SHA-256 (RFC 2104) under the salt.

    Raises ValueError for a salt of another length: HMAC would fill up a short one with zeros, and
    one commitment would have several openings.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hmac.new(salt, DOMAIN + claim, hashlib.sha256).digest()
