"""Share cards as files: drawn outside any transaction, put beside the other pictures, then remembered."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext

from letters.cards import DESIGN, drawing
from letters.cards.drawing import Words
from letters.models import Card, Letter, LetterText
from letters.models.card import DIGEST_LENGTH
from letters.queries import cards as wanted
from letters.services import cards

log = logging.getLogger(__name__)


def draw(*, text_id: int, at: datetime) -> None:
    """Draw the card of one text, unless somebody has. What stands in the way is logged and tried again."""
    text = wanted.to_draw(text_id=text_id)
    if text is None:
        return
    home = text.letter.organization
    card = Card(text=text, organization=home.name, accent=home.accent, design=DESIGN, made_at=at)
    try:
        picture = drawing.draw(_words(text), accent=home.accent or drawing.ACCENT)
        if picture is None:
            log.warning("no font here can write the share card of %s in %s", text.letter.slug, text.language)
        else:
            _put(card, picture)
        if spare := cards.record(card=card):
            default_storage.delete(spare)
    except (OSError, ValueError) as error:
        log.error("the share card of %s in %s cannot be made: %s", text.letter.slug, text.language, error)


def read(*, card: Card) -> bytes:
    """Return the picture. Raises OSError."""
    with default_storage.open(card.file, "rb") as file:
        return bytes(file.read())


def discard(*, letter: Letter) -> None:
    """Take away the cards of texts that are withheld. Raises OSError."""
    for card in wanted.withheld(letter=letter):
        if card.file:
            default_storage.delete(card.file)
        cards.forget(card=card)


def _put(card: Card, picture: bytes) -> None:
    """Write the file under a name of its own: whoever draws the same card meanwhile has another."""
    card.digest = hashlib.sha256(picture).hexdigest()[:DIGEST_LENGTH]
    name = f"{card.text.number}-{card.digest}-{secrets.token_hex(4)}.png"
    card.file = f"cards/{card.text.letter.public_id}/{name}"
    default_storage.save(card.file, ContentFile(picture))


def _words(text: LetterText) -> Words:
    to = _to(text.language)
    return Words(text.title, text.addressees, to, text.letter.organization.name, text.language)


def _to(language: str) -> str:
    """Return the word before the addressees, or nothing where we have none in the letter's language."""
    with translation.override(language):
        said = gettext("To")
    return said if said != "To" or language.partition("-")[0] == "en" else ""
