#!/usr/bin/env python3
"""Check the number of signatures under an open letter, without trusting the site that shows it.

    python3 verify_letter.py https://letters.example.org/letters/open-ai/

Python 3.9 or newer, nothing else. README.md beside this file says what it proves and what not.
The last line begins with OK (exit 0), MISMATCH (1), STALE (2) or UNREACHABLE (3); 64 is wrong usage.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import sys
import tarfile
import time
import urllib.request
from array import array
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple, NoReturn
from urllib.error import HTTPError

TIMEOUT = 20  # seconds without a byte from the site
MOST_BYTES = 4 << 20  # of any one file; 256 leaves of the longest kind are a quarter of it
MOST_LEAF = 4096
WIDTH = 256  # leaves in a bundle, hashes in a tile
QUIET = timedelta(hours=7)  # an open letter writes a tally every 6 hours, even when nobody signs
LAG = timedelta(minutes=15)  # between what the site shows and what its ledger holds
GRACE = timedelta(hours=48, minutes=30)  # after closing, for confirmations of earlier signatures
HOST = r"[A-Za-z0-9.\[\]:_-]+"


class Verdict(Exception):
    """What ends the check before an OK: the last line, and the exit status."""

    word, status = "USAGE", 64


class Mismatch(Verdict):
    word, status = "MISMATCH", 1


class Stale(Verdict):
    word, status = "STALE", 2


class Unreachable(Verdict):
    word, status = "UNREACHABLE", 3


class Missing(Unreachable):
    """The site answered that there is no such file."""


def need(fact: object, otherwise: str) -> None:
    if not fact:
        raise Mismatch(otherwise)


def say(text: str) -> None:
    print("  " + text)


def show(value: object) -> str:
    """Print what a stranger wrote without letting it move the cursor or fill the screen."""
    text = ascii(value)
    return text if len(text) <= 100 else text[:97] + "..."


# --- Ed25519 (RFC 8032): points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def point_add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(times: int, p: Point) -> Point:
    total = (0, 1, 1, 0)
    while times:
        total = point_add(total, p) if times & 1 else total
        p, times = point_add(p, p), times >> 1
    return total


def point_read(raw: bytes) -> Point | None:
    """The point behind 32 bytes, or None: every point has one spelling."""
    y, odd = int.from_bytes(raw, "little") & (1 << 255) - 1, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return (x, y, 1, x * y % P)


BASE = point_read((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def ed25519_verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the key signed the message: s * base = r + k * key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r, s = point_read(key), point_read(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or BASE is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = point_multiply(s, BASE), point_add(r, point_multiply(k, a))
    return all((left[axis] * right[2] - right[axis] * left[2]) % P == 0 for axis in (0, 1))


# --- Keys, signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) ---


def unbase64(text: object, what: str, length: int = 0) -> bytes:
    """Decode base64 in its only spelling: an unused bit is not a place to hide a change."""
    try:
        raw = base64.b64decode(str(text), validate=True)
    except ValueError:
        raw = b""
    right = raw and len(raw) == (length or len(raw)) and base64.b64encode(raw).decode() == text
    need(right, f"{what} is not base64 of {length or 'some'} bytes: {show(text)}")
    return raw


class Key(NamedTuple):
    id: bytes
    public: bytes
    since: int  # accepted for trees of this size on


def read_vkey(text: str, origin: str, since: int = 0) -> Key:
    """A verification key: name+id+base64(0x01 || key)."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    need(name == origin, f"not a verification key of {origin}: {show(text)}")
    raw = unbase64(encoded, "a verification key", 33)
    found = hashlib.sha256(origin.encode() + b"\n" + raw).digest()[:4]
    right = raw[0] == 1 and found.hex() == key_id and point_read(raw[1:])
    need(right, f"a verification key that is damaged: {show(text)}")
    return Key(found, raw[1:], since)


def write_vkey(key: Key, origin: str) -> str:
    return f"{origin}+{key.id.hex()}+{base64.b64encode(bytes([1]) + key.public).decode()}"


