"""A real nginx in front of a running site, set up as deploy/nginx.conf says."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from advocacy import children
from tests.site import ROOT, free_port

START_SECONDS: Final = 20.0
# The whole of nginx around deploy/nginx.conf: what a distribution puts into /etc/nginx/nginx.conf.
MAIN: Final = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    types {{
        text/html html;
        text/css css;
    }}
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/letters.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    port: int
    folder: Path
    pid: int
    """The process whose children answer."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running(folder: Path, *, site: int, workers: int = 1, files: Path | None = None) -> Iterator[Proxy]:
    """Run nginx in an empty folder, in front of the site at this port.

    It speaks HTTP, as the site behind it does here. What lies in `files` it serves at /files/.
    """
    folder.mkdir(parents=True)
    port = free_port()
    (folder / "letters.conf").write_text(_recommended(folder, port=port, site=site, files=files), "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, workers=workers, user=user), "utf-8")
    log = folder / "error.log"
    command = [_nginx(), "-p", str(folder), "-e", str(log), "-c", str(main)]
    child = children.spawn(command, output=subprocess.DEVNULL)
    try:
        _await(child, port, log)
        yield Proxy(port, folder, child.pid)
    finally:
        children.stop(child)


def _nginx() -> str:
    found = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "nginx is missing. How to fix: apt-get install nginx-light"
    return found


def _recommended(folder: Path, *, port: int, site: int, files: Path | None) -> str:
    """Return deploy/nginx.conf with our ports and paths, and without TLS."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    here = {
        "/var/cache/nginx/letters": str(folder / "cache"),
        "127.0.0.1:8000": f"127.0.0.1:{site}",
        "    listen 80;\n": f"    listen unix:{folder}/unused;\n",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "    ssl_certificate /etc/ssl/letters/fullchain.pem;\n": "",
        "    ssl_certificate_key /etc/ssl/letters/privkey.pem;\n": "",
        "/var/log/nginx/letters.log": str(folder / "letters.log"),
        "    location / {\n": (f"    location /files/ {{ alias {files}/; }}\n" if files else "")
        + "    location / {\n",
    }
    for theirs, ours in here.items():
        assert text.count(theirs) == 1, theirs
        text = text.replace(theirs, ours)
    return text


def _await(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert child.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < deadline, log.read_text("utf-8", "replace")
            time.sleep(0.05)
