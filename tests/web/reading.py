"""A page as somebody reads it who does not care about white space."""

from __future__ import annotations

from django.test import Client


def page(client: Client, path: str, status: int = 200) -> str:
    """Return the page at an address with every run of white space as one."""
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())
