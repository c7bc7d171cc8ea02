"""The share card of a letter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from letters.delivery import cards as pictures
from letters.queries import cards
from letters.web import caching


@require_safe
def card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture with this digest, for good. Networks may show it on pages of their own."""
    found = cards.picture(slug=slug, digest=digest)
    if found is None:
        raise Http404(digest)
    etag = quote_etag(digest)
    try:
        response = get_conditional_response(request, etag=etag) or HttpResponse(
            pictures.read(card=found), content_type="image/png"
        )
    except FileNotFoundError as error:
        raise Http404(digest) from error
    response["ETag"] = etag
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return caching.immutable(response)
