"""The network that a request came from: what is counted against a budget, never one person's address.

Behind proxies the address of the reader stands in X-Forwarded-For (RFC 7239 calls it Forwarded). Each
proxy adds at the end whom it heard, so that only as many entries from the end can be believed as there
are proxies of ours; everything before them is what the reader wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

UNKNOWN: Final = "unknown"
IPV4_BITS: Final = 24
"""What one line of a provider or office shares."""
IPV6_BITS: Final = 56
"""What a household or office is given (RFC 6177)."""
WITH_PORT: Final = re.compile(r"\[(?P<six>[^\]]*)\](:\d+)?|(?P<four>[\d.]+):\d+")


def of(meta: Mapping[str, str], *, proxies: int) -> str:
    """Return the network of the reader behind so many proxies of ours, as text; never the left-most claim.

    When fewer proxies have written than there should be, it is the one that we hear ourselves.
    """
    heard = meta.get("REMOTE_ADDR", "")
    written = meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    address = written[-proxies] if 0 < proxies <= len(written) else heard
    return _network(address.strip()) or _network(heard) or UNKNOWN


def _network(address: str) -> str:
    with_port = WITH_PORT.fullmatch(address)
    try:
        one = ip_address((with_port["six"] or with_port["four"]) if with_port else address)
    except ValueError:
        return ""
    if isinstance(one, IPv6Address):
        if one.ipv4_mapped is None:
            return str(IPv6Network((int(one), IPV6_BITS), strict=False))
        one = one.ipv4_mapped
    return str(IPv4Network((int(one), IPV4_BITS), strict=False))
