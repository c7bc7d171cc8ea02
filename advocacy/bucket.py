"""An object store that a CDN reads from directly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

# Who waits longer is tried again with the next hint, and meanwhile holds a lock.
PATIENCE: Final = Config(connect_timeout=3, read_timeout=10, retries={"total_max_attempts": 2})


@contextmanager
def as_os_errors() -> Iterator[None]:
    """Let what the store fails with look like what a disk fails with."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error


class Bucket(S3Storage):  # type: ignore[misc]  # it ships no types
    """Small objects, each read and written whole."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=PATIENCE, default_acl=None, file_overwrite=True, **options)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """Return the folders and the files in a folder."""
        with as_os_errors():
            folders, names = super().listdir(name)
        return folders, names

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""
        with as_os_errors():
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with as_os_errors(), super()._open(name, mode) as file:
            return ContentFile(file.read())

    def _save(self, name: str, content: File[Any]) -> str:
        with as_os_errors():
            return str(super()._save(name, content))


class LedgerBucket(Bucket):
    """The ledgers, with the type and the lifetime that readers are told."""

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """Return what is stored with an object."""
        changes = name.endswith(("/checkpoint", "/vkey"))
        kind = "text/plain; charset=utf-8" if changes else "application/octet-stream"
        return {
            "CacheControl": "public, max-age=5" if changes else "public, max-age=31536000, immutable",
            "ContentType": "application/json" if "/text/" in name else kind,
        }


class PictureBucket(Bucket):
    """Pictures, named by their content."""

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """Return what is stored with an object."""
        return {"CacheControl": "public, max-age=31536000, immutable", "ContentType": "image/png"}
