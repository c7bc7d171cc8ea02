"""The API, described: for programs as an OpenAPI document."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from django.http import HttpResponse
from rest_framework.request import Request

from letters import limits
from letters.api import conditional, documents
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.shapes import roots


@reading(roots.DOCUMENT)
def openapi(request: Request) -> HttpResponse:
    """The OpenAPI document of the whole API."""
    version = Version((_digest(),), None, limits.LETTER_SHARED_SECONDS)
    return conditional.answer(request, version, documents.document)


@cache
def _digest() -> str:
    return hashlib.sha256(json.dumps(documents.document()).encode()).hexdigest()
