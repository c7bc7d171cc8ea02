"""The development mailbox: the mails in MAIL_FOLDER with working links. Exists only in DEBUG."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from letters.web import caching


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The mails, the newest first."""
    files = sorted(settings.MAIL_FOLDER.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    mails = [{"key": file.stem, "mail": _read(file)} for file in files[:200]]
    return caching.personal(
        render(request, "dev/mailbox.html", {"mails": mails, "folder": settings.MAIL_FOLDER})
    )


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """One mail in its two parts."""
    file = settings.MAIL_FOLDER / f"{key}.eml"
    if not re.fullmatch(r"[0-9a-f]{16}", key) or not file.is_file():
        raise Http404(key)
    mail = _read(file)
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    context = {
        "mail": mail,
        "message_id": mail["Message-ID"],
        "plain": _linked(plain.get_content() if plain else ""),
        "rich": _body_of(rich.get_content() if rich else ""),
    }
    return caching.personal(render(request, "dev/mail.html", context))


urlpatterns = [path("", index, name="mailbox"), path("<str:key>/", show, name="mail")]


def _read(file: Path) -> EmailMessage:
    return email.message_from_bytes(file.read_bytes(), policy=default)


def _linked(plain: str) -> SafeString:
    return mark_safe(urlize(escape(plain)))  # noqa: S308  # escaped in this line


def _body_of(rich: str) -> SafeString:
    match = re.search(r"<body[^>]*>(.*)</body>", rich, re.DOTALL)
    # Our own template wrote it, and the content security policy lets nothing in it run.
    return mark_safe(match.group(1) if match else "")  # noqa: S308
