"""Where ledgers are published: files outside the database, for readers and as the memory against forks."""

from __future__ import annotations

from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

ALIAS: Final = "ledger"


class Shelf:
    """Files by path. A file is whole at every moment; only a note is ever replaced."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def read(self, path: str) -> bytes | None:
        """Return a file, None where there is none. Raises OSError when that cannot be known."""
        try:
            with self._storage.open(path, "rb") as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place. Raises OSError."""
        self._storage.save(path, ContentFile(data))

    def remove(self, path: str) -> None:
        """Take a file away, if it is there. Raises OSError."""
        self._storage.delete(path)

    def folders(self, folder: str) -> list[str]:
        """Return the names of the folders in a folder, none where there is no folder."""
        return self._list(folder)[0]

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder, none where there is no folder."""
        return self._list(folder)[1]

    def _list(self, folder: str) -> tuple[list[str], list[str]]:
        try:
            folders, names = self._storage.listdir(folder)
        except FileNotFoundError:
            return [], []
        return sorted(folders), sorted(names)


def default() -> Shelf:
    """Return the one that LEDGER_PUBLISH names."""
    return Shelf(storages[ALIAS])
