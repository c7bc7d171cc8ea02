"""The keys that sign checkpoints. They live in the environment of the ledger worker and nowhere else."""

from __future__ import annotations

from django.conf import settings

from letters.ledger import notes


class NoKey(Exception):
    """This process cannot sign: LEDGER_KEY is not set here."""


def vkey(origin: str) -> str:
    """Return the verification key of a ledger by the key in force; empty where this process has none."""
    keys = _keys()
    return _vkey(origin, keys[0]) if keys else ""


def vkeys(origin: str) -> list[str]:
    """Return the verification keys whose signatures `note` puts under a checkpoint, the newest first."""
    return [_vkey(origin, key) for key in _keys()]


def note(*, origin: str, size: int, root: bytes) -> str:
    """Return a checkpoint signed by the key in force and, while it is being replaced, by the old one.

    The same checkpoint gives the same note (RFC 8032). Raises NoKey.
    """
    body = notes.checkpoint(origin=origin, size=size, root=root)
    keys = _keys()
    if not keys:
        raise NoKey("LEDGER_KEY is not set: only the ledger worker can sign")
    signatures = [notes.sign(body=body, name=origin, key=notes.private_key(key)) for key in keys]
    return notes.note(body=body, signatures=signatures)


def _keys() -> list[bytes]:
    return [key for key in (settings.LEDGER_KEY, settings.LEDGER_KEY_OLD) if key]


def _vkey(origin: str, key: bytes) -> str:
    return notes.encode_vkey(notes.verifier(name=origin, key=notes.private_key(key)))
