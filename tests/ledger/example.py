"""The worked example of docs/ledger.md, made by the product's own functions.

`python -m tests.ledger.example` writes it into the document again.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from letters import prose
from letters.ledger import commitments, leaves, merkle, notes, tiles
from letters.ledger.batches import ACTIVE, WITHDRAWN, Batch, Change

DOCUMENT: Final = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"
LETTER: Final = "mfrggzdfmztwq2lknnwg23tpoa"
ORIGIN: Final = f"letters.example.org/ledger/{LETTER}"
START: Final = datetime(2026, 11, 23, 2, tzinfo=UTC)
SEED: Final = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
"""The secret key of RFC 8032, 7.1, test 1."""
TEXT: Final = prose.content(
    addressees="The ministers",
    body="Keep the night trains.\n",
    language="en",
    title="Night trains",
    version=1,
)
RULES: Final = hashlib.sha256(b"How signatures are counted").hexdigest()


def salt(first: int) -> bytes:
    """Return 32 bytes, each one more than the one before it."""
    return bytes(range(first, first + 32))


def claim(name: str, identity: str, role: str = "") -> bytes:
    """Return what somebody said."""
    return commitments.claim(
        name=name, role=role, affiliation="", identity=identity, method="email", origin=ORIGIN,
        text_hash=hashlib.sha256(TEXT).hexdigest(), visibility="public", consent=1,
    )  # fmt: skip


ZOE: Final = claim("Zoë", "zoe@example.org")
BEN: Final = claim("Ben", "ben@example.org")
DOCTOR: Final = claim("Zoë", "zoe@example.org", role="Doctor")
C: Final = [
    commitments.commit(salt=salt(32 * number), claim=said) for number, said in enumerate((ZOE, BEN, DOCTOR))
]


def change(key: int, before: str, after: str, index: int | None, commitment: bytes | None) -> Change:
    """Return what happened to somebody."""
    return Change(
        key=key, before=before, after=after, index=index, commitment=commitment, kind="person", language="en",
        method="email", method_before="email", text=1, reason="",
    )  # fmt: skip


def ledger() -> list[bytes]:
    """Opened; two people sign; one becomes a doctor, one withdraws."""
    batch = Batch(0, [leaves.opened(letter=LETTER, rules=RULES, at=START)])
    batch.add(leaves.text(number=1, language="en", digest=hashlib.sha256(TEXT).hexdigest()))
    batch.add(leaves.tally(at=START, signed=0, withdrawn=0, removed=0, lost=0))
    batch.add_changes([change(0, "", ACTIVE, None, C[0]), change(1, "", ACTIVE, None, C[1])])
    batch.add(leaves.tally(at=START + timedelta(minutes=1), signed=2, withdrawn=0, removed=0, lost=0))
    zoe, ben = batch.signed[0], batch.signed[1]
    batch.add_changes([change(0, ACTIVE, ACTIVE, zoe, C[2]), change(1, ACTIVE, WITHDRAWN, ben, None)])
    batch.add(leaves.tally(at=START + timedelta(minutes=9), signed=2, withdrawn=1, removed=0, lost=0))
    return batch.leaves


def files() -> dict[str, bytes]:
    """Return every published file of the example, and the API's answer."""
    made = ledger()
    hashes = list(map(merkle.leaf_hash, made))
    root, key = merkle.root(hashes), notes.private_key(SEED)
    body = notes.checkpoint(origin=ORIGIN, size=len(made), root=root)
    note = notes.note(body=body, signatures=[notes.sign(body=body, name=ORIGIN, key=key)])
    vkey = notes.encode_vkey(notes.verifier(name=ORIGIN, key=key))
    said = {
        "confirmed": 1, "as_of": "2026-11-23T02:09:00Z",
        "ledger": {
            "size": len(made), "root": base64.b64encode(root).decode(),
            "checkpoint": f"https://{ORIGIN}/checkpoint",
        },
    }  # fmt: skip
    home = f"ledger/{LETTER}"
    return {
        f"{home}/checkpoint": note.encode(),
        f"{home}/vkey": f"{vkey}\n".encode(),
        f"{home}/tile/entries/000.p/{len(made)}": tiles.encode_entries(made),
        f"{home}/tile/0/000.p/{len(made)}": b"".join(hashes),
        f"{home}/text/1": TEXT,
        "count.json": json.dumps(said, indent=1).encode(),
    }


def receipt() -> dict[str, object]:
    """Return Zoë's receipt for her newest claim."""
    made, index = ledger(), 6
    hashes = list(map(merkle.leaf_hash, made))

    def read(level: int, at: int) -> bytes:
        return merkle.root(hashes[at << level : at + 1 << level])

    proof = merkle.inclusion_proof(index=index, size=len(made), read=read)
    return {
        "letter": ORIGIN,
        "index": index,
        "claim": json.loads(DOCTOR),
        "salt": base64.urlsafe_b64encode(salt(64)).decode().rstrip("="),
        "leaf": made[index].decode(),
        "proof": [base64.b64encode(one).decode() for one in proof],
        "checkpoint": files()[f"ledger/{LETTER}/checkpoint"].decode(),
    }


def blocks() -> dict[str, str]:
    """Return each block of the document by the name that stands over it."""
    made, written = ledger(), files()
    at = f"ledger/{LETTER}/"
    entries = written[f"{at}tile/entries/000.p/9"]
    return {
        "text": TEXT.decode(),
        "claim": ZOE.decode(),
        "commitment": base64.urlsafe_b64encode(C[0]).decode().rstrip("="),
        "leaves": "\n".join(leaf.decode() for leaf in made),
        "hashes": "\n".join(merkle.leaf_hash(leaf).hex() for leaf in made),
        "entries": entries[:64].hex(" ", 1) + " …",
        "digests": "\n".join(
            f"{hashlib.sha256(data).hexdigest()}  {name.removeprefix(at)}"
            for name, data in written.items()
            if name.startswith(at)
        ),
        "vkey": written[f"{at}vkey"].decode().strip(),
        "checkpoint": written[f"{at}checkpoint"].decode().rstrip("\n"),
        "answer": written["count.json"].decode(),
        "receipt": json.dumps(receipt(), indent=1, ensure_ascii=False),
    }


def filled(document: str) -> str:
    """Return the document with every block as the code makes it."""
    for name, block in blocks().items():
        pattern = rf"(<!-- example: {name} -->\n```[a-z]*\n).*?(\n```\n)"
        document, times = re.subn(
            pattern, lambda found, block=block: found[1] + block + found[2], document, flags=re.DOTALL
        )
        assert times == 1, name
    return document


if __name__ == "__main__":
    DOCUMENT.write_text(filled(DOCUMENT.read_text("utf-8")), "utf-8")
