"""What an organizer passes on: the link, words, the picture, a QR code, and markup for other pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from letters import embeds, languages, qr, sources
from letters.admin.pages import Named
from letters.enums import LetterStatus
from letters.models import Letter, LetterText
from letters.roles import Action

KINDS: Final[dict[str, tuple[str, Callable[[str], str | bytes]]]] = {
    "svg": ("image/svg+xml", qr.svg),
    "png": ("image/png", qr.png),
}


class Share(Named):
    """The page of what is passed on, and the pictures of the QR code."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        page = self.admin_site.admin_view(require_safe(self.share))
        picture = self.admin_site.admin_view(require_safe(self.qr))
        pictures = [
            path(f"<int:pk>/share/qr.{kind}", picture, {"kind": kind}, name=f"letters_letter_qr_{kind}")
            for kind in KINDS
        ]
        return [path("<int:pk>/share/", page, name="letters_letter_share"), *pictures, *super().get_urls()]

    def share(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show everything, with the code of a link that was asked for."""
        letter = self._shared(request, pk)
        given = request.GET.get(sources.PARAMETER, "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Share"),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "given": given,
            "wrong": bool(given) and not sources.read(given),
            **_kit(letter, sources.read(given)),
        }
        return TemplateResponse(request, "admin/letters/letter/share.html", context)

    def qr(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """Return the QR code of the letter's address as a picture."""
        letter = self._shared(request, pk)
        given = request.GET.get(sources.PARAMETER, "")
        code = sources.read(given)
        if letter.status == LetterStatus.DRAFT or (given and not code):
            raise Http404(given)
        content_type, draw = KINDS[kind]
        return HttpResponse(draw(sources.marked(_address(letter), code=code)), content_type=content_type)

    def _shared(self, request: HttpRequest, pk: int) -> Letter:
        letter: Letter | None = self.get_object(request, str(pk))
        if not self.may(request, Action.SEE_LETTERS, letter):
            raise PermissionDenied
        if letter is None:
            raise Http404(pk)
        return letter


def _kit(letter: Letter, code: str) -> dict[str, Any]:
    texts = list(
        letter.texts.exclude(published_at=None).select_related("card").order_by("-version", "-authoritative")
    )
    if letter.status == LetterStatus.DRAFT or not texts:
        return {}
    text = texts[0]
    link = sources.marked(_address(letter), code=code)
    card = getattr(text, "card", None)
    picture = card.digest if card and card.file and not text.withholding_id else ""
    return {
        "link": link,
        "code": code,
        "text": text,
        "words": _words(text, link),
        "translations": [
            (one.language, sources.marked(_address(letter, one.stands_under), code=code))
            for one in texts[1:]
            if one.version == text.version
        ],
        "picture": reverse("letters:card", args=[letter.slug, picture]) if picture else "",
        "frames": [
            embeds.frame(url=_whole("letters:embed", letter.slug), title=text.title, size=size, code=code)
            for size in embeds.SIZES
        ],
        "badge": embeds.plain(
            url=link,
            title=text.title,
            by=letter.organization.name,
            badge=_whole("letters:badge", letter.slug),
        ),
        "query": f"?{sources.PARAMETER}={code}" if code else "",
    }


def _words(text: LetterText, link: str) -> str:
    """Return what a message may say, in the language of the letter."""
    with override(languages.nearest(text.language)):
        said = _("“%(title)s”: an open letter to %(addressees)s. Read it, and sign it if you agree: %(link)s")
        return said % {"title": text.title, "addressees": text.addressees.rstrip(". "), "link": link}


def _address(letter: Letter, code: str = languages.NONE) -> str:
    return settings.SITE_URL + languages.address(reverse("letters:letter", args=[letter.slug]), code)


def _whole(view: str, slug: str) -> str:
    return f"{settings.SITE_URL}{reverse(view, args=[slug])}"
