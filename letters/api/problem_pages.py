"""A page for each type of problem, at the address that names the type, and one that lists them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters import limits
from letters.api import conditional, problems


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every type of problem, by status."""
    kinds = sorted(problems.KINDS.values(), key=lambda kind: kind.status)
    response = render(request, "problems/problems.html", {"kinds": kinds})
    response["Cache-Control"] = conditional.shared_for(limits.LETTER_SHARED_SECONDS)
    return response


@require_safe
def problem(request: HttpRequest, name: str) -> HttpResponse:
    """What one type of problem means, and what to do."""
    kind = problems.KINDS.get(name)
    if kind is None:
        raise Http404(name)
    response = render(request, "problems/problem.html", {"kind": kind})
    response["Cache-Control"] = conditional.shared_for(limits.LETTER_SHARED_SECONDS)
    return response
