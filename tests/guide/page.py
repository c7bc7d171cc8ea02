"""The guide as a browser gets it, and the samples that stand on it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.request import urlopen

from letters.web.guide.samples import Sample


def read(site: str) -> list[Sample]:
    """Return every sample that the guide of a site shows."""
    with urlopen(f"{site}/developers/", timeout=10) as answer:
        reader = _Reader()
        reader.feed(answer.read().decode())
    return [
        Sample(name, reader.found["kind", name], question, reader.found.get(("answer", name), ""))
        for (part, name), question in reader.found.items()
        if part == "sample"
    ]


class _Reader(HTMLParser):
    """Keeps the text of each `pre` that is marked as a question or an answer, and what it is written in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[str, str], str] = {}
        self._open: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        for part in ("sample", "answer"):
            if f"data-{part}" in facts:
                self._open = (part, facts[f"data-{part}"])
                self.found[self._open] = ""
                if part == "sample":
                    self.found["kind", facts["data-sample"]] = facts["aria-label"]

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[self._open] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._open = None