class Note:
    """A checkpoint: origin, size and root of a tree, and who signed that."""

    def __init__(self, raw: bytes, what: str, origin: str) -> None:
        self.raw, self.what, self.origin = raw, what, origin
        body, gap, signatures = raw.decode("utf-8", "replace").rpartition("\n\n")
        lines = body.split("\n")
        three = gap and len(lines) == 3 and re.fullmatch("0|[1-9][0-9]{0,15}", lines[1])
        need(three, f"{what} is not a signed checkpoint")
        need(lines[0] == origin, f"{what} is of another ledger: {show(lines[0])} instead of {origin}")
        self.text, self.size = (body + "\n").encode(), int(lines[1])
        self.root = unbase64(lines[2], f"the root in {what}", 32)
        found = re.findall("\u2014 ([^ \n]+) ([A-Za-z0-9+/=]+)\n", signatures)
        right = "".join(f"\u2014 {name} {value}\n" for name, value in found) == signatures
        need(right and 1 <= len(found) <= 64, f"{what} has a line that is not a signature, or too many")
        self.signatures = [(name, unbase64(value, f"a signature of {what}")) for name, value in found]

    def signed_by(self, keys: list[Key]) -> bool:
        """Whether a known key signed it. A bad signature in the name of a known key is refused."""
        good = False
        for key in keys:
            for name, raw in self.signatures:
                if name == self.origin and raw[:4] == key.id and self.size >= key.since:
                    good = ed25519_verify(key.public, self.text, raw[4:])
                    need(good, f"the signature of {self.what} is wrong")
        return good


def check_signatures(notes: list[Note], keys: list[Key], announced: list[Key]) -> list[Key]:
    """Every note is signed by a key we know, or by one announced in a tree that is so signed: return all."""
    new = keys
    while new:
        reach = max((note.size for note in notes if note.signed_by(keys)), default=0)
        new = [key for key in announced if key.since <= reach and key not in keys]
        keys = keys + new
    for note in notes:
        need(note.signed_by(keys), f"{note.what} is not signed by a known key (--vkey names another one)")
    return keys


# --- The tree (RFC 6962) ---


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def fold(hashes: list[bytes]) -> bytes:
    """The root over neighbouring hashes: pair by pair, an odd last one goes up as it is."""
    while len(hashes) > 1:
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = list(map(node_hash, hashes[::2], hashes[1::2])) + odd
    return hashes[0]


class Tree:
    """The roots of a growing tree: complete subtrees from the largest on, then single leaves."""

    def __init__(self) -> None:
        self.bundles = 0
        self.peaks: list[bytes] = []

    def push(self, hashes: list[bytes]) -> None:
        """Take the hashes of a full bundle."""
        peak, bits = fold(hashes), self.bundles
        while bits & 1:
            peak, bits = node_hash(self.peaks.pop(), peak), bits >> 1
        self.peaks.append(peak)
        self.bundles += 1

    def root(self, hashes: list[bytes]) -> bytes:
        """The root of what was pushed, followed by these leaves (at most a bundle)."""
        root = fold(hashes)
        for peak in reversed(self.peaks):
            root = node_hash(peak, root)
        return root


def root_from_proof(found: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2), nothing if its length is wrong."""
    last = size - 1
    for sibling in proof:
        if last == 0:
            return b""
        if index & 1 or index == last:
            found = node_hash(sibling, found)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        index, last = index >> 1, last >> 1
    return found if last == 0 else b""


def proof_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves whose hashes prove the leaf at `index`, from the leaf up (RFC 6962, 2.1.1)."""
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        found.append((middle, end) if index < middle else (start, middle))
        start, end = (start, middle) if index < middle else (middle, end)
    return found[::-1]


# --- The leaves, and what they add up to ---

TIME = '"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"'
NUMBER = "(0|[1-9][0-9]{0,15})"  # the replay bounds each number far below 2**53
LIST = r"\[((?:0|[1-9][0-9]{0,15})(?:,(?:0|[1-9][0-9]{0,15})){0,255})\]"
LANG = '"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"'
COMMITMENT = '"([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])"'  # 32 bytes: two bits of the last sign are zero
KIND = '"(?:person|organization)"'
METHOD = '"(?:email|institution|orcid|openid|checked)"'
REASON = '"(?:review|disposable|flood|impersonation|duplicate|court|test|other)"'
WORDS = r'"(?:[ !#-\[\]-~]|\\["\\]){1,400}"'
TALLY = ("count", "lost", "removed", "signed", "withdrawn")


def form(kind: str, **fields: str) -> re.Pattern[str]:
    """The only spelling of a leaf: exactly these keys, sorted, no spaces."""
    fields.update(t=f'"{kind}"', v="1")
    return re.compile(r"\{" + ",".join(f'"{key}":{fields[key]}' for key in sorted(fields)) + r"\}")


