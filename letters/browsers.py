"""Which browser asks, as coarsely as its owner needs to know it again in a list."""

from __future__ import annotations

from typing import Final, NamedTuple

# The first that is found counts: each of these names those under it, too.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class Browser(NamedTuple):
    """Two names from the lists above; an empty one was not recognised. No version, no device."""

    name: str
    system: str


def of(agent: str) -> Browser:
    """Return the family of a browser and of its system from what it says of itself (User-Agent)."""
    return Browser(_first(BROWSERS, agent), _first(SYSTEMS, agent))


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")
