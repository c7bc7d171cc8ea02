"""Lays out a ledger as the site would publish it, honest or not.

Independent of letters/ and of the verifier: hashing, encoding and counting are written again here, so
that one mistake cannot hide in both. Whoever holds a Forge holds the signing key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.server
import io
import json
import tarfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HOST: Final = "letters.example.org"
ID: Final = "abcdefghijklmnopqrstuvwx23"
START: Final = datetime(2026, 11, 23, 2, tzinfo=UTC)


def time(minutes: float) -> str:
    """Return the moment so many minutes after the ledger was opened."""
    return (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def canonical(value: Any) -> bytes:
    """Return canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf(t: str, **fields: Any) -> bytes:
    """Return the bytes of one leaf."""
    return canonical({"t": t, "v": 1, **fields})


def b64(raw: bytes) -> str:
    """Return standard base64."""
    return base64.b64encode(raw).decode()


def url64(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def leaf_hash(data: bytes) -> bytes:
    """Return SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Return the largest power of two below a size (RFC 6962, 2.1)."""
    half = 1
    while half * 2 < size:
        half *= 2
    return half


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root, by the RFC's own recursion."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    half = split(len(hashes))
    return node_hash(root_of(hashes[:half]), root_of(hashes[half:]))


def path_of(index: int, hashes: Sequence[bytes]) -> list[bytes]:
    """Return the inclusion proof, by the RFC's own recursion."""
    if len(hashes) < 2:
        return []
    half = split(len(hashes))
    if index < half:
        return [*path_of(index, hashes[:half]), root_of(hashes[half:])]
    return [*path_of(index - half, hashes[half:]), root_of(hashes[:half])]


def tile_name(number: int) -> str:
    """Return a tile's number in groups of three digits."""
    digits = str(number).zfill(-(-len(str(number)) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def tiles(things: Sequence[bytes]) -> Iterator[tuple[str, Sequence[bytes]]]:
    """Cut one level into tiles of 256 and a partial one."""
    for at in range(0, len(things), 256):
        part = things[at : at + 256]
        yield tile_name(at // 256) + ("" if len(part) == 256 else f".p/{len(part)}"), part


class Signer:
    """An Ed25519 key under a name (C2SP signed-note)."""

    def __init__(self, name: str, seed: bytes = b"k" * 32) -> None:
        """Make the key behind a seed."""
        self.name, self.private = name, Ed25519PrivateKey.from_private_bytes(seed)
        self.raw = b"\x01" + self.private.public_key().public_bytes_raw()
        self.id = hashlib.sha256(name.encode() + b"\n" + self.raw).digest()[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(self.raw)}"

    def line(self, text: str) -> str:
        """Return the signature line under a text."""
        return f"\N{EM DASH} {self.name} {b64(self.id + self.private.sign(text.encode()))}\n"


class Forge:
    """A ledger in memory: leaves as bytes, texts, keys, and the API's answer."""

    def __init__(self, host: str = HOST) -> None:
        """Begin with nothing."""
        self.host, self.origin = host, f"{host}/ledger/{ID}"
        self.signers = [Signer(self.origin)]
        self.vkeys: list[str] | None = None
        self.leaves: list[bytes] = []
        self.texts: list[bytes] = []
        self.claims: dict[int, tuple[dict[str, Any], bytes]] = {}
        self.numbers = {"count": 0, "lost": 0, "removed": 0, "signed": 0, "withdrawn": 0}
        self.at = time(0)
        self.shown: dict[str, Any] = {}
        self.scheme = "https"

    def add(self, t: str, **fields: Any) -> int:
        """Append a leaf as it is; return its index."""
        self.leaves.append(leaf(t, **fields))
        return len(self.leaves) - 1

    def open(self) -> None:
        """Open the ledger, with one text."""
        self.add("open", at=time(0), l=ID, rules=hashlib.sha256(b"rules").hexdigest())
        self.text("The letter")

    def text(self, body: str) -> None:
        """Publish a text."""
        self.texts.append(canonical({"body": body, "lang": "en", "version": len(self.texts) + 1}))
        self.add("text", h=hashlib.sha256(self.texts[-1]).hexdigest(), lang="en", n=len(self.texts))

    def commitment(self, index: int, name: str, **other: Any) -> str:
        """Return `c` for a claim, and keep the claim and its salt for a receipt."""
        text = hashlib.sha256(self.texts[-1]).hexdigest()
        claim = {"name": name, "origin": self.origin, "text": text, "method": "email", **other}
        salt = hashlib.sha256(f"salt {index} {name}".encode()).digest()
        self.claims[index] = claim, salt
        mac = hmac.new(salt, b"letters-commit/v1\n" + canonical(claim), hashlib.sha256)
        return url64(mac.digest())

    def sign(self, number: int = 1, method: str = "email") -> int:
        """Append signatures; return the index of the last."""
        for _ in range(number):
            index = len(self.leaves)
            c = self.commitment(index, f"Zoë {index}")
            self.add("sign", c=c, k="person", lang="en", m=method, n=len(self.texts))
        self.numbers["signed"] += number
        self.numbers["count"] += number
        return len(self.leaves) - 1

    def move(self, number: int, source: str, target: str) -> None:
        """Count so many signatures elsewhere."""
        self.numbers[source] -= number
        self.numbers[target] += number

    def tally(self, minutes: float, **lies: Any) -> int:
        """Append a tally of that minute; the API shows it."""
        self.at = time(minutes)
        return self.add("tally", **{"at": self.at, **self.numbers, **lies})

    @property
    def hashes(self) -> list[bytes]:
        """The hashes of the leaves."""
        return [leaf_hash(data) for data in self.leaves]

    def checkpoint(self, size: int | None = None, signers: Sequence[Signer] = ()) -> str:
        """Return the signed note of the tree, or of its first leaves."""
        hashes = self.hashes[:size]
        text = f"{self.origin}\n{len(hashes)}\n{b64(root_of(hashes))}\n"
        return text + "\n" + "".join(signer.line(text) for signer in signers or self.signers)

    def count(self) -> bytes:
        """Return the API's answer, with `shown` over what is true."""
        ledger = {
            "checkpoint": f"{self.scheme}://{self.origin}/checkpoint",
            "root": b64(root_of(self.hashes)),
            "size": len(self.leaves),
        }
        whole = {"as_of": self.at, "confirmed": self.numbers["count"], "ledger": ledger}
        shown = dict(self.shown)
        ledger.update(shown.pop("ledger", {}))
        return canonical({**whole, **shown})

    def files(self) -> dict[str, bytes]:
        """Return every file of the ledger, and count.json."""
        vkeys = self.vkeys or [signer.vkey for signer in self.signers]
        files = {"checkpoint": self.checkpoint().encode(), "vkey": "".join(f"{k}\n" for k in vkeys).encode()}
        for name, part in tiles(self.leaves):
            files[f"tile/entries/{name}"] = b"".join(len(data).to_bytes(2, "big") + data for data in part)
        level, hashes = 0, self.hashes
        while hashes:
            files.update({f"tile/{level}/{name}": b"".join(part) for name, part in tiles(hashes)})
            hashes = [root_of(hashes[at : at + 256]) for at in range(0, len(hashes) // 256 * 256, 256)]
            level += 1
        files.update({f"text/{at}": text for at, text in enumerate(self.texts, 1)})
        return {"count.json": self.count(), **{f"ledger/{ID}/{name}": data for name, data in files.items()}}

    def receipt(self, index: int, size: int | None = None) -> dict[str, Any]:
        """Return what the signatory at an index would download."""
        claim, salt = self.claims[index]
        return {
            "letter": self.origin,
            "index": index,
            "claim": claim,
            "salt": url64(salt),
            "leaf": self.leaves[index].decode(),
            "proof": [b64(item) for item in path_of(index, self.hashes[:size])],
            "checkpoint": self.checkpoint(size),
        }


def honest(host: str = HOST) -> Forge:
    """A letter with a life: 300 leaves of every type but `close`, the last tally 300 minutes in."""
    forge = Forge(host)
    forge.open()
    forge.tally(0)
    forge.sign(40)
    forge.tally(10)
    forge.add("method", i=5, m="orcid")
    forge.add("amend", c=forge.commitment(len(forge.leaves), "Ada"), i=6, lang="en", n=1)
    forge.add("withdraw", i=7)
    forge.move(1, "count", "withdrawn")
    forge.add("remove", i=[8, 9, 10], r="flood")
    forge.move(3, "count", "removed")
    forge.tally(20)
    forge.add("restore", i=[9])
    forge.move(1, "removed", "count")
    forge.add("withdraw", i=10)
    forge.move(1, "removed", "withdrawn")
    forge.text("The letter, corrected")
    forge.sign(60)
    forge.add("lost", i=[11], why='a "restore" of Monday')
    forge.move(1, "count", "lost")
    forge.tally(200)
    forge.add("key", vkey=Signer(forge.origin, b"n" * 32).vkey)
    forge.sign(299 - len(forge.leaves), "orcid")
    forge.tally(300)
    return forge


def tar_of(files: dict[str, bytes]) -> bytes:
    """Return the bundle."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return out.getvalue()


class _Handler(http.server.BaseHTTPRequestHandler):
    files: dict[str, bytes]
    asked: list[str]

    def do_GET(self) -> None:
        """Answer from memory."""
        self.asked.append(self.path)
        name = "count.json" if self.path == "/api/v1/letters/open-ai/count" else self.path[1:]
        data = self.files.get(name)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # its name in http.server
        """Say nothing."""


@contextmanager
def serve(files: dict[str, bytes] | None = None) -> Iterator[tuple[str, dict[str, bytes], list[str]]]:
    """Serve files on the loopback: yield host and port, the files (change them), and what was asked."""
    handler = type("Handler", (_Handler,), {"files": files if files is not None else {}, "asked": []})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", handler.files, handler.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
