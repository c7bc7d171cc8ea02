"""Where a stranger finds a ledger: on the site, as plain files on another server, in a tar."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.test import Client

from tests.ledger_site.life import Life
from tests.verify import forge, runs


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # its name in http.server
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder as any web server would; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(life: Life) -> bytes:
    """Return what the API says of a letter."""
    response = Client().get(f"/api/v1/letters/{life.letter.slug}/count")
    assert response.status_code == 200
    return bytes(response.content)


def written(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(site: str, life: Life) -> str:
    """Return the address of a letter."""
    return f"{site}/letters/{life.letter.slug}/"


def check_site(site: str, life: Life, *arguments: object) -> runs.Result:
    """Check the running site, as a stranger does."""
    return runs.process(page(site, life), *arguments)


def check_files(files: dict[str, bytes], folder: Path, *arguments: object, run: Any = runs.process) -> Any:
    """Pack files into a tar and check that."""
    bundle = folder / "letter.tar"
    bundle.write_bytes(forge.tar_of(files))
    return run("--bundle", bundle, *arguments)


def bundled(life: Life, published: Path) -> dict[str, bytes]:
    """Return what stands in the bundle of a letter: its published files and the API's answer."""
    return {**written(published), "count.json": answer(life)}