FORMS = {
    "open": form("open", at=TIME, l='"([a-z2-7]{26})"', rules='"[0-9a-f]{64}"'),
    "text": form("text", h='"([0-9a-f]{64})"', lang=LANG, n=NUMBER),
    "sign": form("sign", c=COMMITMENT, k=KIND, lang=LANG, m=METHOD, n=NUMBER),
    "method": form("method", i=NUMBER, m=METHOD),
    "amend": form("amend", c=COMMITMENT, i=NUMBER, lang=LANG, n=NUMBER),
    "withdraw": form("withdraw", i=NUMBER),
    "remove": form("remove", i=LIST, r=REASON),
    "restore": form("restore", i=LIST),
    "lost": form("lost", i=LIST, why=WORDS),
    "tally": form("tally", at=TIME, **dict.fromkeys(TALLY, NUMBER)),
    "close": form("close", at=TIME),
    "key": form("key", vkey=r'"([!#-\[\]-~]+)"'),
}
NONE, COUNTED, REMOVED, WITHDRAWN, LOST = range(5)
STATES = ("no signature", "counted", "removed", "withdrawn", "lost")
MOVES = {  # from which states, to which
    "withdraw": ((COUNTED, REMOVED), WITHDRAWN),
    "remove": ((COUNTED,), REMOVED),
    "restore": ((REMOVED,), COUNTED),
    "lost": ((COUNTED,), LOST),
}


def read_leaf(data: bytes) -> tuple[str, re.Match[str]]:
    """The type of a leaf and the parts of it that the replay needs. Anything else is refused."""
    text = data.decode("latin-1")
    kind = text.rpartition('"t":"')[2].partition('"')[0]
    if kind not in FORMS:
        raise Mismatch(f"unknown type in {show(text)}")
    match = FORMS[kind].fullmatch(text)
    if match is None or len(data) > MOST_LEAF:
        raise Mismatch(f"not in the canonical form of a {kind} leaf: {show(text)}")
    return kind, match


def moment(text: object) -> datetime:
    """A time in its only spelling."""
    try:
        if re.fullmatch(TIME, f'"{text}"'):
            return datetime.fromisoformat(str(text)[:-1]).replace(tzinfo=timezone.utc)
    except ValueError:
        pass
    raise Mismatch(f"not a time: {show(text)}")


class Replay:
    """Go through the leaves as they were written and count what they say."""

    def __init__(self, origin: str, expect: int | None) -> None:
        self.origin, self.expect, self.expected_at = origin, expect, ""
        self.state = bytearray()  # one byte for each leaf
        self.now_in = [0] * len(STATES)  # how many signatures are in each state
        self.signed = self.signed_before = self.late = 0
        self.texts: list[str] = []
        self.keys: list[Key] = []
        self.amended: dict[int, int] = {}
        self.opened = self.tallied = self.closed = ""
        self.seen = [array("q") for _ in range(256)]

    def add_all(self, entries: list[bytes]) -> None:
        for data in entries:
            at = len(self.state)
            try:
                self.add(data)
            except Mismatch as wrong:
                raise Mismatch(f"leaf {at}: {wrong}") from None

    def add(self, data: bytes) -> None:
        kind, match = read_leaf(data)
        if (kind == "open") != (not self.state):
            raise Mismatch("the first leaf, and no other, opens the ledger")
        self.state.append(COUNTED if kind == "sign" else NONE)
        if kind in MOVES:
            self.move(match[1], *MOVES[kind])
        else:
            getattr(self, "on_" + kind)(*match.groups())

    def move(self, indexes: str, sources: tuple[int, ...], target: int) -> None:
        """Take signatures from a state to another."""
        numbers = list(map(int, indexes.split(",")))
        need(numbers == sorted(set(numbers)), "the list is not sorted")
        for at in numbers:
            state = self.state[at] if at < len(self.state) else NONE
            need(state in sources, f"cannot make leaf {at} {STATES[target]}: it is {STATES[state]}")
            self.state[at] = target
            self.now_in[state] -= 1
            self.now_in[target] += 1

    def commit(self, commitment: str, text: str) -> None:
        if not 1 <= int(text) <= len(self.texts):
            raise Mismatch(f"there is no text {text} yet")
        mark = hash(commitment)  # 64 bits under a secret of this process: 8 bytes instead of 43
        self.seen[mark & 255].append(mark)

    def check_commitments(self) -> None:
        """Each commitment has a salt of its own: the same one twice is the same signature twice."""
        once = all(len(set(part)) == len(part) for part in self.seen)
        need(once, "the same commitment stands in two leaves: a signature was counted twice")

    def on_open(self, at: str, letter: str) -> None:
        moment(at)
        need(self.origin.endswith("/" + letter), "the first leaf is of another letter")
        self.opened = at

    def on_text(self, digest: str, number: str) -> None:
        self.texts.append(digest)
        need(int(number) == len(self.texts), f"text {number} comes where text {len(self.texts)} should")

    def on_sign(self, commitment: str, text: str) -> None:
        self.commit(commitment, text)
        self.signed += 1
        self.now_in[COUNTED] += 1

    def on_amend(self, commitment: str, index: str, text: str) -> None:
        self.commit(commitment, text)
        self.on_method(index)
        self.amended[int(index)] = len(self.state) - 1

    def on_method(self, index: str) -> None:
        known = int(index) < len(self.state) and self.state[int(index)] in (COUNTED, REMOVED)
        need(known, f"leaf {index} is no signature that could change")

    def on_key(self, vkey: str) -> None:
        self.keys.append(read_vkey(vkey, self.origin, len(self.state)))

    def on_close(self, at: str) -> None:
        need(not self.closed, "the letter was closed before")
        need(moment(at) >= moment(self.opened), f"closed at {at}, opened at {self.opened}")
        self.closed = at

    def on_tally(self, at: str, *numbers: str) -> None:
        now, before = moment(at), self.tallied or self.opened
        need(at > self.tallied and at >= before, f"a tally of {at} comes after {before}: time runs backwards")
        said = dict(zip(TALLY, map(int, numbers)))
        _, counted, removed, withdrawn, lost = self.now_in
        found = dict(zip(TALLY, (counted, lost, removed, self.signed, withdrawn)))
        need(said == found, f"the tally says {said}, the leaves {found}")
        if self.closed:
            need(moment(self.closed) <= now + LAG, f"closed at {self.closed}, later than the tally of {at}")
            if now > moment(self.closed) + GRACE:
                self.late += self.signed - self.signed_before
        if counted == self.expect:
            self.expected_at = at
        self.tallied, self.signed_before = at, self.signed


