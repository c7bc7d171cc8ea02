"""What a letter's page says to machines: to networks where its link is shared, and to search engines."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, to_locale

from letters import cards, languages
from letters.enums import Phase
from letters.models import Card, Letter, LetterText, Organization, Tally
from letters.queries.letters import PublicLetter
from letters.templatetags.signatures import minute

SAID_FROM: Final = 100
"""A smaller number convinces nobody, and is soon wrong."""
LICENCE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
ESCAPES: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
# The Open Graph protocol wants a territory; most languages bear the name of theirs.
TERRITORIES: Final = {
    "bn": "IN", "ca": "ES", "cs": "CZ", "da": "DK", "el": "GR", "en": "US", "et": "EE", "fa": "IR",
    "ga": "IE", "he": "IL", "hi": "IN", "ja": "JP", "ko": "KR", "nb": "NO", "sl": "SI", "sq": "AL",
    "sr": "RS", "sv": "SE", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN", "zh-hans": "CN",
    "zh-hant": "TW",
}  # fmt: skip


def context(found: PublicLetter) -> dict[str, object]:
    """Return what the head of a letter's page says."""
    others = [language for language in found.languages if language != found.text.language]
    card = card_of(found)
    return {
        "description": description(found),
        "locale": locale(found.text.language),
        "other_locales": [locale(language) for language in others],
        "card_url": address("letters:card", found.letter.slug, card.digest) if card else "",
        "card_width": cards.WIDTH,
        "card_height": cards.HEIGHT,
        "oembed_url": oembed_url(found),
        "linked_data": linked_data(found),
    }


def address(view: str, *parts: object, code: str = languages.NONE) -> str:
    """Return the whole address of a file or of a page, which may stand under a language."""
    path = reverse(view, urlconf=settings.ROOT_URLCONF, args=parts)
    return settings.SITE_URL + languages.address(path, code)


def oembed_url(found: PublicLetter) -> str:
    """Return where oEmbed tells how to show this letter elsewhere."""
    page = address("letters:letter", found.letter.slug, code=found.text.stands_under)
    return f"{address('letters:oembed')}?{urlencode({'url': page, 'format': 'json'})}"


def card_of(found: PublicLetter) -> Card | None:
    """Return the card of the text that is shown, once there is one."""
    card: Card | None = getattr(found.text, "card", None)
    return card if card and card.file and found.text.withholding_id is None else None


def description(found: PublicLetter) -> str:
    """Return the letter in a sentence or two, with a number that stays true for a while."""
    number = "" if found.phase == Phase.SCHEDULED else _about(found.tally)
    return f"{addressed(found.text)} {number}".rstrip()


def addressed(text: LetterText) -> str:
    """Return in a sentence whom a letter is addressed to."""
    return _("An open letter to %(addressees)s.") % {"addressees": text.addressees.rstrip(". ")}


def number(letter: Letter, tally: Tally) -> str:
    """Return the exact number in a sentence, with its moment."""
    said = ngettext(
        "%(shown)s signature as of %(moment)s.", "%(shown)s signatures as of %(moment)s.", tally.count
    )
    return said % {"shown": intcomma(tally.count), "moment": minute(tally.as_of, letter)}


def rounded_down(count: int) -> int:
    """Return a number with nothing but zeros after its first two digits."""
    unit: int = 10 ** max(len(str(count)) - 2, 0)
    return count // unit * unit


def locale(language: str) -> str:
    """Return a language as the Open Graph protocol writes it: `fr_FR`."""
    code = language.lower()
    plain = code.partition("-")[0]
    if code in TERRITORIES or code == plain:
        return f"{plain}_{TERRITORIES.get(code, plain.upper())}"
    return to_locale(code)


def linked_data(found: PublicLetter) -> SafeString:
    """Return the letter as a CreativeWork of schema.org, in JSON that cannot end its script element.

    It names the organization and no other person.
    """
    letter, text = found.letter, found.text
    opened = letter.opens_at or letter.published_at
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "genre": "open letter",
        "name": text.title,
        "url": address("letters:letter", letter.slug, code=text.stands_under),
        "author": _author(letter.organization),
        "inLanguage": text.language,
        "version": text.version,
        "datePublished": _iso(opened),
        "dateModified": _iso(max(filter(None, (opened, text.published_at)), default=None)),
    }
    if card := card_of(found):
        said["image"] = address("letters:card", letter.slug, card.digest)
    if found.phase != Phase.SCHEDULED:
        said["interactionStatistic"] = _endorsements(found.tally)
        said["subjectOf"] = _dataset(found)
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(written)  # noqa: S308 - nothing is left in it that HTML would read


def _about(tally: Tally) -> str:
    said = rounded_down(tally.count)
    if said < SAID_FROM:
        return ""
    number = {"number": intcomma(said)}
    if said == tally.count:
        return ngettext("%(number)s signature.", "%(number)s signatures.", said) % number
    return ngettext("More than %(number)s signature.", "More than %(number)s signatures.", said) % number


def _author(organization: Organization) -> dict[str, object]:
    home = address("letters:organization", organization.slug)
    return {"@type": "Organization", "name": organization.name, "url": home}


def _endorsements(tally: Tally) -> dict[str, object]:
    return {
        "@type": "InteractionCounter",
        "interactionType": "https://schema.org/EndorseAction",
        "userInteractionCount": tally.count,
        "endTime": _iso(tally.as_of),
    }


def _dataset(found: PublicLetter) -> dict[str, object]:
    letter, page = found.letter, address("letters:data", found.letter.slug, code=found.text.stands_under)
    files = ["files:daily", "files:countries", *(["files:signatures"] if letter.names_in_api else [])]
    return {
        "@type": "Dataset",
        "name": _("Signatures of “%(title)s”") % {"title": found.text.title},
        "description": _(
            "How many signed, withdrew and were removed on each day, and the number at its end."
        ),
        "url": page,
        "license": LICENCE,
        "creator": _author(letter.organization),
        "isAccessibleForFree": True,
        "dateModified": _iso(found.tally.as_of),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": address(file, letter.slug),
            }
            for file in files
        ],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
