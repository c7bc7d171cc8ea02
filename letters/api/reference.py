"""The API, described: for programs as an OpenAPI document, for people as a page."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from letters import limits
from letters.api import chapters, conditional, documents
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


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same, for people: written by the server, so that it needs no script."""
    context = {"chapters": chapters.chapters(), "shapes": chapters.shapes(), "headers": chapters.headers()}
    response = render(request, "reference/reference.html", context)
    response["Cache-Control"] = conditional.shared_for(limits.LETTER_SHARED_SECONDS)
    return response
