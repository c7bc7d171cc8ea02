"""What Schemathesis loads: each question comes from a network of its own, so that no budget is used up."""

from __future__ import annotations

import secrets
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Name another reader, as the proxy in front of a site does."""
    # Not `random`: that one is the generator's, and begins anew with each of its examples.
    network = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.1"
    case.headers = {**(case.headers or {}), "X-Forwarded-For": network}
