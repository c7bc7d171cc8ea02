"""Static files: one stylesheet from many layers, and names that change with their content."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

LAYERS: Final = ("fonts", "tokens", "base", "layout", "parts", "print")
NAME: Final = "css/site.css"
COMMENT: Final = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


class SiteStylesheet(BaseFinder):
    """Finds css/site.css, written anew whenever one of its layers is newer. Readers need no comments."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file's path, or nothing for any other name."""
        if path != NAME:
            return []
        built = str(_build())
        return [built] if find_all else built

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Nothing can be misconfigured."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Yield the one file for collectstatic."""
        _build()
        yield NAME, FileSystemStorage(settings.STYLESHEET_FOLDER)


class HashedWhenCollected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Hashed names after `collectstatic`, plain ones before it: a page never fails for lack of it."""

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the address of a static file."""
        if not self.hashed_files:
            return FileSystemStorage.url(self, name)
        return str(super().url(name, force))

    def file(self, name: str) -> Path:
        """Return the file that is served at `url(name)`."""
        return Path(self.path(self.stored_name(name)) if self.hashed_files else str(finders.find(name)))


def _build() -> Path:
    parts = [settings.BASE_DIR / "static" / "css" / f"{layer}.css" for layer in LAYERS]
    target: Path = settings.STYLESHEET_FOLDER / NAME
    if not target.is_file() or max(part.stat().st_mtime for part in parts) > target.stat().st_mtime:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        whole = "".join(part.read_text("utf-8") for part in parts)
        fresh.write_text(COMMENT.sub("", whole), "utf-8")
        fresh.replace(target)
    return target