class Tally(NamedTuple):
    at: str
    total: int


def read_tally(data: bytes, what: str) -> Tally:
    kind, match = read_leaf(data)
    need(kind == "tally", f"{what} is a {kind} leaf, not a tally")
    return Tally(match[1], int(match[2]))


# --- Where the files come from: the site, or a bundle ---


class Site:
    """Fetches over HTTP."""

    def __init__(self, base: str, slug: str) -> None:
        self.base, self.count_at = base, f"{base}/api/v1/letters/{slug}/count"

    def get(self, path: str) -> bytes:
        url = self.count_at if path == "count.json" else f"{self.base}/{path}"
        try:
            request = urllib.request.Request(url, headers={"User-Agent": "verify_letter.py"})
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                raw: bytes = answer.read(MOST_BYTES + 1)
        except HTTPError as error:
            error.close()
            raise (Missing if error.code in (404, 451) else Unreachable)(
                f"{url} answers {error.code}"
            ) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"{url}: {show(str(error) or type(error).__name__)}") from None
        need(len(raw) <= MOST_BYTES, f"{url} is too large")
        return raw


class Bundle(Site):
    """Reads the same files from a tar, without network."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            with tarfile.open(path, "r:") as tar:
                self.files = {file.name: (file.offset_data, file.size) for file in tar if file.isreg()}
        except (tarfile.TarError, ValueError, EOFError) as error:
            raise Mismatch(f"the bundle is not a readable tar: {show(str(error))}") from None

    def get(self, path: str) -> bytes:
        if path not in self.files:
            raise Missing(f"the bundle has no {path}")
        start, size = self.files[path]
        need(0 <= size <= MOST_BYTES, f"{path} is too large")
        with open(self.path, "rb") as file:
            file.seek(start)
            return file.read(size)


class Ledger:
    """The published files of one ledger (C2SP tlog-tiles)."""

    def __init__(self, source: Site, origin: str) -> None:
        self.source, self.folder = source, origin.partition("/")[2]

    def get(self, name: str) -> bytes:
        return self.source.get(f"{self.folder}/{name}")

    def tile(self, level: int | str, number: int, size: int) -> tuple[bytes, int]:
        """Tile `number` of a level with `size` things in all, and its width."""
        path, rest, width = f"{number % 1000:03d}", number // 1000, min(WIDTH, size - number * WIDTH)
        while rest:
            path, rest = f"x{rest % 1000:03d}/{path}", rest // 1000
        try:
            return self.get(f"tile/{level}/{path}" + (f".p/{width}" if width < WIDTH else "")), width
        except Missing:
            if width == WIDTH:
                raise
            return self.get(f"tile/{level}/{path}"), width  # it was completed since

    def hashes(self, level: int, number: int, size: int) -> list[bytes]:
        raw, width = self.tile(level, number, size)
        need(len(raw) in (32 * width, 32 * WIDTH), f"tile {number} of level {level} has {len(raw)} bytes")
        return [raw[at : at + 32] for at in range(0, 32 * width, 32)]

    def entries(self, number: int, size: int) -> list[bytes]:
        """The leaves of one bundle: each after its length in two bytes."""
        raw, width = self.tile("entries", number, size)
        found, at = [], 0
        while at + 2 <= len(raw):
            end = at + 2 + (raw[at] << 8 | raw[at + 1])
            found.append(raw[at + 2 : end])
            at = end
        whole = at == len(raw) and len(found) in (width, WIDTH)
        need(whole, f"entry bundle {number} is cut, or has {len(found)} leaves instead of {width}")
        return found[:width]

    def all_entries(self, size: int) -> Iterator[list[bytes]]:
        """All leaves in order, a few bundles ahead, at most four files at a time."""
        with ThreadPoolExecutor(4) as pool:
            waiting: deque[Future[list[bytes]]] = deque()
            for number in range((size + WIDTH - 1) // WIDTH):
                waiting.append(pool.submit(self.entries, number, size))
                if len(waiting) > 8:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def range_hash(self, start: int, end: int, size: int) -> bytes:
        """The hash over the leaves from start to end, out of the tiles."""
        width = end - start
        half = 1 << (width - 1).bit_length() - 1 if width > 1 else 0
        if half * 2 not in (0, width):  # no power of two: in two parts
            middle = start + half
            return node_hash(self.range_hash(start, middle, size), self.range_hash(middle, end, size))
        level = (width.bit_length() - 1) // 8
        first, many = start >> 8 * level, width >> 8 * level
        tile = self.hashes(level, first // WIDTH, size >> 8 * level)
        return fold(tile[first % WIDTH : first % WIDTH + many])


# --- What the site and the user claim ---


class Shown(NamedTuple):
    """The answer of the API."""

    total: int
    at: str
    size: int
    root: bytes
    origin: str


def read_number(value: object, what: str) -> int:
    if type(value) is int and 0 <= value < 2**53:
        return value
    raise Mismatch(f"{what} is not a number: {show(value)}")


def read_json(raw: bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    raise Mismatch(f"{what} is not a JSON object")


def read_shown(raw: bytes, host: str) -> Shown:
    """What the API says, and which ledger it names: one of the letter's own host."""
    answer = read_json(raw, "the API's answer")
    ledger = answer.get("ledger")
    if not isinstance(ledger, dict):
        raise Mismatch("the API names no ledger for this letter")
    url = str(ledger.get("checkpoint"))
    match = re.fullmatch(f"https?://({HOST})/ledger/([a-z2-7]{{26}})/checkpoint", url)
    if not match or host.lower() not in ("", match[1]):
        raise Mismatch(f"the API names a checkpoint elsewhere: {show(url)}")
    moment(answer.get("as_of"))
    count = read_number(answer.get("confirmed"), "the API's count")
    size = read_number(ledger.get("size"), "the API's ledger size")
    root = unbase64(ledger.get("root"), "the API's root", 32)
    return Shown(count, answer["as_of"], size, root, f"{match[1]}/ledger/{match[2]}")


