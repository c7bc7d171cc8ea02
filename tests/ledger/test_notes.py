"""Signed notes and checkpoints: known vectors, and nothing else opens."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.ledger import merkle, notes
from letters.ledger.notes import BadNote, Checkpoint
from tests.ledger import CALM

# RFC 8032, section 7.1: seed, public key, message, signature of TEST 1, 2 and 3.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
            "4a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
# The note of the documentation of Go's sumdb/note, which C2SP signed-note describes.
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6Ryy"
    "BwJnAM=\n"
)
ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
ENOCH = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+Q"
    "Q=\n"
)
NOTE = f"{TEXT}\n{PETER}"
# The key of Go's checksum database: its base64 holds a plus.
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
# The example of C2SP tlog-checkpoint.
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
SOFA_NOTE = (
    f"{SOFA}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1"
    "gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)

NAME = "letters.example.org/ledger/abcdefghijklmnopqrstuvwxyz"
KEY = notes.private_key(bytes(range(32)))
VKEY = notes.encode_vkey(notes.verifier(name=NAME, key=KEY))
BODY = notes.checkpoint(origin=NAME, size=7, root=merkle.EMPTY)
SIGNED = notes.note(body=BODY, signatures=[notes.sign(body=BODY, name=NAME, key=KEY)])


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_keys_sign_as_rfc_8032_says(seed: str, public: str, message: str, signature: str) -> None:
    key = notes.private_key(bytes.fromhex(seed))
    known = notes.verifier(name=NAME, key=key)
    assert known.public_key.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert known.accepts(signature=bytes.fromhex(signature), message=bytes.fromhex(message))
    assert not known.accepts(signature=bytes.fromhex(signature), message=b"another")
    assert not known.accepts(signature=b"short", message=bytes.fromhex(message))


@pytest.mark.parametrize("vkey", [PETER_KEY, ENOCH_KEY, SUMDB_KEY, VKEY])
def test_known_keys_are_read_and_written_alike(vkey: str) -> None:
    assert notes.encode_vkey(notes.parse_vkey(vkey)) == vkey


def test_the_note_of_peter_neumann_opens() -> None:
    assert notes.parse_vkey(PETER_KEY).key_id == bytes.fromhex("c74f20a3")
    assert notes.open_note(text=NOTE, vkeys=[PETER_KEY]) == TEXT
    assert notes.open_note(text=NOTE, vkeys=[VKEY, PETER_KEY]) == TEXT


def test_with_two_signatures_either_key_opens_and_both_are_checked() -> None:
    both = f"{TEXT}\n{PETER}{ENOCH}"
    for vkeys in ([PETER_KEY], [ENOCH_KEY], [PETER_KEY, ENOCH_KEY]):
        assert notes.open_note(text=both, vkeys=vkeys) == TEXT
    spoiled = both.replace("MtCO", "MtCP").replace("MNtC", "MNtD")
    assert notes.open_note(text=spoiled, vkeys=[PETER_KEY]) == TEXT
    with pytest.raises(BadNote, match="not of this text"):
        notes.open_note(text=spoiled, vkeys=[PETER_KEY, ENOCH_KEY])


def test_without_a_known_key_nothing_opens() -> None:
    other = notes.encode_vkey(notes.verifier(name="PeterNeumann", key=KEY))
    for vkeys in ([], [VKEY], [other]):
        with pytest.raises(BadNote, match="no known key"):
            notes.open_note(text=NOTE, vkeys=vkeys)


def test_the_checkpoint_of_the_specification_is_read_and_written_alike() -> None:
    read = notes.parse_checkpoint(SOFA)
    assert (read.origin, read.size) == ("example.com/behind-the-sofa", 20852163)
    assert notes.checkpoint(origin=read.origin, size=read.size, root=read.root) == SOFA
    with pytest.raises(BadNote, match="no known key"):  # it is well-formed, but we have no key of it
        notes.open_note(text=SOFA_NOTE, vkeys=[VKEY])


def test_what_we_sign_opens_and_says_what_it_said() -> None:
    assert notes.open_note(text=SIGNED, vkeys=[VKEY]) == BODY
    assert notes.parse_checkpoint(BODY) == Checkpoint(NAME, 7, merkle.EMPTY)
    assert notes.open_checkpoint(text=SIGNED, origin=NAME, vkeys=[VKEY]) == notes.parse_checkpoint(BODY)
    with pytest.raises(BadNote, match="another log"):
        notes.open_checkpoint(text=SIGNED, origin=f"{NAME}x", vkeys=[VKEY])
    assert notes.sign(body=BODY, name=NAME, key=KEY) == notes.sign(body=BODY, name=NAME, key=KEY)
    old = notes.sign(body=BODY, name=NAME, key=notes.private_key(bytes(32)))
    rotating = notes.note(body=BODY, signatures=[old, notes.sign(body=BODY, name=NAME, key=KEY)])
    assert notes.open_note(text=rotating, vkeys=[VKEY]) == BODY


@CALM
@given(at=st.integers(0, len(NOTE) - 1), char=st.characters())
def test_a_note_with_another_character_anywhere_is_refused(at: int, char: str) -> None:
    if NOTE[at] != char:
        with pytest.raises(BadNote):
            notes.open_note(text=NOTE[:at] + char + NOTE[at + 1 :], vkeys=[PETER_KEY])


@CALM
@given(at=st.integers(0, len(NOTE)), words=st.text(min_size=1, max_size=3))
def test_a_note_with_something_put_in_is_refused(at: int, words: str) -> None:
    changed = NOTE[:at] + words + NOTE[at:]
    if changed != NOTE:
        with pytest.raises(BadNote):
            notes.open_note(text=changed, vkeys=[PETER_KEY])


@pytest.mark.parametrize("end", range(len(NOTE)))
def test_a_note_cut_off_anywhere_is_refused(end: int) -> None:
    with pytest.raises(BadNote):
        notes.open_note(text=NOTE[:end], vkeys=[PETER_KEY])


@CALM
@given(bit=st.integers(0, 64 * 8 - 1))
def test_a_flipped_bit_in_the_signature_is_refused(bit: int) -> None:
    raw = bytearray(base64.b64decode(PETER.split()[2]))
    raw[4 + bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadNote, match="not of this text"):
        notes.open_note(text=f"{TEXT}\n— PeterNeumann {base64.b64encode(raw).decode()}\n", vkeys=[PETER_KEY])
