"""One mailbox, many spellings: the canonical form of a mail address.

The rules are data with a version. A letter keeps the version it was published with, so that
a later rule never makes two of its signatures one. Mail always goes to the address as typed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from letters import crypto

CURRENT: Final = 1
WRITTEN: Final = re.compile(r"[^\s<>()\[\]:;,]+@(?:\[[^\s\]]*\]|[^\s<>()\[\]:;,]+)")
WORD_JOINER: Final = "\u2060"  # keeps a masked address on one line


@dataclass(frozen=True)
class Rules:
    """What providers treat as the same mailbox."""

    aliases: dict[str, str] = field(default_factory=dict)
    """Domain to the domain it stands for."""
    dotless: frozenset[str] = frozenset()
    """Domains where dots in the local part mean nothing."""
    tag_signs: dict[str, str] = field(default_factory=dict)
    """Domain to the sign that begins a tag there; everywhere else it is `+` (RFC 5233)."""
    untagged: frozenset[str] = frozenset()
    """Domains where `+` is an ordinary character."""


VERSIONS: Final[dict[int, Rules]] = {
    1: Rules(
        aliases={
            "googlemail.com": "gmail.com",
            "pm.me": "proton.me",
            "protonmail.com": "proton.me",
            "protonmail.ch": "proton.me",
            "me.com": "icloud.com",
            "mac.com": "icloud.com",
            "yandex.com": "yandex.ru",
            "ya.ru": "yandex.ru",
        },
        dotless=frozenset({"gmail.com", "proton.me"}),
        tag_signs={"yahoo.com": "-", "ymail.com": "-"},
    )
}


def without(text: str) -> str:
    """Return text with every address left out: mail servers like to repeat the one they refuse."""
    return WRITTEN.sub("…", text)


def canonical(address: str, *, version: int = CURRENT) -> str:
    """Return the one spelling that stands for the mailbox behind `address`."""
    rules = VERSIONS[version]
    local, _, domain = unicodedata.normalize("NFKC", address).strip().rpartition("@")
    local, domain = local.casefold(), _ascii_domain(domain)
    domain = rules.aliases.get(domain, domain)
    if domain not in rules.untagged:
        local = local.split(rules.tag_signs.get(domain, "+"), 1)[0] or local
    if domain in rules.dotless:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def mailbox_key(address: str, *, letter_id: int, version: int = CURRENT) -> bytes:
    """Return 32 bytes that find the mailbox on one letter and join no two letters."""
    return crypto.mac(settings.ADDRESS_PEPPER, "letter", str(letter_id), canonical(address, version=version))


def site_key(address: str) -> bytes:
    """Return 32 bytes that find the mailbox over the whole site: for budgets and wishes only."""
    return crypto.mac(settings.ADDRESS_PEPPER, "site", canonical(address))


def domain_of(address: str) -> str:
    """Return the mail domain behind `address`, aliases resolved."""
    return canonical(address).rpartition("@")[2]


def masked(address: str) -> str:
    """Return the address as its owner recognises it and nobody else can use it: `no…@example.com`."""
    local, _, domain = address.rpartition("@")
    shown = local[:2] if len(local) > 3 else local[:1]
    return f"{shown}…{WORD_JOINER}@{domain}"


def digest(key: bytes) -> str:
    """Return a short name of a mailbox key, for keys of other tables."""
    return hashlib.sha256(key).hexdigest()[:32]


def _ascii_domain(domain: str) -> str:
    try:
        return domain.casefold().encode("idna").decode()
    except UnicodeError:
        return domain.casefold()
