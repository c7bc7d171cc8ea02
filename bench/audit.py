"""How long a stranger needs to audit a letter: `python -m bench.audit 1000000`.

Writes a bundle of so many signatures, ten withdrawals in a thousand, a tally after each 500 leaves, and
runs the verifier on it as its user does. Prints seconds and the most memory that it took.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from tests.verify import forge

VERIFIER = Path(__file__).resolve().parents[1] / "verify" / "verify_letter.py"
GOALS = {1_000_000: 15, 10_000_000: 120}


class Story:
    """The leaves of a large letter, one after the other."""

    def __init__(self, signatures: int) -> None:
        """Begin with an open letter and its text."""
        self.made = forge.Forge()
        self.made.open()
        self.signatures, self.tallies = signatures, 0

    def leaves(self) -> object:
        """Yield every leaf."""
        yield from self.made.leaves
        index, signed, withdrawn = 2, 0, 0
        while signed < self.signatures:
            c = forge.url64(hashlib.sha256(str(index).encode()).digest())
            yield b'{"c":"%s","k":"person","lang":"en","m":"email","n":1,"t":"sign","v":1}' % c.encode()
            first, signed, index = index, signed + 1, index + 1
            if signed % 100 == 0:
                yield forge.leaf("withdraw", i=first)
                withdrawn, index = withdrawn + 1, index + 1
            if signed % 500 == 0 or signed == self.signatures:
                self.made.numbers.update(count=signed - withdrawn, signed=signed, withdrawn=withdrawn)
                self.tallies += 1
                self.made.at = forge.time(self.tallies)
                yield forge.leaf("tally", at=self.made.at, **self.made.numbers)
                index += 1


def root_of(hashes: list[bytes]) -> bytes:
    """Return the root, level by level."""
    while len(hashes) > 1:
        odd = hashes[-1:] if len(hashes) % 2 else []
        hashes = [forge.node_hash(a, b) for a, b in zip(hashes[::2], hashes[1::2], strict=False)] + odd
    return hashes[0]


def write(path: Path, signatures: int) -> str:
    """Write a bundle; return the time of its last tally."""
    story, peaks, part, size = Story(signatures), [], [], 0
    with tarfile.open(path, "w") as tar:

        def put(name: str, data: bytes) -> None:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))

        def flush() -> None:
            name, leaves = next(iter(forge.tiles(part)))
            name = forge.tile_name((size - 1) // 256) + (name[3:] if ".p/" in name else "")
            put(
                f"ledger/{forge.ID}/tile/entries/{name}",
                b"".join(len(x).to_bytes(2, "big") + x for x in leaves),
            )
            peaks.append(root_of([forge.leaf_hash(leaf) for leaf in leaves]))
            part.clear()

        for leaf in story.leaves():
            part.append(leaf)
            size += 1
            if len(part) == 256:
                flush()
        if part:
            flush()
        made, root = story.made, forge.b64(root_of(peaks))
        text = f"{made.origin}\n{size}\n{root}\n"
        put(f"ledger/{forge.ID}/checkpoint", (text + "\n" + made.signers[0].line(text)).encode())
        put(f"ledger/{forge.ID}/vkey", made.signers[0].vkey.encode() + b"\n")
        put(f"ledger/{forge.ID}/text/1", made.texts[0])
        made.shown = {"ledger": {"size": size, "root": root}}
        made.leaves = []
        put("count.json", made.count())
    return made.at


def main() -> None:
    """Write, run, print."""
    signatures = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="audit-", dir=os.environ.get("BENCH_DIR")) as folder:
        path = Path(folder) / "letter.tar"
        at = write(path, signatures)
        begun = time.monotonic()
        command = [sys.executable, "-I", str(VERIFIER), "--bundle", str(path), "--now", at]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - begun
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = path.stat().st_size
    print(done.stdout.splitlines()[-1])
    row = {
        "signatures": signatures,
        "seconds": round(seconds, 1),
        "cpu": round(used.ru_utime + used.ru_stime, 1),
    }
    row |= {"peak_mb": used.ru_maxrss // 1024, "bundle_mb": size >> 20}
    print(json.dumps(row))
    sys.exit(done.returncode or seconds > GOALS.get(signatures, seconds))


if __name__ == "__main__":
    main()
