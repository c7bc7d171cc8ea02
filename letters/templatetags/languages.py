"""What a page says of the languages in which it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from letters import languages
from letters.models import LetterText

register = template.Library()
register.filter("direction", languages.direction)
register.filter("language_name", languages.name)


@dataclass(frozen=True)
class Choice:
    """The same page in another language."""

    code: str
    name: str
    direction: str
    url: str
    current: bool


@register.simple_tag(takes_context=True)
def canonical(context: Context, name: str, *args: object) -> str:
    """Return the one address of this page for search engines and for sharing.

    A letter in the language in which it binds stands under none, and so does the site's own language.
    """
    text: LetterText | None = context.get("text")
    if text is None:
        code = languages.asked() if languages.asked() != settings.LANGUAGE_CODE else languages.NONE
    else:
        code = text.stands_under
    return _url(_path(name, *args), code)


@register.simple_tag
def original(name: str, *args: object) -> str:
    """Return the path under which a page stands in the language that binds."""
    return _path(name, *args)


@register.simple_tag(takes_context=True)
def alternates(context: Context, name: str, *args: object) -> list[tuple[str, str]]:
    """Return the languages of this page with its address in each, and `x-default` (HTML, hreflang)."""
    texts: list[LetterText] | None = context.get("texts")
    path = _path(name, *args)
    if texts is None:
        found = [(code, code if code != settings.LANGUAGE_CODE else "") for code, _name in settings.LANGUAGES]
    else:
        found = [(text.language, text.stands_under) for text in texts]
    if len(found) == 1:
        return []
    return [*((code, _url(path, prefix)) for code, prefix in found), ("x-default", _url(path, ""))]


@register.inclusion_tag("components/languages.html", takes_context=True)
def language_menu(context: Context) -> dict[str, object]:
    """Offer a public page in the languages of its letter, and in those that the interface speaks."""
    path = context["public_path"]() if "public_path" in context else ""
    texts: Iterable[LetterText] = context.get("texts") or ()
    spoken = [code for code, _name in settings.LANGUAGES]
    codes = dict.fromkeys([*(text.language for text in texts), *spoken]) if path else {}
    followed = next((text.language for text in texts), settings.LANGUAGE_CODE)
    current = languages.asked() or followed
    return {"choices": [_choice(path, code, current) for code in codes], "current": languages.name(current)}


def _choice(path: str, code: str, current: str) -> Choice:
    url = languages.address(path, code)
    return Choice(code, languages.name(code), languages.direction(code), url, code == current)


def _path(name: str, *args: object) -> str:
    return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)


def _url(path: str, code: str) -> str:
    return settings.SITE_URL + languages.address(path, code)
