"""What an answer costs, and the answer to a network that has had its budget.

A 304 costs nothing: an answer is owed for until it is known that the reader has it already, and paid for
before its content is made. A question that cannot end in a 304 is paid for before anything is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from letters import limits, rates
from letters.api import problems
from letters.limits import Budget

OWED: Final = "undersigned.owed"
"""Where a request keeps the budget that it has not paid into yet."""
CONDITIONS: Final = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


def policy(budget: Budget) -> str:
    """Return RateLimit-Policy, the same for every reader (draft-ietf-httpapi-ratelimit-headers-10)."""
    return f'"{budget.name}";q={budget.per_minute};w={limits.BUDGET_SECONDS}'


def owe(request: HttpRequest, budget: Budget) -> None:
    """Let a request answer for one from this budget, at once if it names no version. Raises a problem."""
    request.META[OWED] = budget
    if not any(name in request.META for name in CONDITIONS):
        pay(request)


def pay(request: HttpRequest) -> None:
    """Take what a request owes from the budget of its network, once. Raises a problem for an empty one."""
    budget: Budget | None = request.META.pop(OWED, None)
    if budget is None:
        return
    wait = rates.take(budget=budget, meta=request.META, at=timezone.now())
    if wait is not None:
        headers = {"Retry-After": str(wait), "RateLimit": f'"{budget.name}";r=0;t={wait}'}
        raise problems.Problem(problems.RATE_LIMITED, headers=headers, retry_after=wait)


def limited(
    budget: Budget,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Give a view of Django's, such as one that streams a file, a budget. The view itself answers 304."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                owe(request, budget)
                response = view(request, *args, **kwargs)
                if response.status_code != 304:
                    pay(request)
            except problems.Problem as problem:
                response = problems.plain(problem)
            response["RateLimit-Policy"] = policy(budget)
            return response

        return answer

    return decorate
