"""Everything that the offline verifier reads, as one file to keep: what is signed, and our answer to it."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from rest_framework.renderers import JSONRenderer

from letters import limits
from letters.api import conditional, rates, representations
from letters.enums import Phase
from letters.models import CheckpointSignature, Letter
from letters.queries import leaves, letters, tallies

CLOSED_TO_READERS: Final = (Phase.SCHEDULED, Phase.WITHDRAWN)
KIND: Final = "application/x-tar"
END: Final = bytes(2 * tarfile.BLOCKSIZE)


@require_safe
@rates.limited(limits.FILES)
def bundle(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Stream the ledger of a letter as a tar, without compression and in constant memory."""
    letter = letters.with_number(slug=slug)
    if letter is None or letter.phase(at=timezone.now()) in CLOSED_TO_READERS:
        raise Http404(slug)
    signed = leaves.published(letter_id=letter.pk)
    if signed is None:
        raise Http404(slug)
    # The answer in it is about the signed state, not about a newer one that waits for its signature.
    letter.tally = tallies.at_checkpoint(letter=letter, checkpoint=signed.checkpoint)
    count = JSONRenderer().render(representations.count(letter))
    etag = f'"{hashlib.sha256(signed.note.encode() + count).hexdigest()[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None and request.method == "HEAD":
        response = HttpResponse(content_type=KIND)
    elif response is None:
        packed = pack(_files(letter, signed, count), at=signed.checkpoint.at)
        response = StreamingHttpResponse(packed, content_type=KIND)
    name = f"ledger-{letter.slug}-{signed.checkpoint.size}.tar"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    response["Cache-Control"] = conditional.shared_for(limits.LETTER_SHARED_SECONDS)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def pack(files: Iterator[tuple[str, bytes]], *, at: datetime) -> Iterator[bytes]:
    """Yield a tar of files, each dated `at`: the same files give the same bytes."""
    for name, data in files:
        header = tarfile.TarInfo(name)
        header.size, header.mtime = len(data), int(at.timestamp())
        yield header.tobuf(tarfile.USTAR_FORMAT) + data + bytes(-len(data) % tarfile.BLOCKSIZE)
    yield END


def _files(letter: Letter, signed: CheckpointSignature, count: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file, small ones first, the leaves one tile at a time."""
    home, checkpoint = f"ledger/{letter.public_id}", signed.checkpoint
    yield "count.json", count
    yield f"{home}/checkpoint", signed.note.encode()
    yield f"{home}/vkey", "".join(f"{key}\n" for key in signed.vkeys).encode()
    texts = letter.texts.filter(number__lte=checkpoint.texts).select_related("withholding")
    for name, data in (text.file() for text in texts.order_by("number")):
        yield f"{home}/{name}", data
    for path, data in leaves.files(letter_id=letter.pk, old_size=0, new_size=checkpoint.size):
        yield f"{home}/{path}", data
