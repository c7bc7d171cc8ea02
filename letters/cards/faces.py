"""A font for each letter: ours first, then whatever the machine has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont, features
from PIL.ImageFont import FreeTypeFont, Layout

from letters import limits

OURS: Final = Path(__file__).resolve().parents[2] / "static" / "fonts"
NAMES: Final = (
    *(f"source-serif-4-{part}" for part in ("latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek")),
    "source-serif-4-vietnamese", "noto-naskh-arabic-arabic", "frank-ruhl-libre-hebrew",
)  # fmt: skip
MACHINE: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
UNFIT: Final = ("italic", "oblique", "mono", "condensed", "emoji", "blank", "lastresort")
CJK: Final = ("ja", "ko", "zh-hans", "zh-hant")
"""The order of the languages within a collection of Noto CJK."""
PROBE: Final = 24
JOINERS: Final = "\u200c\u200d"
VARIANTS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""They choose between two looks of a sign; we have one."""
# Scripts that a row of single glyphs spells as well: all others need a shaping engine.
PLAIN: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL")
SHAPED_BY_US: Final = ("ARABIC", "HEBREW")


@dataclass(frozen=True)
class Face:
    """One font in a file of one or more."""

    path: Path
    index: int = 0

    def at(self, size: int) -> FreeTypeFont:
        """Return it in a size, in pixels."""
        return _load(self, size, Layout.RAQM if can_shape() else Layout.BASIC)

    def covers(self, cluster: str) -> bool:
        """Return whether it has a glyph for each letter and mark."""
        return all(char in JOINERS or _has(self, char) for char in cluster)


@cache
def can_shape() -> bool:
    """Return whether Pillow can join and place letters: it needs the machine's libfribidi for that."""
    return bool(features.check("raqm"))


def clean(text: str) -> str:
    """Return a text without what has no shape of its own, and with at most a few marks on a letter."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        hidden = char in VARIANTS or (kind[0] == "C" and char not in JOINERS)
        kept.append(" " if char.isspace() else "" if hidden or marks > limits.STACKED_MARKS_MAX else char)
    return " ".join("".join(kept).split())


def clusters(text: str) -> Iterator[str]:
    """Yield each letter with the marks that belong to it."""
    cluster = ""
    for char in text:
        if cluster and unicodedata.category(char)[0] != "M" and char not in JOINERS:
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def find(cluster: str, *, bold: bool, language: str) -> Face | None:
    """Return the first font that has a letter with its marks, or None."""
    if not can_shape() and not _is_plain(cluster[0]):
        return None
    for face in _ours(bold):
        if face.covers(cluster):
            return face
    return _on_the_machine(cluster, bold, language)


def drawable(text: str, *, bold: bool, language: str) -> str:
    """Return what of a text can be drawn: all but signs like emoji, or nothing if a letter is missing."""
    kept, face = [], None
    for cluster in clusters(text):
        if not face or not face.covers(cluster):
            face = find(cluster, bold=bold, language=language)
        if face:
            kept.append(cluster)
        elif unicodedata.category(cluster[0])[0] != "S":
            return ""
    return " ".join("".join(kept).split())


def _is_plain(char: str) -> bool:
    kind = unicodedata.category(char)[0]
    return kind not in {"L", "M"} or unicodedata.name(char, "").startswith((*PLAIN, *SHAPED_BY_US))


@cache
def _ours(bold: bool) -> tuple[Face, ...]:
    weight = 600 if bold else 400
    return tuple(Face(OURS / f"{name}-{weight}-normal.woff2") for name in NAMES)


@lru_cache(maxsize=4096)
def _on_the_machine(cluster: str, bold: bool, language: str) -> Face | None:
    for path in _files(bold):
        face = Face(path, _index(path, language))
        if face.covers(cluster):
            return face
    return None


@cache
def _files(bold: bool) -> tuple[Path, ...]:
    """Return the machine's fonts, those that look most like ours first."""
    there = (path for folder in MACHINE for path in Path(folder).rglob("*"))
    fonts = (path for path in there if path.suffix.lower() in {".ttf", ".otf", ".ttc"})
    found = [path for path in fonts if not any(word in path.name.lower() for word in UNFIT)]

    def likeness(path: Path) -> tuple[bool, bool, bool, str]:
        name = path.name
        return "Noto" not in name, "Serif" not in name, ("Bold" in name) != bold, str(path)

    return tuple(sorted(found, key=likeness))


def _index(path: Path, language: str) -> int:
    if "CJK" not in path.name:
        return 0
    tag = language.lower()
    if tag.startswith("zh"):
        tag = "zh-hant" if tag in {"zh-hant", "zh-tw", "zh-hk"} else "zh-hans"
    return CJK.index(tag) if tag in CJK else 0


@lru_cache(maxsize=64)
def _load(face: Face, size: int, engine: Layout) -> FreeTypeFont:
    return ImageFont.truetype(face.path, size, index=face.index, layout_engine=engine)


@lru_cache(maxsize=8192)
def _has(face: Face, char: str) -> bool:
    """Pillow does not tell which letters a font has: see whether this one looks like none."""
    try:
        font = _load(face, PROBE, Layout.BASIC)
        return bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))
    except OSError:
        return False  # a bitmap font, or a broken file
