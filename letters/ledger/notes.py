"""Signed checkpoints: C2SP signed-note and tlog-checkpoint, with Ed25519 (RFC 8032).

A note is a text that ends in a newline, an empty line, and one line for each signature. A key is
told apart by its name together with four bytes of a hash, which are no security, only an address.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = b"\x01"
ID_BYTES: Final = 4
KEY_BYTES: Final = 32
HASH_BYTES: Final = 32
DASH: Final = "\N{EM DASH} "
MOST_SIGNATURES: Final = 100
"""More lines than this are refused unread. The format asks for at least 16."""
MOST_LEAVES: Final = 2**53
SIZE: Final = re.compile(r"0|[1-9][0-9]{0,15}")
KEY_ID: Final = re.compile(r"[0-9a-f]{8}")
CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
NO_NAME: Final = re.compile(r"[\s+\x00-\x1f\ud800-\udfff]")


class BadNote(Exception):
    """A note, a key or a checkpoint is not written as it must be, or no known key signed it."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key (32 bytes) and the name under which it signs."""

    name: str
    public_key: bytes

    def __post_init__(self) -> None:
        _refuse_bad_name(self.name)
        if len(self.public_key) != KEY_BYTES:
            raise BadNote("an Ed25519 key has 32 bytes")

    @property
    def key_id(self) -> bytes:
        """The four bytes in front of each of its signatures."""
        return key_id(self.name, self.public_key)

    def accepts(self, *, signature: bytes, message: bytes) -> bool:
        """Return whether this key signed these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: its name, how many leaves it has, and their root (32 bytes)."""

    origin: str
    size: int
    root: bytes


def private_key(seed: bytes) -> Ed25519PrivateKey:
    """Return the signing key behind a 32-byte seed (RFC 8032, 5.1.5). Raises BadNote."""
    if len(seed) != KEY_BYTES:
        raise BadNote("an Ed25519 seed has 32 bytes")
    return Ed25519PrivateKey.from_private_bytes(seed)


def verifier(*, name: str, key: Ed25519PrivateKey) -> Verifier:
    """Return the public half of a signing key, under a name. Raises BadNote."""
    return Verifier(name, key.public_key().public_bytes_raw())


def key_id(name: str, public_key: bytes) -> bytes:
    """Return SHA-256(name || newline || 0x01 || key)[:4]."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:ID_BYTES]


def encode_vkey(key: Verifier) -> str:
    """Return `name+hhhhhhhh+base64(0x01 || key)`: the key as one publishes it."""
    return f"{key.name}+{key.key_id.hex()}+{_base64(ED25519 + key.public_key)}"


def parse_vkey(text: str) -> Verifier:
    """Return the key behind `encode_vkey`. Raises BadNote."""
    parts = text.split("+", 2)  # the base64 may hold a plus too
    if len(parts) != 3 or not KEY_ID.fullmatch(parts[1]):
        raise BadNote("a key is written name+id+key")
    raw = _from_base64(parts[2])
    if raw[:1] != ED25519:
        raise BadNote("not an Ed25519 key")
    key = Verifier(parts[0], raw[1:])
    if key.key_id.hex() != parts[1]:
        raise BadNote("the id is not that of the key")
    return key


def checkpoint(*, origin: str, size: int, root: bytes) -> str:
    """Return the text of a checkpoint: three lines. Raises BadNote for what it cannot say."""
    body = f"{origin}\n{size}\n{_base64(root)}\n"
    parse_checkpoint(body)
    return body


def parse_checkpoint(body: str) -> Checkpoint:
    """Return what a checkpoint says. Raises BadNote, also for extension lines: ours have none."""
    lines = body.split("\n")
    if len(lines) != 4 or lines[3]:
        raise BadNote("a checkpoint has three lines")
    origin, size, root = lines[:3]
    if not origin or CONTROL.search(origin):
        raise BadNote("a checkpoint begins with the name of its log")
    if not SIZE.fullmatch(size) or int(size) >= MOST_LEAVES:
        raise BadNote("the size is not a plain number")
    hashed = _from_base64(root)
    if len(hashed) != HASH_BYTES:
        raise BadNote("the root is not 32 bytes long")
    return Checkpoint(origin, int(size), hashed)


def sign(*, body: str, name: str, key: Ed25519PrivateKey) -> str:
    """Return the signature line, with its newline. The same input gives the same line. Raises BadNote."""
    message = _message(body)
    known = verifier(name=name, key=key)
    return f"{DASH}{name} {_base64(known.key_id + key.sign(message))}\n"


def note(*, body: str, signatures: Sequence[str]) -> str:
    """Return the whole note: body, empty line, the lines that `sign` returned. Raises BadNote."""
    whole = f"{body}\n{''.join(signatures)}"
    if _split(whole)[0] != body:
        raise BadNote("the signatures are not lines of signatures")
    return whole


def open_note(*, text: str, vkeys: Iterable[str]) -> str:
    """Return the body of a note that at least one of the known keys signed. Raises BadNote.

    Signatures by other keys are passed over; one under the name and id of a known key that does
    not verify spoils the note.
    """
    body, signatures = _split(text)
    known = {(key.name, key.key_id): key for key in map(parse_vkey, vkeys)}
    message, opened = _message(body), False
    for name, raw in signatures:
        key = known.get((name, raw[:ID_BYTES]))
        if key is None:
            continue
        if not key.accepts(signature=raw[ID_BYTES:], message=message):
            raise BadNote(f"the signature of {name} is not of this text")
        opened = True
    if not opened:
        raise BadNote("no known key signed this")
    return body


def open_checkpoint(*, text: str, origin: str, vkeys: Iterable[str]) -> Checkpoint:
    """Return what a signed checkpoint of the log `origin` says. Raises BadNote, also for another log's."""
    found = parse_checkpoint(open_note(text=text, vkeys=vkeys))
    if found.origin != origin:
        raise BadNote("the checkpoint of another log")
    return found


def _split(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return the body, and name and id || signature of each line. Raises BadNote."""
    _message(text)
    body, gap, tail = text.rpartition("\n\n")
    if not gap or not tail:
        raise BadNote("a note is a text, an empty line and signatures")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote("too many signatures")
    return body + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    _refuse_bad_name(name)
    raw = _from_base64(encoded)
    if not line.startswith(DASH) or len(raw) <= ID_BYTES:
        raise BadNote("a signature is written: dash, name, base64")
    return name, raw


def _message(body: str) -> bytes:
    """Return the bytes that are signed. Raises BadNote."""
    if not body.endswith("\n") or CONTROL.search(body):
        raise BadNote("a text ends in a newline and holds no other control characters")
    try:
        return body.encode()
    except UnicodeEncodeError as error:
        raise BadNote("not UTF-8") from error


def _refuse_bad_name(name: str) -> None:
    if not name or NO_NAME.search(name):
        raise BadNote("a key's name is not empty and has no spaces and no plus")


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    """Return the bytes behind standard base64 (RFC 4648, section 4), refusing any second spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadNote("not base64") from error
    if _base64(raw) != text:
        raise BadNote("not canonical base64")
    return raw
