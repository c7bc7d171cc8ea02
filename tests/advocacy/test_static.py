"""Static files as production serves them: collected, compressed, under names that never change."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

MOST = {"css/site.css": 6_000, "site.js": 3_000}


def test_collected_files_come_compressed_and_may_be_kept_for_ever(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.STATIC_ROOT = f"{tmp_path}/."  # the list of names is read anew
    browser = Client(headers={"accept-encoding": "gzip, deflate, br"})
    for name, most in MOST.items():
        path = staticfiles_storage.url(name)
        assert path != f"/static/{name}"
        answer = browser.get(path)
        body = b"".join(answer.streaming_content)  # type: ignore[arg-type]  # it is not asynchronous
        assert answer["Content-Encoding"] == "gzip"
        assert answer["Vary"] == "Accept-Encoding"
        assert "immutable" in answer["Cache-Control"]
        assert len(body) <= most
        assert len(gzip.decompress(body)) > len(body)
