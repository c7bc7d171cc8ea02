"""`python -m tests.catalogues`: what the site says, collected into `letters/locale`, for translators.

It does what `makemessages` and `compilemessages` do, without GNU gettext: templates are read by
Django's own `templatize`, Python by Babel, so that a message is here exactly as it is looked up.
What nobody says any more is dropped, what is new is empty, and nothing is guessed. The `.mo` files
are kept beside the `.po` files, because production has neither Babel nor gettext.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "letters" / "locale"
# The source is English and needs no catalogue. The plural forms are those of Django's own catalogues;
# in Arabic one each for 0, 1, 2, 3 to 10, 11 to 99, and what ends in 00, 01 or 02.
PLURALS: Final = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "fr": "nplurals=2; plural=(n > 1);",
}
KEYWORDS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


class Catalogue(Catalog):
    """Messages of one language, with a header that says only what Python needs to know."""

    def __init__(self, language: str) -> None:
        super().__init__(
            language, header_comment="# docs/translating.md says how to write here.", fuzzy=False
        )
        self._num_plurals = int(PLURALS[language].removeprefix("nplurals=")[0])

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header: the language and its plural forms, and no date that changes by itself."""
        return [
            ("Language", self.locale_identifier or ""),
            ("Plural-Forms", PLURALS[self.locale_identifier or ""]),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def source() -> Catalog:
    """Return every message of the templates and of Python, in the order of files, untranslated."""
    catalog = Catalog()
    for path, text in _texts():
        for line, words, _, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            catalog.add(words, locations=[(path, line)], context=context)
    return catalog


def stored(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept; empty for a new language."""
    path = place(language, "po")
    if not path.is_file():
        return Catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str) -> Catalogue:
    """Return what the site says now, with the translations that are kept of it."""
    catalogue, kept = Catalogue(language), stored(language)
    for message in source():
        if not message.id:
            continue
        old = kept.get(message.id, message.context)
        fits = old is not None and old.pluralizable == message.pluralizable
        catalogue.add(
            message.id,
            old.string if fits else "",
            locations=message.locations,
            user_comments=old.user_comments if fits else (),
            context=message.context,
        )
    return catalogue


def place(language: str, kind: str) -> Path:
    """Return where the catalogue of a language is kept, as text (`po`) or for Python (`mo`)."""
    return FOLDER / language / "LC_MESSAGES" / f"django.{kind}"


def compiled(catalogue: Catalogue) -> bytes:
    """Return the catalogue in the form that Python reads."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def forms(message: Message) -> tuple[str, ...]:
    """Return the words of a message, one for each plural form where it has them."""
    return message.string if message.pluralizable else (message.string,)


def main() -> None:
    """Bring the catalogues up to what the site says, and print how many messages wait for words."""
    for language in PLURALS:
        catalogue = merged(language)
        path = place(language, "po")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, sort_by_file=True, include_lineno=False)
        place(language, "mo").write_bytes(compiled(catalogue))
        empty = sum(not all(forms(message)) for message in catalogue)
        print(f"{language}: {len(catalogue)} messages, {empty} without a translation")


def _texts() -> Iterator[tuple[str, str]]:
    """Return each file that may speak, by its path in the project, as Python source."""
    for path in sorted((ROOT / "templates").rglob("*.*")):
        text = templatize(path.read_text("utf-8"), origin=str(path))
        # What is left of markup is blanked but indented as it likes, which Python does not.
        yield str(path.relative_to(ROOT)), "\n".join(line.strip() for line in text.splitlines())
    for folder in ("advocacy", "letters"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text("utf-8")


if __name__ == "__main__":
    main()
