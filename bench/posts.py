"""The requests of the forms, as bytes that are ready to send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from urllib.parse import urlencode

from django.http import HttpRequest
from django.middleware.csrf import get_token

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
    "Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\n"
    "{cookie}Connection: keep-alive\r\n\r\n"
)
"""What a browser sends with a form, more or less."""


def post(path: str, *, port: int, fields: Mapping[str, str], cookie: str = "") -> bytes:
    """Return one request."""
    body = urlencode(fields)
    line = f"Cookie: {cookie}\r\n" if cookie else ""
    return (HEAD.format(path=path, port=port, length=len(body), cookie=line) + body).encode()


def answers(number: int) -> dict[str, str]:
    """Return what the person of this number fills in: always as many bytes."""
    return {
        "name": "Zoë Ångström-Müller",
        "email": f"person.{number:09d}@example.org",
        "role": "Nurse",
        "affiliation": "University of Lille",
        "country": "FR",
        "visibility": "public",
    }


def sign(path: str, *, port: int, numbers: count[int]) -> Iterator[bytes]:
    """Yield signing requests, each from another mailbox."""
    before, after = _split(post(path, port=port, fields=answers(0) | {"form_key": "Qm9uam91ciE0NTY3"}))
    for number in numbers:
        yield b"%b%09d%b" % (before, number, after)


def limit(path: str, *, port: int, numbers: count[int]) -> Iterator[bytes]:
    """Yield the same for the limit, which checks a CSRF token."""
    secret, token = csrf()
    fields = {"csrfmiddlewaretoken": token} | answers(0)
    before, after = _split(post(path, port=port, fields=fields, cookie=f"csrftoken={secret}"))
    for number in numbers:
        yield b"%b%09d%b" % (before, number, after)


def csrf() -> tuple[str, str]:
    """Return a CSRF cookie and a token for the form, as Django makes them for one browser."""
    request = HttpRequest()
    token = get_token(request)
    return request.META["CSRF_COOKIE"], token


def _split(request: bytes) -> tuple[bytes, bytes]:
    before, _, after = request.rpartition(b"000000000")
    return before, after
