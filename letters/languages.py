"""Languages: those that letters are written in, and those that the interface speaks.

A letter may be written in any language that has a name here. The interface speaks the few that it
was translated into, and else the site's own. The address says which: `/fr/...`; without a language
in it, a page about a letter follows the letter, any other the site.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

# Some entries only name the one to use instead.
KNOWN: Final = frozenset(code for code, facts in LANG_INFO.items() if "name_local" in facts)
NONE: Final = ""
_asked: ContextVar[str] = ContextVar("asked", default=NONE)


def check_language(value: str) -> None:
    """Raise ValidationError for a code of no language that is known here."""
    if value not in KNOWN:
        raise ValidationError(_("Choose a language code like en, fr or pt-br."), code="language")


def nearest(code: str) -> str:
    """Return the language of the interface that serves a reader of this one."""
    spoken = {one for one, _name in settings.LANGUAGES}
    for candidate in (code, code.partition("-")[0]):
        if candidate in spoken:
            return candidate
    return str(settings.LANGUAGE_CODE)


def is_spoken(code: str) -> bool:
    """Return whether the interface was translated into this language."""
    return nearest(code).partition("-")[0] == code.partition("-")[0]


def name(code: str) -> str:
    """Return what a language calls itself, or its code where nobody knows."""
    own = str(get_language_info(code)["name_local"]) if code in KNOWN else code
    return own[:1].upper() + own[1:]


def choices() -> list[tuple[str, str]]:
    """Return all languages with what they call themselves, by that."""
    return sorted(((code, name(code)) for code in KNOWN), key=lambda one: one[1].casefold())


def direction(code: str) -> str:
    """Return in which direction a language is written: ltr, rtl, or auto where nobody knows."""
    if code not in KNOWN:
        return "auto"
    return "rtl" if get_language_info(code)["bidi"] else "ltr"


def address(path: str, code: str) -> str:
    """Return a public page's path, which begins with a slash and has no language, in this language."""
    return f"/{code}{path}" if code else path


def split(path: str) -> tuple[str, str]:
    """Return the language that a path begins with, or none, and the rest, which begins with a slash."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    return (first, f"/{rest}") if first in KNOWN else (NONE, path)


def asked() -> str:
    """Return the language in the address of the page that is being written; empty for none."""
    return _asked.get()


def ask(code: str) -> None:
    """Remember the language in the address of this request."""
    _asked.set(code)
