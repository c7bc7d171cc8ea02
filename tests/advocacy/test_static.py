"""Static files as production serves them: collected, compressed, under names that never change."""

from __future__ import annotations

import gzip
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings
from whitenoise.middleware import WhiteNoiseMiddleware

MOST = {"css/site.css": 6_000, "site.js": 3_000}


def absent(request: HttpRequest) -> HttpResponse:
    """What whitenoise does not have."""
    return HttpResponse(status=404)


def test_collected_files_come_compressed_and_may_be_kept_for_ever(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.STATIC_ROOT = f"{tmp_path}/."  # the list of names is read anew
    served = WhiteNoiseMiddleware(absent)
    for name, most in MOST.items():
        path = staticfiles_storage.url(name)
        assert path != f"/static/{name}"
        answer = served(RequestFactory().get(path, headers={"accept-encoding": "gzip, deflate, br"}))
        body = b"".join(answer)
        answer.close()
        assert answer["Content-Encoding"] == "gzip"
        assert answer["Vary"] == "Accept-Encoding"
        assert "immutable" in answer["Cache-Control"]
        assert len(body) <= most
        assert len(gzip.decompress(body)) > len(body)
