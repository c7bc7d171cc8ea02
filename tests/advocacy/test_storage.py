"""Files are whole at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from advocacy.storage import AtomicFolder


class Torn(File):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A file whose end never comes."""

    def __init__(self) -> None:
        super().__init__(None)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"the first half"
        raise OSError(28, "No space left on device")


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    folder = AtomicFolder(tmp_path)
    for content in (b"one", b"another"):
        folder.save("ledger/abc/checkpoint", ContentFile(content))
        assert (tmp_path / "ledger/abc/checkpoint").read_bytes() == content


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path) -> None:
    folder = AtomicFolder(tmp_path)
    folder.save("checkpoint", ContentFile(b"old"))
    with pytest.raises(OSError, match="No space"):
        folder.save("checkpoint", Torn())
    assert (tmp_path / "checkpoint").read_bytes() == b"old"
    folder.save("checkpoint", ContentFile(b"new"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint"]


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"outside|traversal"):
        AtomicFolder(tmp_path / "inner").save("../outer", ContentFile(b"x"))
    assert not (tmp_path / "outer").exists()
