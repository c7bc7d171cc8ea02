"""Leaves for tests: one of each type as ledger.md writes them, and any leaf at all for hypothesis."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from letters.ledger import forms, leaves, notes

AT = datetime(2026, 11, 23, 2, 0, 0, tzinfo=UTC)
LETTER = "abcdefghijklmnopqrstuvwxyz"
DIGEST = "0123456789abcdef" * 4
COMMITMENT = bytes(range(224, 256))
C = "4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

WRITTEN: dict[str, tuple[bytes, str]] = {
    "open": (
        leaves.opened(letter=LETTER, rules=DIGEST, at=AT),
        f'{{"at":"2026-11-23T02:00:00Z","l":"{LETTER}","rules":"{DIGEST}","t":"open","v":1}}',
    ),
    "text": (
        leaves.text(number=1, language="en", digest=DIGEST),
        f'{{"h":"{DIGEST}","lang":"en","n":1,"t":"text","v":1}}',
    ),
    "sign": (
        leaves.sign(commitment=COMMITMENT, kind="person", language="en", method="email", text=1),
        f'{{"c":"{C}","k":"person","lang":"en","m":"email","n":1,"t":"sign","v":1}}',
    ),
    "method": (leaves.method(index=123, method="orcid"), '{"i":123,"m":"orcid","t":"method","v":1}'),
    "amend": (
        leaves.amend(index=123, commitment=COMMITMENT, language="pt-BR", text=2),
        f'{{"c":"{C}","i":123,"lang":"pt-BR","n":2,"t":"amend","v":1}}',
    ),
    "withdraw": (leaves.withdraw(index=123), '{"i":123,"t":"withdraw","v":1}'),
    "remove": (leaves.remove(indexes=[5, 9], reason="flood"), '{"i":[5,9],"r":"flood","t":"remove","v":1}'),
    "restore": (leaves.restore(indexes=[5]), '{"i":[5],"t":"restore","v":1}'),
    "tally": (
        leaves.tally(at=AT, signed=10, withdrawn=3, removed=2, lost=1),
        '{"at":"2026-11-23T02:00:00Z","count":4,"lost":1,"removed":2,"signed":10,"t":"tally","v":1,"withdrawn":3}',
    ),
    "key": (leaves.key(vkey=VKEY), f'{{"t":"key","v":1,"vkey":"{VKEY}"}}'),
    "close": (leaves.close(at=AT), '{"at":"2026-11-23T02:00:00Z","t":"close","v":1}'),
    "lost": (
        leaves.lost(indexes=[7, 8], why='disk "A" of 2026'),
        '{"i":[7,8],"t":"lost","v":1,"why":"disk \\"A\\" of 2026"}',
    ),
}  # fmt: skip
"""The type -> (what its builder returns, what ledger.md says)."""

INTEGERS = st.integers(0, forms.MOST - 1)
# Half of the space: the array of the widest numbers fills a leaf before its 256th item.
INDEXES = st.lists(st.integers(0, 10**9), min_size=1, max_size=256, unique=True).map(sorted)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
NUMBERS = st.integers(1, forms.MOST - 1)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)
COMMITMENTS = st.binary(min_size=32, max_size=32)
LANGUAGES = st.from_regex(forms.LANGUAGE, fullmatch=True).filter(forms.language)
METHODS = st.sampled_from(sorted(forms.METHODS))
KEYS = st.builds(notes.Verifier, st.from_regex(r"[!-*,-~]{1,80}", fullmatch=True), COMMITMENTS)


@st.composite
def tallies(draw: st.DrawFn) -> bytes:
    parts = [draw(st.integers(0, 2**51 - 1)) for _ in range(4)]
    return leaves.tally(
        at=draw(MOMENTS), signed=sum(parts), withdrawn=parts[0], removed=parts[1], lost=parts[2]
    )


ANY_LEAF: st.SearchStrategy[bytes] = st.one_of(
    st.builds(leaves.opened, letter=st.from_regex(forms.LETTER, fullmatch=True), rules=DIGESTS, at=MOMENTS),
    st.builds(leaves.text, number=NUMBERS, language=LANGUAGES, digest=DIGESTS),
    st.builds(
        leaves.sign,
        commitment=COMMITMENTS,
        kind=st.sampled_from(sorted(forms.KINDS)),
        language=LANGUAGES,
        method=METHODS,
        text=NUMBERS,
    ),
    st.builds(leaves.method, index=INTEGERS, method=METHODS),
    st.builds(leaves.amend, index=INTEGERS, commitment=COMMITMENTS, language=LANGUAGES, text=NUMBERS),
    st.builds(leaves.withdraw, index=INTEGERS),
    st.builds(leaves.remove, indexes=INDEXES, reason=st.sampled_from(sorted(forms.REASONS))),
    st.builds(leaves.restore, indexes=INDEXES),
    tallies(),
    st.builds(leaves.key, vkey=KEYS.map(notes.encode_vkey)),
    st.builds(leaves.close, at=MOMENTS),
    st.builds(leaves.lost, indexes=INDEXES, why=st.from_regex(forms.WORDS, fullmatch=True)),
)  # fmt: skip


def typed(value: Any) -> Any:
    """Make equality strict: to Python True == 1 == 1.0."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return type(value), value


assert base64.urlsafe_b64decode(C + "=") == COMMITMENT
