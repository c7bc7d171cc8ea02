"""Sealing personal data, keyed fingerprints, and identifiers that cannot be guessed.

Addresses are sealed with AES-256-GCM (NIST SP 800-38D) under a key outside the database.
A sealed value is: 4 bytes key id, 12 bytes nonce, ciphertext with its 16-byte tag.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from django.conf import settings

KEY_ID_BYTES: Final = 4
NONCE_BYTES: Final = 12


class Unreadable(Exception):
    """A sealed value does not open: another key, another place, or changed bytes."""


def fingerprint(key: bytes) -> str:
    """Return 16 hex digits that tell a key from another without giving it away."""
    return hashlib.sha256(b"undersigned-key-fingerprint/v1\n" + key).hexdigest()[:16]


def key_id(key: bytes) -> bytes:
    """Return the id that is stored in front of every value sealed with `key`."""
    return bytes.fromhex(fingerprint(key))[:KEY_ID_BYTES]


def seal(value: str, *, context: str) -> bytes:
    """Encrypt `value`. It opens only with the same `context` (where it is stored)."""
    key: bytes = settings.DATA_KEY
    nonce = secrets.token_bytes(NONCE_BYTES)
    return key_id(key) + nonce + AESGCM(key).encrypt(nonce, value.encode(), context.encode())


def unseal(sealed: bytes, *, context: str) -> str:
    """Decrypt what `seal` made. Raises Unreadable."""
    key: bytes = settings.DATA_KEY
    head, nonce = sealed[:KEY_ID_BYTES], sealed[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES]
    if head != key_id(key):
        raise Unreadable("sealed with another key")
    try:
        return AESGCM(key).decrypt(nonce, sealed[KEY_ID_BYTES + NONCE_BYTES :], context.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("changed, or from another place") from error


def seal_alike(value: str, *, context: str) -> bytes:
    """Encrypt so that the same value gives the same bytes: for what caches compare (AES-SIV, RFC 5297)."""
    return _siv().encrypt(value.encode(), [context.encode()])


def unseal_alike(sealed: bytes, *, context: str) -> str:
    """Decrypt what `seal_alike` made. Raises Unreadable."""
    try:
        return _siv().decrypt(sealed, [context.encode()]).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable("changed, or from another place") from error


def _siv() -> AESSIV:
    return AESSIV(hashlib.sha512(b"undersigned-siv/v1\n" + settings.DATA_KEY).digest())


def mac(key: bytes, *parts: str) -> bytes:
    """Return HMAC-SHA-256 (RFC 2104) over the parts, each with its length in front."""
    message = b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))
    return hmac.new(key, message, hashlib.sha256).digest()


def public_id() -> str:
    """Return 26 lower-case base32 characters (RFC 4648), 128 random bits."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


def named(kind: str, value: str) -> str:
    """Return 26 characters that stand for a value of our own: always the same, and nobody can turn back."""
    key = hashlib.sha256(b"undersigned-names/v1\n" + settings.DATA_KEY).digest()
    return base64.b32encode(mac(key, kind, value)[:16]).decode().rstrip("=").lower()


def urlsafe(raw: bytes) -> str:
    """Return base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def from_urlsafe(text: str) -> bytes:
    """Return the bytes behind `urlsafe`. Raises Unreadable."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Unreadable("not base64url") from error
