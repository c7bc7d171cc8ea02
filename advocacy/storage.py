"""A folder whose files are whole at every moment: for what readers fetch while we write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class AtomicFolder(FileSystemStorage):
    """A folder. It writes beside a name, to the disk, and puts the file in its place; one may be replaced.

    One process at a time may write a name. What a crash leaves beside it is written over.
    """

    def __init__(self, location: str | Path) -> None:
        super().__init__(location=location, allow_overwrite=True)

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        with beside.open("wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        self._sync(target.parent)
        return name

    @staticmethod
    def _sync(folder: Path) -> None:
        """Have the disk know the new name too: what we published we must not forget."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
