"""Every answer of the API that a test gets is held against the OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.api import contract


@pytest.fixture(autouse=True)
def _held_against_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Client.request

    def request(client: Client, **asked: Any) -> Any:
        response = ask(client, **asked)
        contract.check(asked["PATH_INFO"], asked["REQUEST_METHOD"], response)
        return response

    monkeypatch.setattr(Client, "request", request)
