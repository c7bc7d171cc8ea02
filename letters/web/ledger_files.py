"""The public files of a ledger, as every mirror of them has them (C2SP tlog-tiles), and the verifier."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters import limits, rules
from letters.enums import LetterStatus, Phase
from letters.ledger import tiles
from letters.models import CheckpointSignature, Letter, LetterText
from letters.queries import leaves
from letters.web import caching

TEXT: Final = "text/plain; charset=utf-8"
BYTES: Final = "application/octet-stream"
VERIFIER: Final = Path(settings.BASE_DIR) / "verify" / "verify_letter.py"


@cache
def verifier_file() -> tuple[bytes, str]:
    """Return the offline verifier, and its SHA-256 in hex."""
    data = VERIFIER.read_bytes()
    return data, hashlib.sha256(data).hexdigest()


@require_safe
def checkpoint(request: HttpRequest, public_id: str) -> HttpResponse:
    """The newest signed state."""
    note = _signed(public_id).note.encode()
    return caching.content(request, note, TEXT, shared_seconds=limits.CHECKPOINT_SHARED_SECONDS)


@require_safe
def vkey(request: HttpRequest, public_id: str) -> HttpResponse:
    """The keys under it, one per line."""
    keys = "".join(f"{key}\n" for key in _signed(public_id).vkeys)
    return caching.content(request, keys.encode(), TEXT, shared_seconds=limits.CHECKPOINT_SHARED_SECONDS)


@require_safe
def tile(request: HttpRequest, public_id: str, path: str) -> HttpResponse:
    """A row of hashes or a bundle of leaves. Only what is signed is there."""
    size = _signed(public_id).checkpoint.size
    try:
        wanted = tiles.parse_path(f"tile/{path}")
        there = size >> tiles.HEIGHT * (wanted.level or 0)
        if wanted.index * tiles.WIDTH + wanted.width > there:
            raise Http404(path)
        data = leaves.tile(letter_id=_letter(public_id).pk, tile=wanted)
    except (tiles.BadTile, leaves.Absent) as error:
        raise Http404(path) from error
    return caching.content(request, data, BYTES)


@require_safe
def text(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """A published text, in the form whose SHA-256 the ledger holds; none before the letter has opened."""
    letter = _letter(public_id)
    found = LetterText.objects.filter(letter=letter, number=number).first()
    if found is None or letter.phase(at=timezone.now()) == Phase.SCHEDULED:
        raise Http404(number)
    if found.withholding:
        return unavailable(request, letter, found)
    return caching.content(request, found.content(), "application/json")


@require_safe
def withheld(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What stands where a text would that is withheld: its hash, and who ordered it, when and why."""
    found = LetterText.objects.filter(letter=_letter(public_id), number=number).first()
    if found is None or found.withholding is None:
        raise Http404(number)
    notice, seconds = found.file()[1], limits.CHECKPOINT_SHARED_SECONDS
    return caching.content(request, notice, "application/json", shared_seconds=seconds)


def unavailable(request: HttpRequest, letter: Letter, text: LetterText) -> HttpResponse:
    """Return why a text cannot be read here, by order of law (RFC 7725)."""
    context: dict[str, object] = {"letter": letter, "text": text, "withholding": text.withholding}
    context |= {"organization": letter.organization}
    response = render(request, "letters/withheld.html", context, status=451)
    response["Link"] = f'<{settings.SITE_URL}>; rel="blocked-by"'
    return caching.public(response, shared_seconds=limits.PAGE_SHARED_SECONDS)


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program with which anybody checks all this."""
    data, _ = verifier_file()
    return caching.content(
        request, data, "text/x-python; charset=utf-8", shared_seconds=limits.LETTER_SHARED_SECONDS
    )


@require_safe
def counting_rules(request: HttpRequest) -> HttpResponse:
    """The rules that the first leaf of every ledger names by their hash."""
    return caching.content(request, rules.TEXT, TEXT, shared_seconds=limits.LETTER_SHARED_SECONDS)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of this site's ledgers: what stands behind the last plus sign of each verification key."""
    lines = "".join(f"{key.rpartition('+')[2]}\n" for key in leaves.keys_in_force())
    return caching.content(request, lines.encode(), TEXT, shared_seconds=limits.LETTER_SHARED_SECONDS)


def _letter(public_id: str) -> Letter:
    return get_object_or_404(Letter.objects.exclude(status=LetterStatus.DRAFT), public_id=public_id)


def _signed(public_id: str) -> CheckpointSignature:
    found = leaves.published(letter_id=_letter(public_id).pk)
    if found is None:
        raise Http404(public_id)
    return found
