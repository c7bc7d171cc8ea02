"""Proofs about a letter's ledger, for those who do not read the tiles themselves (RFC 6962, 2.1)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Final

from django.http import HttpResponse
from rest_framework.request import Request

from letters.api import conditional, parameters, problems, values
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.parameters import Given
from letters.api.shapes import proofs
from letters.ledger import merkle
from letters.models import Letter
from letters.queries import leaves, letters

INCLUSION: Final = {"index": values.whole, "size": values.whole}
CONSISTENCY: Final = {"from": values.whole, "to": values.whole}


@reading(proofs.OF_INCLUSION, query=INCLUSION, needed=list(INCLUSION))
def inclusion(request: Request, asked: Given, slug: str) -> HttpResponse:
    """That a leaf stands at its place among the first `size` leaves."""
    index, size = asked.values["index"], asked.values["size"]
    letter = _letter(slug)
    _demand_signed(letter, "size", size)
    if index >= size:
        raise parameters.problem("index", "Give a number below the size.")
    read = leaves.reader(letter_id=letter.pk, size=size)
    return _answer(
        request,
        lambda: {
            "letter": letter.origin,
            "index": index,
            "size": size,
            "leaf": leaves.leaf(letter_id=letter.pk, index=index).decode("ascii"),
            "root": _base64(merkle.root_at(size=size, read=read)),
            "proof": _all(merkle.inclusion_proof(index=index, size=size, read=read)),
        },
    )


@reading(proofs.OF_CONSISTENCY, query=CONSISTENCY, needed=list(CONSISTENCY))
def consistency(request: Request, asked: Given, slug: str) -> HttpResponse:
    """That the first `from` leaves of a ledger of `to` leaves are those that it had then."""
    old, new = asked.values["from"], asked.values["to"]
    letter = _letter(slug)
    _demand_signed(letter, "to", new)
    if not 1 <= old <= new:
        raise parameters.problem("from", "Give a number from 1 to that of `to`.")
    read = leaves.reader(letter_id=letter.pk, size=new)
    return _answer(
        request,
        lambda: {
            "letter": letter.origin,
            "from": {"size": old, "root": _base64(merkle.root_at(size=old, read=read))},
            "to": {"size": new, "root": _base64(merkle.root_at(size=new, read=read))},
            "proof": _all(merkle.consistency_proof(old=old, new=new, read=read)),
        },
    )


def _letter(slug: str) -> Letter:
    letter = letters.with_number(slug=slug)
    if letter is None:
        raise problems.Problem(problems.NOT_FOUND)
    return letter


def _demand_signed(letter: Letter, name: str, size: int) -> None:
    signed = leaves.published(letter_id=letter.pk)
    most = signed.checkpoint.size if signed else 0
    if not 1 <= size <= most:
        raise parameters.problem(name, f"Give a number from 1 to {most}, the leaves that are signed by now.")


def _answer(request: Request, proof: Callable[[], dict[str, object]]) -> HttpResponse:
    version = Version((request.get_full_path(),), None, 0)
    return conditional.for_good(conditional.answer(request, version, lambda: {"data": proof()}))


def _all(hashes: Iterable[bytes]) -> list[str]:
    return [_base64(one) for one in hashes]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
