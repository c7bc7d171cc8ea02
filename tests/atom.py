"""What RFC 4287 demands of an Atom feed, as far as ours use it. A feed that breaks it fails the test."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # 3.3: RFC 3339, with capital T and Z
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w/.-]+")  # RFC 4151
ONCE_OF_FEED = {"id", "title", "updated"}  # 4.1.1: exactly one
ONCE_OF_ENTRY = {"id", "title", "updated"}  # 4.1.2
AT_MOST_ONCE = {"subtitle", "generator", "icon", "logo", "rights", "content", "published", "summary"}
KNOWN_OF_FEED = {*ONCE_OF_FEED, "subtitle", "author", "link", "entry"}
KNOWN_OF_ENTRY = {*ONCE_OF_ENTRY, "published", "author", "link", "content"}


def parse(data: bytes) -> ET.Element:
    """Return a feed that keeps to the standard."""
    feed = ET.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib[LANG]
    _check(feed, known=KNOWN_OF_FEED, once=ONCE_OF_FEED)
    assert len(feed.findall(f"{ATOM}author")) == 1
    links = _links(feed)
    assert set(links) == {"self", "alternate"}
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        _check(entry, known=KNOWN_OF_ENTRY, once=ONCE_OF_ENTRY)
        assert entry.attrib[LANG]
        assert set(_links(entry)) == {"alternate"}
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.attrib == {"type": "html"}
        assert len(content) == 0  # 4.1.3.3: its markup is escaped
        assert moment(entry, "published") <= moment(entry, "updated") <= moment(feed, "updated")
    ids = [text(one, "id") for one in [feed, *entries]]
    assert len(set(ids)) == len(ids)
    published = [moment(entry, "published") for entry in entries]
    assert published == sorted(published, reverse=True)
    return feed


def _check(element: ET.Element, *, known: set[str], once: set[str]) -> None:
    counted = Counter(child.tag.removeprefix(ATOM) for child in element)
    assert set(counted) <= known
    assert all(counted[name] == 1 for name in once), counted
    assert all(counted[name] <= 1 for name in AT_MOST_ONCE), counted
    name = text(element, "id")
    assert TAG.fullmatch(name) or is_address(name), name
    for author in element.findall(f"{ATOM}author"):
        assert {child.tag.removeprefix(ATOM) for child in author} <= {"name", "uri"}
        assert text(author, "name")
        uri = author.findtext(f"{ATOM}uri")
        assert uri is None or is_address(uri)
    assert text(element, "title")
    assert moment(element, "updated")


def _links(element: ET.Element) -> dict[str, str]:
    found = element.findall(f"{ATOM}link")
    assert all(is_address(link.attrib["href"]) and "/" in link.attrib["type"] for link in found)
    links = {link.attrib["rel"]: link.attrib["href"] for link in found}
    assert len(links) == len(found)
    return links


def is_address(address: str) -> bool:
    """Whether it is absolute: nothing in a feed depends on where it was found."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def text(element: ET.Element, name: str) -> str:
    """Return the words of an element that must have some."""
    found = element.findtext(f"{ATOM}{name}", "")
    assert found.strip(), name
    return found


def moment(element: ET.Element, name: str) -> datetime:
    """Return a time as it must be written."""
    written = text(element, name)
    assert MOMENT.fullmatch(written), written
    return datetime.fromisoformat(written)


def entries(feed: ET.Element) -> list[dict[str, str]]:
    """Return what each entry says."""
    return [
        {
            "id": text(entry, "id"),
            "language": entry.attrib[LANG],
            "title": text(entry, "title"),
            "updated": text(entry, "updated"),
            "published": text(entry, "published"),
            "url": _links(entry)["alternate"],
            "html": text(entry, "content"),
        }
        for entry in feed.findall(f"{ATOM}entry")
    ]
