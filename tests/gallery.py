"""`python -m tests.gallery DIR`: every state of every page as a file, in English and in Arabic.

It needs no database: that the gallery can be written proves it.
"""

from __future__ import annotations

import importlib
import logging
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import django
from django.test import Client

from tests.embedded_plugin import ENVIRONMENT
from tests.environment import SERVERS
from tests.site import ROOT, START_SECONDS, clean_environment, free_port

WRITTEN: Final = ("en", "ar")


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return what a process of the gallery reads: development's mode, and servers that are not there."""
    return {**ENVIRONMENT, **SERVERS, "DEBUG": "true", "DATA_DIR": str(data), **more}


def address(name: str, language: str = "en") -> str:
    """Return where a state is shown."""
    return f"{'' if language == 'en' else '/' + language}/dev/gallery/{name}/"


@contextmanager
def running(data: Path) -> Iterator[str]:
    """Serve the gallery, and give its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    words = ["-m", "gunicorn", "advocacy.wsgi:application", "--worker-class", "gthread", "--threads", "4"]
    quiet = ["--no-control-socket", "--log-level", "warning", "--bind", f"127.0.0.1:{port}"]
    own = clean_environment() | environment(data, SITE_URL=url)
    with data.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *words, *quiet], cwd=ROOT, env=own, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _await(url + address("privacy"), process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "the gallery did not start"
            assert time.monotonic() < deadline, "the gallery does not answer"
            time.sleep(0.1)


def main() -> None:
    """Write the files."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(folder.parent / "gallery-data"), DJANGO_SETTINGS_MODULE="advocacy.settings")
    django.setup()
    logging.disable(logging.ERROR)
    client = Client(SERVER_NAME="127.0.0.1")
    for name in importlib.import_module("letters.web.gallery.urls").STATES:
        for language in WRITTEN:
            (folder / f"{name}.{language}.html").write_bytes(client.get(address(name, language)).content)


if __name__ == "__main__":
    main()
