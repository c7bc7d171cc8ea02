"""The verifier's own Ed25519, tree and grammar of leaves, against standards and slow references."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verify import forge
from tests.verify.runs import verifier

ORDER = 2**252 + 27742317777372353535851937790883648493
VECTORS = {  # RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc)
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a": (
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
            "24655141438e7a100b"
        ),
    ),
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c": (
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302a"
            "eeb00d291612bb0c00"
        ),
    ),
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025": (
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
            "8dc027beceea1ec40a"
        ),
    ),
    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf": (
        (
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce8"
            "0e2a9ac94fa54ca49f"
        ),
        (
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac1"
            "7ad9bef1177331a704"
        ),
    ),
}


@pytest.mark.parametrize("key", VECTORS)
def test_the_vectors_of_rfc_8032(key: str) -> None:
    public, message, signature = bytes.fromhex(key), *map(bytes.fromhex, VECTORS[key])
    assert verifier.ed25519_verify(public, message, signature)
    assert not verifier.ed25519_verify(public, message + b"x", signature)
    for at in (0, 31, 32, 63):
        assert not verifier.ed25519_verify(
            public, message, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
        )
    for wrong in (signature[:-1], signature + b"\0", b"", b"\xff" * 64):
        assert not verifier.ed25519_verify(public, message, wrong)


@pytest.mark.parametrize("key", VECTORS)
def test_an_s_beyond_the_order_is_refused(key: str) -> None:
    public, message, signature = bytes.fromhex(key), *map(bytes.fromhex, VECTORS[key])
    s = int.from_bytes(signature[32:], "little") + ORDER
    assert not verifier.ed25519_verify(public, message, signature[:32] + s.to_bytes(32, "little"))


def test_points_have_one_spelling() -> None:
    prime = 2**255 - 19
    for y in (prime, prime + 1, 2**255 - 1, 2):  # not reduced, and not on the curve
        assert verifier.point_read(y.to_bytes(32, "little")) is None
    assert verifier.point_read((1 | 1 << 255).to_bytes(32, "little")) is None  # minus zero
    assert not verifier.ed25519_verify(prime.to_bytes(32, "little"), b"", bytes(64))
    assert not verifier.ed25519_verify(b"short", b"", bytes(64))


def test_it_agrees_with_openssl() -> None:
    chance = random.Random(1)
    for _ in range(40):
        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        message = chance.randbytes(chance.randrange(200))
        signature, public = private.sign(message), private.public_key().public_bytes_raw()
        assert verifier.ed25519_verify(public, message, signature)
        at = chance.randrange(64)
        assert not verifier.ed25519_verify(
            public, message, signature[:at] + bytes([signature[at] ^ 4]) + signature[at + 1 :]
        )


def test_roots_and_proofs_of_every_small_tree() -> None:
    hashes = [forge.leaf_hash(bytes([at])) for at in range(70)]
    for size in range(1, 71):
        root = forge.root_of(hashes[:size])
        assert verifier.fold(hashes[:size]) == root
        for index in range(size):
            proof = forge.path_of(index, hashes[:size])
            assert verifier.root_from_proof(hashes[index], index, size, proof) == root
            ranges = verifier.proof_ranges(index, size)
            assert [forge.root_of(hashes[start:end]) for start, end in ranges] == proof
            for wrong in ([*proof[:-1]] if proof else [root], [*proof, root]):
                assert verifier.root_from_proof(hashes[index], index, size, wrong) != root


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1023, 1024, 1500, 3000])
def test_roots_of_a_growing_tree(size: int) -> None:
    hashes, tree = [forge.leaf_hash(at.to_bytes(2, "big")) for at in range(size)], verifier.Tree()
    for start in range(0, size, 256):
        part = hashes[start : start + 256]
        for width in {1, 100, len(part)}:
            assert tree.root(part[:width]) == forge.root_of(hashes[: start + len(part[:width])])
        tree.push(part)


NUMBERS = {"i", "n", "count", "lost", "removed", "signed", "withdrawn"}
KEYS = {
    "open": {"at", "l", "rules"}, "text": {"h", "lang", "n"}, "sign": {"c", "k", "lang", "m", "n"},
    "method": {"i", "m"}, "amend": {"c", "i", "lang", "n"}, "withdraw": {"i"}, "remove": {"i", "r"},
    "restore": {"i"}, "tally": {"at", "count", "lost", "removed", "signed", "withdrawn"}, "close": {"at"},
    "key": {"vkey"}, "lost": {"i", "why"},
}  # fmt: skip
WORDS = {
    "k": {"person", "organization"}, "m": {"email", "institution", "orcid", "openid", "checked"},
    "r": {"review", "disposable", "flood", "impersonation", "duplicate", "court", "test", "other"},
}  # fmt: skip
TEXTS = {
    "at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "l": "[a-z2-7]{26}", "rules": "[0-9a-f]{64}",
    "h": "[0-9a-f]{64}",
    "c": "[-_A-Za-z0-9]{42}[AEIMQUYcgkosw048]", "lang": "[a-z]{2,3}(-[A-Za-z0-9]{1,8})*",
    "why": "[ -~]{1,400}",
    "vkey": r"[!#-\[\]-~]+",
}  # fmt: skip


def strict(data: bytes) -> bool:
    """Whether these bytes are a leaf: read them as JSON, write them again, look at each value."""
    try:
        leaf = json.loads(data.decode("ascii"))
        same = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == data
    except ValueError:
        return False
    if not same or not isinstance(leaf, dict) or type(leaf.get("v")) is not int or leaf["v"] != 1:
        return False
    kind = leaf.get("t")
    return isinstance(kind, str) and leaf.keys() == KEYS.get(kind, {"?"}) | {"t", "v"} and all(
        fits(kind, name, value) for name, value in leaf.items() if name not in "tv"
    )  # fmt: skip


def fits(kind: str, name: str, value: Any) -> bool:
    """Whether a field holds what it may."""
    if name == "i" and kind in {"remove", "restore", "lost"}:
        return (
            isinstance(value, list) and 1 <= len(value) <= 256 and all(fits("", "i", item) for item in value)
        )
    if name in NUMBERS:
        return type(value) is int and 0 <= value < 10**16
    if name in WORDS:
        return isinstance(value, str) and value in WORDS[name]
    return isinstance(value, str) and re.fullmatch(TEXTS[name], value, re.ASCII) is not None


def accepts(data: bytes) -> bool:
    """Whether the verifier reads these bytes as a leaf."""
    try:
        verifier.read_leaf(data)
    except verifier.Mismatch:
        return False
    return True


def test_the_grammar_is_that_of_canonical_json() -> None:
    chance = random.Random(2)
    leaves = [
        *{json.loads(data)["t"]: data for data in forge.honest().leaves}.values(),
        forge.leaf("close", at=forge.time(0)),
    ]
    assert {json.loads(data)["t"] for data in leaves} == KEYS.keys()
    accepted = 0
    for _ in range(20_000):
        data = bytearray(chance.choice(leaves))
        for _ in range(chance.randrange(3)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(2)] = chance.choice(
                [b"", b" ", b"0", b"1", b'"', b"a", b",", b"\\", bytes([data[at]])]
            )
        assert accepts(bytes(data)) == strict(bytes(data)), bytes(data)
        accepted += accepts(bytes(data))
    assert accepted > 1000
