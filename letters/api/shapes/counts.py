"""The number of a letter with its parts."""

from __future__ import annotations

from typing import Final

from letters.api.operations import OF_A_LETTER, Group, Operation
from letters.api.shapes import letters
from letters.api.shapes.kinds import Record, address, digest, whole

METHODS: Final = Record(
    "Methods",
    "How the signatures were verified. Each counts once, under the strongest of its methods, "
    "so that the parts add up to `confirmed`. Strongest first: checked, orcid, openid, institution, email.",
    {
        "email": whole("The owner of a mailbox confirmed it.", 1480),
        "institution": whole("The same, at the address of an institution.", 201),
        "orcid": whole("By an ORCID iD.", 41),
        "openid": whole("By an account at GitHub or another provider.", 15),
        "checked": whole("A person of the organizer checked who it is.", 6),
    },
)
LEDGER: Final = Record(
    "LedgerState",
    "The state of the public list that proves the number.",
    {
        "size": whole("How many lines the list had then.", 1771),
        "root": digest("The fingerprint of all these lines."),
        "checkpoint": address("The signed statement of size and fingerprint.", "/ledger/8f2k/checkpoint"),
    },
)
PARTS: Final = ("confirmed", "persons", "organizations", "public", "private")
COUNT: Final = Record(
    "Count",
    "How many signed, at one moment.",
    {
        "letter": letters.SLUG,
        **{name: letters.SIGNATURES.fields[name] for name in PARTS},
        "erased_counted": whole("Of `private`: those whose owner was forgotten and wished to count.", 12),
        "offline": letters.SIGNATURES.fields["offline"],
        "by_method": METHODS,
        "as_of": letters.SIGNATURES.fields["as_of"],
        "ledger": LEDGER,
        "counting_rule": address("The page that says what is counted.", "/how-we-count/"),
        "cite": letters.CITE,
    },
)
ASKED: Final = Operation(
    name="count",
    group=Group.NUMBERS,
    summary="How many signed",
    says="The number of a letter with its parts, the moment at which it was true, and a sentence to cite it. "
    "Ask as often as you like with `If-None-Match`: an answer of 304 costs nothing.",
    answer=COUNT,
    headers=("Last-Modified",),
    problems=OF_A_LETTER,
)
