"""What somebody may do to a ledger: the list of ledger.md, section 6, on leaves that the product wrote.

The ledger is laid out by tests.verify.forge, which shares no line with the product.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from tests.ledger_site.life import Life, types
from tests.verify import forge
from tests.verify.forge import Forge, Signer

Change = Callable[[Forge], Any]
EARLIER = "2026-01-01T00:00:00Z"
SIX_HOURS = timedelta(hours=6)


def copied(life: Life) -> Forge:
    """Copy a ledger as whoever holds its key would: the same leaves, texts, key and number."""
    made = Forge(life.letter.origin.partition("/")[0])
    made.origin, made.scheme = life.letter.origin, "http"
    made.signers = [Signer(made.origin, settings.LEDGER_KEY)]
    made.leaves, made.texts = life.leaves(), [text.content() for text in life.texts()]
    tell(made)
    return made


def tell(made: Forge) -> None:
    """Let the API show what the last tally says."""
    said = json.loads(made.leaves[place(made, "tally", -1)])
    made.at = said["at"]
    made.numbers = {name: said[name] for name in made.numbers}


def files(made: Forge, life: Life) -> dict[str, bytes]:
    """Return every file of a copy, and count.json, under the letter's own id."""
    return {name.replace(forge.ID, life.letter.public_id): data for name, data in made.files().items()}


def place(made: Forge, kind: str, nth: int = 0) -> int:
    """Return where the nth leaf of a type stands."""
    return [index for index, found in enumerate(types(made.leaves)) if found == kind][nth]


def rewrite(made: Forge, index: int, **fields: Any) -> None:
    """Change fields of one leaf."""
    made.leaves[index] = forge.canonical({**json.loads(made.leaves[index]), **fields})


def raw(made: Forge, index: int, old: bytes, new: bytes) -> None:
    """Change bytes of one leaf."""
    assert old in made.leaves[index]
    made.leaves[index] = made.leaves[index].replace(old, new)


def drop(made: Forge) -> None:
    """Leave a signature out."""
    made.leaves.pop(place(made, "sign", 5))


def duplicate(made: Forge) -> None:
    """Count a signature twice."""
    made.leaves.insert(place(made, "sign", 5), made.leaves[place(made, "sign", 5)])


def reorder(made: Forge) -> None:
    """Let two people of one batch change places."""
    a, b = place(made, "sign", 5), place(made, "sign", 6)
    made.leaves[a], made.leaves[b] = made.leaves[b], made.leaves[a]


def reorder_batches(made: Forge) -> None:
    """Let a withdrawal come before its signature."""
    a, b = place(made, "sign", 0), place(made, "withdraw", 0)
    made.leaves[a], made.leaves[b] = made.leaves[b], made.leaves[a]


def flip_a_bit(made: Forge) -> None:
    """Flip one bit of a commitment."""
    index = place(made, "sign", 5)
    at = made.leaves[index].index(b'"c":"') + 5
    data = bytearray(made.leaves[index])
    data[at] ^= 0x80
    made.leaves[index] = bytes(data)


def put_another(made: Forge) -> None:
    """Put somebody else's commitment in place of one."""
    rewrite(made, place(made, "sign", 5), c=forge.url64(b"x" * 32))


def change_method(made: Forge) -> None:
    """Call a mail address a checked identity."""
    rewrite(made, place(made, "sign", 5), m="checked")


def count_wrongly(made: Forge) -> None:
    """Let the last tally, and the API with it, say one more than there are."""
    index = place(made, "tally", -1)
    said = json.loads(made.leaves[index])
    rewrite(made, index, count=said["count"] + 1, signed=said["signed"] + 1)
    tell(made)


def date_back(made: Forge) -> None:
    """Let the third tally be of the second's minute."""
    rewrite(
        made, place(made, "tally", 2), at=json.loads(made.leaves[place(made, "tally", 1)])["at"][:17] + "59Z"
    )


def date_back_before(made: Forge) -> None:
    """Let the third tally be older than the second."""
    rewrite(made, place(made, "tally", 2), at=EARLIER)


def space(made: Forge) -> None:
    """Write the same with a space."""
    raw(made, place(made, "sign", 5), b'","k"', b'", "k"')


def cut_a_leaf(made: Forge) -> None:
    """Cut the last tally off."""
    made.leaves.pop()
    tell(made)


def cut_a_batch(made: Forge) -> None:
    """Cut off all that the last seal wrote, so that the number before it is the last."""
    del made.leaves[place(made, "tally", -2) + 1 :]
    tell(made)


def withdraw_twice(made: Forge) -> None:
    """Withdraw a signature once more, and count one less everywhere after it."""
    index = place(made, "withdraw", -1)
    made.leaves.insert(index, made.leaves[index])
    last = place(made, "tally", -1)
    said = json.loads(made.leaves[last])
    rewrite(made, last, count=said["count"] - 1, withdrawn=said["withdrawn"] + 1)
    tell(made)


def change_reason(made: Forge) -> None:
    """Say that a court ordered what the moderator called a flood."""
    index = next(at for at, leaf in enumerate(made.leaves) if b'"r":"flood"' in leaf)
    rewrite(made, index, r="court")


def invent_a_reason(made: Forge) -> None:
    """Remove for a reason that the format does not know."""
    rewrite(made, place(made, "remove", 0), r="critical")


def invent_a_type(made: Forge) -> None:
    """Write a leaf of a type that the format does not know."""
    rewrite(made, place(made, "sign", 5), t="vote")


def count_silently(made: Forge) -> None:
    """Add signatures of nobody to an earlier batch and to every tally since: all rules are kept."""
    first, many = place(made, "tally", 1), 7
    for index in range(first, len(made.leaves)):
        leaf = json.loads(made.leaves[index])
        if leaf["t"] == "tally":
            rewrite(made, index, count=leaf["count"] + many, signed=leaf["signed"] + many)
        elif isinstance(leaf.get("i"), int):
            rewrite(made, index, i=leaf["i"] + many * (leaf["i"] >= first))
        elif isinstance(leaf.get("i"), list):
            rewrite(made, index, i=[i + many * (i >= first) for i in leaf["i"]])
    signed = json.loads(made.leaves[place(made, "sign", 0)])
    made.leaves[first:first] = [
        forge.canonical({**signed, "c": forge.url64(bytes([n] * 32))}) for n in range(many)
    ]
    tell(made)


def under_the_old_signature(made: Forge, note: str) -> str:
    """Return a note that says what the copy says, with the signature of another."""
    return made.checkpoint().partition("\n\n")[0] + "\n\n" + note.partition("\n\n")[2]


def in_the_old_names(honest: Sequence[str], changed: dict[str, bytes]) -> dict[str, bytes]:
    """Return the changed tiles under the names that the honest ledger of another size has."""
    by_stem = {name.partition(".p/")[0]: data for name, data in changed.items() if "/tile/" in name}
    return {name: by_stem[name.partition(".p/")[0]] for name in honest if "/tile/" in name}


def stamp(at: datetime) -> str:
    """Return a moment as the verifier's --now takes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
