"""Proofs about a letter’s ledger (RFC 6962, 2.1)."""

from __future__ import annotations

from typing import Final

from letters.api import problems
from letters.api.operations import Group, Operation
from letters.api.shapes.kinds import Many, Record, digest, text, whole

ORIGIN: Final = text("The name of the ledger, as its checkpoints have it.", "letters.example.org/ledger/8f2k")
PROOF: Final = Many(digest("A hash."), "The hashes of the proof, in their order.")
INCLUSION: Final = Record(
    "Inclusion",
    "Proves that a line stands at its place.",
    {
        "letter": ORIGIN,
        "index": whole("The place of the line, from 0.", 12),
        "size": whole("Among so many lines.", 1771, minimum=1),
        "leaf": text("The line itself.", '{"e":"signed","i":12}'),
        "root": digest("The fingerprint of all these lines."),
        "proof": PROOF,
    },
)
STATE: Final = Record(
    "LedgerSize",
    "A state of the list.",
    {"size": whole("How many lines.", 1700, minimum=1), "root": digest("Their fingerprint.")},
)
CONSISTENCY: Final = Record(
    "Consistency",
    "Proves that an older list is the beginning of a newer one.",
    {"letter": ORIGIN, "from": STATE, "to": STATE, "proof": PROOF},
)
INCLUSION_ANSWER: Final = Record("InclusionAnswer", "A proof of inclusion.", {"data": INCLUSION})
CONSISTENCY_ANSWER: Final = Record("ConsistencyAnswer", "A proof of consistency.", {"data": CONSISTENCY})
OF_INCLUSION: Final = Operation(
    name="ledger_inclusion",
    group=Group.LEDGER,
    summary="That a line is in the list",
    says="That a line stands at its place among the first `size` lines, for those who do not read the "
    "files of the ledger themselves. The hashes are those of RFC 6962, section 2.1.",
    answer=INCLUSION_ANSWER,
    words={"index": "The place of the line, from 0.", "size": "Among so many lines, 1 or more."},
    problems=(problems.NOT_FOUND,),
)
OF_CONSISTENCY: Final = Operation(
    name="ledger_consistency",
    group=Group.LEDGER,
    summary="That nothing in the list was changed",
    says="That the first `from` lines of a list of `to` lines are those that it had when it was so long.",
    answer=CONSISTENCY_ANSWER,
    words={"from": "The older size, 1 or more.", "to": "The newer size."},
    problems=(problems.NOT_FOUND,),
)
