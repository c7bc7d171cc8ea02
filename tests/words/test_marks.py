"""A mark is a small PNG, or it is refused; what is kept of it is the picture and nothing else."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from letters import marks


def png(width: int = 120, height: int = 60, mode: str = "RGBA", **options: Any) -> bytes:
    """A picture with some structure."""
    picture = Image.new(mode, (width, height))
    if mode in {"RGB", "RGBA"}:
        picture.paste((160, 20, 40), (width // 4, height // 4, width // 2, height // 2))
    written = BytesIO()
    picture.save(written, options.pop("format", "PNG"), **options)
    return written.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def test_a_picture_is_kept_under_the_name_of_its_content() -> None:
    mark = marks.read(png())
    assert (mark.width, mark.height) == (120, 60)
    with Image.open(BytesIO(mark.png)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (120, 60), "RGBA")
        assert picture.getpixel((40, 20)) == (160, 20, 40, 255)
        assert picture.getpixel((0, 0))[3] == 0  # type: ignore[index]  # of RGBA it is a tuple
    assert mark.name == marks.read(png()).name
    assert mark.name != marks.read(png(121)).name


@pytest.mark.parametrize(("sides", "kept"), [((1024, 512), (256, 128)), ((40, 1000), (10, 256))])
def test_a_large_picture_is_made_small(sides: tuple[int, int], kept: tuple[int, int]) -> None:
    mark = marks.read(png(*sides))
    assert (mark.width, mark.height) == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_png_is_read(mode: str) -> None:
    mark = marks.read(png(mode=mode))
    with Image.open(BytesIO(mark.png)) as picture:
        assert picture.mode == ("RGBA" if "A" in mode else "RGB")


def test_nothing_but_the_picture_is_kept() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Ada Lovelace")
    said.add_itxt("XML:com.adobe.xmp", "<x>Ada Lovelace</x>")
    exif = Image.Exif()
    exif[0x013B] = "Ada Lovelace"
    brought = png(pnginfo=said, exif=exif, icc_profile=b"a profile " * 20, dpi=(72, 72))
    assert b"Ada" in brought
    kept = marks.read(brought).png
    with Image.open(BytesIO(kept)) as picture:
        assert picture.info == {}
    assert kept == marks.read(png()).png


def noise(side: int) -> bytes:
    written = BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3)).save(written, "PNG")
    return written.getvalue()


BURSTING = zlib.compress(bytes(90_000_000))
REFUSED = {
    "too narrow": (lambda: png(31, 60), "31 × 60"),
    "too wide": (lambda: png(1025, 60), "1025 × 60"),
    "too many bytes": (lambda: noise(300), "200 KB"),
    "a JPEG": (lambda: png(mode="RGB", format="JPEG"), "not a whole PNG"),
    "a GIF": (lambda: png(mode="P", format="GIF"), "not a whole PNG"),
    "a torn file": (lambda: png()[:-40], "not a whole PNG"),
    "its head alone": (lambda: png()[:20], "not a whole PNG"),
    "nothing": (lambda: b"", "not a whole PNG"),
    "words": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 9, "not a whole PNG"),
    "16 bits": (lambda: png(mode="I;16"), "8 bits"),
    "a head that promises too much": (
        lambda: marks.SIGNATURE + header(60_000, 60_000) + chunk(b"IDAT", zlib.compress(b"")),
        "60000 × 60000",
    ),
    "a second head that promises too much": (
        lambda: marks.SIGNATURE + header(64, 64) + header(20_000, 20_000) + chunk(b"IDAT", b""),
        "",
    ),
    "a comment that bursts": (
        lambda: marks.SIGNATURE + header(64, 64) + chunk(b"zTXt", b"a\0\0" + BURSTING),
        "not a whole PNG",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_with_what_to_bring(what: str) -> None:
    make, says = REFUSED[what]
    with pytest.raises(ValidationError) as caught:
        marks.read(make())
    assert says in caught.value.messages[0]


def test_a_damaged_file_is_read_or_refused_and_never_breaks() -> None:
    whole, chance = png(), random.Random(7)
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            mark = marks.read(bytes(damaged))
        except ValidationError:
            continue
        assert max(mark.width, mark.height) <= 256
