"""What every list answers alike."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from letters.api.shapes.kinds import Kind, Many, Maybe, Record, Shown, address, moment, whole

LINKS: Final = Record(
    "PageLinks",
    "Where a list goes on.",
    {
        "self": address("This page.", "/api/v1/letters?limit=1"),
        "next": Maybe(address("The next page; null on the last.", "/api/v1/letters?limit=1&cursor=Zk3x")),
    },
)
FACTS: Final = Record(
    "PageFacts",
    "About a whole list.",
    {
        "total": Maybe(whole("How many entries all its pages have; null where nobody counted them.", 12)),
        "as_of": Maybe(moment("The newest moment of the numbers in it; null where there are none.")),
    },
)


def page(name: str, says: str, entry: Kind, *, path: str) -> Record:
    """Return the shape of a page of a list that stands at this path."""
    own = f"{settings.SITE_URL}{path}?limit=1"
    links = Shown(LINKS, {"self": own, "next": f"{own}&cursor=Zk3x"})
    return Record(name, says, {"data": Many(entry, "The entries."), "links": links, "meta": FACTS})
