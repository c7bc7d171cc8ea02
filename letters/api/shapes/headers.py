"""Headers of answers, and those by which a reader says what they have already (RFC 9110)."""

from __future__ import annotations

from typing import Final

from letters.api.shapes.kinds import Schema


def _header(says: str, example: str, **facts: object) -> Schema:
    return {
        "description": says,
        "required": True,
        "schema": {"type": "string", "examples": [example], **facts},
    }


HEADERS: Final[dict[str, Schema]] = {
    "ETag": _header(
        "Which version of the answer this is. Send it as `If-None-Match` to learn whether there is another.",
        '"6f8d1c0e5a7b4d2f9e3c8b1a0d6f5e4c"',
        pattern='^"[!#-~]+"$',
    ),
    "Last-Modified": _header(
        "When something that readers see last changed.", "Sat, 14 Mar 2026 20:40:00 GMT", pattern=" GMT$"
    ),
    "Cache-Control": _header(
        "How long shared caches may keep the answer.", "public, max-age=0, must-revalidate, s-maxage=60"
    ),
    "Link": {
        **_header(
            "The next page (RFC 8288). Absent on the last one.",
            '<https://letters.example.org/api/v1/letters?cursor=Zk3>; rel="next"',
            pattern='^<[^>]+>; rel="next"$',
        ),
        "required": False,
    },
    "Access-Control-Allow-Origin": _header("Every page may read the answer.", "*", enum=["*"]),
    "Allow": _header("The methods that work.", "GET, HEAD, OPTIONS", enum=["GET, HEAD, OPTIONS"]),
    "Content-Disposition": _header(
        "The name of the file, which says of which moment it is.",
        'attachment; filename="openness-in-ai-daily-2026-03-14T2040Z.csv"',
        pattern='^attachment; filename="[^"]+"$',
    ),
    "X-Robots-Tag": _header("Search engines list no name.", "noindex", enum=["noindex"]),
    "RateLimit-Policy": _header(
        "How many answers (`q`) your network gets in so many seconds (`w`). "
        "A network is an IPv4 /24 or an IPv6 /56. An answer of 304 is free.",
        '"reading";q=120;w=60',
        pattern='^"[a-z]+";q=[0-9]+;w=[0-9]+$',
    ),
    "RateLimit": _header(
        "That none is left (`r`), and the seconds until one is (`t`).",
        '"reading";r=0;t=17',
        pattern='^"[a-z]+";r=0;t=[0-9]+$',
    ),
    "Retry-After": _header("Ask again after so many seconds.", "10", pattern="^[0-9]+$"),
}
ALWAYS: Final = ("ETag", "Cache-Control", "Access-Control-Allow-Origin", "RateLimit-Policy")
"""On every answer that is no problem."""
OF_PROBLEMS: Final = ("Cache-Control", "Access-Control-Allow-Origin", "RateLimit-Policy")
CONDITIONS: Final[dict[str, Schema]] = {
    "If-None-Match": {
        "description": "The `ETag` of the answer that you have. While it is right you get a 304.",
        "schema": {"type": "string", "examples": ['"6f8d1c0e5a7b4d2f9e3c8b1a0d6f5e4c"']},
    },
}


def references(*names: str) -> Schema:
    """Return references to headers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