class Receipt:
    """What a signatory keeps: the opened commitment, and the proof that its leaf is in the tree."""

    def __init__(self, raw: bytes, origin: str) -> None:
        data = read_json(raw, "the receipt")
        need(data.get("letter") == origin, f"the receipt is for another letter: {show(data.get('letter'))}")
        self.index = read_number(data.get("index"), "the receipt's index")
        self.claim = data["claim"] if isinstance(data.get("claim"), dict) else {}
        self.leaf = str(data.get("leaf")).encode("utf-8", "replace")
        note = str(data.get("checkpoint")).encode("utf-8", "replace")
        self.note = Note(note, "the receipt's checkpoint", origin)
        self.kind, self.match = read_leaf(self.leaf)
        self.check_commitment(str(data.get("salt")), origin)
        self.check_proof(data.get("proof"))

    def check_commitment(self, salt: str, origin: str) -> None:
        need(self.kind in ("sign", "amend"), "the receipt is not about a signature")
        raw = unbase64(salt.translate({45: "+", 95: "/"}) + "=", "the receipt's salt", 32)
        claim = json.dumps(self.claim, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        message = b"letters-commit/v1\n" + claim.encode("utf-8", "replace")
        digest = base64.urlsafe_b64encode(hmac.new(raw, message, hashlib.sha256).digest()).decode()
        opens = digest.rstrip("=") == self.match[1]
        need(opens, "the receipt's claim and salt do not open the commitment in its leaf")
        need(self.claim.get("origin") == origin, "the receipt's claim is about another letter")

    def check_proof(self, proof: object) -> None:
        if not isinstance(proof, list) or self.index >= self.note.size:
            raise Mismatch("the receipt holds no proof")
        hashes = [unbase64(item, "a hash in the receipt's proof", 32) for item in proof[:64]]
        root = root_from_proof(leaf_hash(self.leaf), self.index, self.note.size, hashes)
        need(root == self.note.root, "the receipt's proof does not lead to its checkpoint")

    def report(self, replay: Replay) -> None:
        """Whether the signature still counts, once the tree has been read."""
        sign = self.index if self.kind == "sign" else int(self.match[2])
        text = replay.texts[int(self.match.groups()[-1]) - 1]
        need(self.claim.get("text") == text, "the receipt's claim is about another text than its leaf")
        say(f"Your receipt opens leaf {self.index}, signed as {show(self.claim.get('name'))}.")
        if replay.amended.get(sign, self.index) != self.index:
            say(f"It was changed later, by leaf {replay.amended[sign]}: this receipt shows the earlier form.")
        say(f"Your signature is now {STATES[replay.state[sign]]}.")


def read_file(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(MOST_BYTES)


# --- The check ---


class Audit:
    """One run: what is claimed, what is published, and whether they agree."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.closed, self.expected_at = args, "", ""
        self.now = moment(args.now) if args.now else datetime.now(timezone.utc)
        letter = re.fullmatch(rf"(https?://({HOST}))/letters/([^/?#\s]+)/?", args.letter or "")
        if not letter and (args.letter or not args.bundle):
            raise Verdict("give the address of a letter, like https://letters.example.org/letters/open-ai/")
        source = Bundle(args.bundle) if args.bundle else Site(letter[1], letter[3])  # type: ignore[index]
        for seconds in (2, 5, 0):
            self.shown = read_shown(source.get("count.json"), letter[2] if letter else "")
            self.origin = self.shown.origin
            self.ledger = Ledger(source, self.origin)
            self.note = Note(self.ledger.get("checkpoint"), "the checkpoint", self.origin)
            if self.note.size >= self.shown.size or args.bundle:
                break
            time.sleep(seconds)  # the ledger is published a moment after the number changes
        need(self.note.size, "the ledger is empty")
        say(f"Ledger {self.origin}: {self.note.size} leaves.")
        self.state = read_json(read_file(args.state), args.state) if self.remembers() else {}
        self.receipt = Receipt(read_file(args.receipt), self.origin) if args.receipt else None
        self.others = list(self.other_notes())
        self.vkeys = self.find_keys()
        self.keys = [read_vkey(vkey, self.origin) for vkey in self.vkeys]

    def remembers(self) -> bool:
        return bool(self.args.state) and os.path.exists(self.args.state)

    def other_notes(self) -> Iterator[Note]:
        """The checkpoints that this tree must contain."""
        if self.origin in self.state:
            kept = self.state[self.origin]
            note = Note(str(kept["note"]).encode(), "the remembered checkpoint", self.origin)
            same = (kept["size"], kept["root"]) == (note.size, base64.b64encode(note.root).decode())
            need(same, f"{self.args.state} is damaged")
            yield note
        if self.args.checkpoint:
            pasted = read_file(self.args.checkpoint).replace(b"\r", b"").strip() + b"\n"
            yield Note(pasted, "the pasted checkpoint", self.origin)
        if self.receipt:
            yield self.receipt.note

    def find_keys(self) -> list[str]:
        """--vkey, else the keys remembered in --state, else those of the site."""
        if self.args.vkey:
            say("The key is the one you gave.")
            return list(self.args.vkey)
        if self.origin in self.state:
            say("The key is the one remembered from last time.")
            return list(self.state[self.origin]["vkeys"])
        vkeys = self.ledger.get("vkey").decode("latin-1").removesuffix("\n").split("\n")
        say("The key was taken from the site itself, which proves little. Compare it with the one in its")
        say("documentation or with somebody else's, and give it next time:")
        for vkey in vkeys:
            read_vkey(vkey, self.origin)
            say(f"  --vkey '{vkey}'")
        return vkeys

    def read_all(self, replay: Replay, sizes: set[int], kept: dict[int, bytes]) -> dict[int, bytes]:
        """Replay every leaf; return the roots at some sizes, and keep some leaves."""
        tree, roots, start = Tree(), {}, 0
        for entries in self.ledger.all_entries(self.note.size):
            replay.add_all(entries)
            hashes, end = list(map(leaf_hash, entries)), start + len(entries)
            for size in sizes.intersection(range(start + 1, end + 1)):
                roots[size] = tree.root(hashes[: size - start])
            for index in kept.keys() & range(start, end):
                kept[index] = entries[index - start]
            tree.push(hashes)
            start = end
        return roots

    def full(self) -> Tally:
        """Read every leaf, count, and compare the roots."""
        replay, notes, size = Replay(self.origin, self.args.expect), [self.note, *self.others], self.note.size
        for note in notes:
            smaller = f"rewritten history: {note.what} has {note.size} leaves, the ledger {size}"
            need(note.size <= size, smaller)
        kept = dict.fromkeys([size - 1, self.shown.size - 1], b"")
        if self.receipt:
            kept[self.receipt.index] = b""
        roots = self.read_all(replay, {self.shown.size, *(note.size for note in notes)}, kept)
        self.compare_roots(notes, roots)
        believed = check_signatures(notes, self.keys, replay.keys)
        self.vkeys = list(dict.fromkeys([*self.vkeys, *(write_vkey(key, self.origin) for key in believed)]))
        replay.check_commitments()
        self.check_texts(replay.texts)
        say(f"All {size} leaves are well formed, each change is allowed, and their root is the signed one.")
        if replay.late:
            say(f"The letter closed at {replay.closed}; {replay.late} signatures came into the ledger")
            say("more than 48 hours later. A long review is one reason: ask the organizers.")
        if self.receipt:
            same = kept[self.receipt.index] == self.receipt.leaf
            need(same, f"leaf {self.receipt.index} is not the one in the receipt")
            self.receipt.report(replay)
        self.closed, self.expected_at = replay.closed, replay.expected_at
        return self.compare_api(kept, roots)

    def compare_roots(self, notes: list[Note], roots: dict[int, bytes]) -> None:
        for note in notes:
            why = "" if note is self.note else "rewritten history: "
            same = roots.get(note.size, note.root) == note.root
            need(same, f"{why}{note.what} has another root than the first {note.size} leaves")
            if note is not self.note:
                say(f"The first {note.size} leaves are those of {note.what}: none was changed since.")

    def check_texts(self, texts: list[str]) -> None:
        there = 0
        for at, digest in enumerate(texts, 1):
            try:
                raw = self.ledger.get(f"text/{at}")
            except Missing:
                self.check_notice(at, digest)
                continue
            same = hashlib.sha256(raw).hexdigest() == digest
            need(same, f"text {at} of the letter is not the one in the ledger")
            there += 1
        say(f"Each text of the letter that can be read ({there}) is the one in the ledger.")

    def check_notice(self, at: int, digest: str) -> None:
        """A text that is not there must be withheld by order of law, and the site must say so."""
        told = read_json(self.ledger.get(f"withheld/{at}"), f"the notice for text {at}")
        same = (told.get("n"), told.get("h")) == (at, digest)
        need(same, f"the notice in the place of text {at} is about another text")
        say(f"Text {at} is withheld by order of law, the site says: {show(told.get('authority'))},")
        say(f"{show(told.get('reference'))} of {show(told.get('ordered_on'))}. Its words cannot be checked")
        say("here; whoever kept them can, because their hash stays in the ledger.")

    def light(self) -> Tally:
        """The signature, and that the last tally is in the signed tree."""
        check_signatures([self.note], self.keys, [])
        size, kept = self.note.size, {}
        for index in {size - 1, min(size, self.shown.size or 1) - 1}:
            bundle, at = divmod(index, WIDTH)
            entries, hashes = self.ledger.entries(bundle, size), self.ledger.hashes(0, bundle, size)
            same = list(map(leaf_hash, entries)) == hashes
            need(same, f"entry bundle {bundle} and its tile of hashes differ")
            proof = [self.ledger.range_hash(*part, size) for part in proof_ranges(index, size)]
            root = root_from_proof(hashes[at], index, size, proof)
            need(root == self.note.root, f"leaf {index} is not in the signed tree")
            kept[index] = entries[at]
            closes = [match[1] for kind, match in map(read_leaf, entries) if kind == "close"]
            self.closed = "".join(closes[-1:]) or self.closed
        say("The signature is right, and the last tally is in the signed tree.")
        say("Nothing was counted again: this is --light.")
        return self.compare_api(kept, {size: self.note.root})

    def compare_api(self, kept: dict[int, bytes], roots: dict[int, bytes]) -> Tally:
        """The number of the API is the tally at its size; it may run ahead or behind for a moment."""
        last, shown, size = read_tally(kept[self.note.size - 1], "the last leaf"), self.shown, self.note.size
        if shown.size > size and shown.at > last.at:
            say(f"The site already shows {shown.total} as of {shown.at}; the ledger does not hold that yet.")
            return last
        need(1 <= shown.size <= size, f"the API speaks of {shown.size} leaves, the checkpoint of {size}")
        tally = read_tally(kept[shown.size - 1], "the leaf that the API names")
        same = tally == (shown.at, shown.total)
        found = f"the ledger {tally.total} as of {tally.at}"
        need(same, f"the API says {shown.total} as of {shown.at}, {found}")
        same = roots.get(shown.size, shown.root) == shown.root
        need(same, "the API names another root than the ledger has at that size")
        say(f"The site shows {shown.total} as of {shown.at}, and so does the ledger.")
        return last

    def save(self) -> None:
        """Remember the checkpoint: write beside, then put in place."""
        root = base64.b64encode(self.note.root).decode()
        kept = {"size": self.note.size, "root": root, "note": self.note.raw.decode(), "vkeys": self.vkeys}
        with open(self.args.state + ".new", "w", encoding="utf-8") as file:
            json.dump({**self.state, self.origin: kept}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.args.state + ".new", self.args.state)

    def check_times(self, last: Tally) -> None:
        at, future = moment(last.at), "in the future (or the clock of this computer is wrong)"
        need(at <= self.now + LAG, f"the last tally is of {last.at}, {future}")
        shown, differ = moment(self.shown.at), self.shown.at != last.at
        if abs(shown - at) > LAG or (differ and self.now - max(shown, at) > LAG):
            raise Stale(f"the site shows the number of {self.shown.at}, the ledger ends at {last.at}")
        if not self.closed and self.now - at > QUIET:
            raise Stale(f"the letter is open, but its last tally is of {last.at}: the ledger stands still")

    def run(self) -> str:
        last, expect = self.light() if self.args.light else self.full(), self.args.expect
        when = f" (it was {expect} at {self.expected_at})" if self.expected_at else ""
        right = expect in (None, last.total)
        need(right, f"you expected {expect}, the ledger proves {last.total} as of {last.at}{when}")
        if self.args.state:
            self.save()
        self.check_times(last)
        return f"{last.total} signatures as of {last.at}, proven by {self.note.size} leaves of {self.origin}"


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Verdict(message)


def read_arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = Parser(description="Check the number of signatures under an open letter.")
    add = parser.add_argument
    add("letter", nargs="?", help="https://letters.example.org/letters/open-ai/ (optional with --bundle)")
    add("--vkey", action="append", help="the ledger's key from a source you trust (may be repeated)")
    add("--expect", type=int, help="the number of signatures that somebody claims")
    add("--receipt", metavar="FILE", help="your receipt: is your signature in the number?")
    add("--checkpoint", metavar="FILE", help="a checkpoint from a mail or an article: is it kept?")
    add("--state", metavar="FILE", help="remember the checkpoint, and compare with it next time")
    add("--bundle", metavar="TAR", help="check downloaded files, without network")
    add("--light", action="store_true", help="only the signature and the last tally")
    add("--now", metavar="TIME", help="check as of this moment, like 2026-11-23T02:00:00Z (for archives)")
    args = parser.parse_args(argv)
    if args.light and (args.receipt or args.checkpoint or args.state):
        raise Verdict("--light reads too little for --receipt, --checkpoint or --state")
    return args


def main(argv: list[str] | None = None) -> int:
    try:
        print("OK: " + Audit(read_arguments(argv)).run())
        return 0
    except Verdict as verdict:
        print(f"{verdict.word}: {verdict}")
        return verdict.status
    except OSError as error:
        print(f"USAGE: a file on this computer: {show(str(error))}")
        return 64
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        print(f"MISMATCH: something given or published is malformed: {show(str(error))}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
