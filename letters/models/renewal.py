"""Whether whoever signed an earlier text is asked to sign the one in force, and which of its languages."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from letters.enums import SIGNABLE_PHASES, SignatureState
from letters.models.lettertext import LetterText
from letters.models.signature import Signature


def text_for(signature: Signature, *, at: datetime) -> LetterText | None:
    """Return the text in force, in the language that was signed if it has it; None where nobody is asked.

    The organization decides with each amendment. A correction after it changes the text that is signed.
    """
    if signature.state != SignatureState.CONFIRMED or signature.erased_at:
        return None
    if signature.letter.phase(at=at) not in SIGNABLE_PHASES:
        return None
    later = LetterText.objects.filter(letter=signature.letter_id, version__gt=signature.text.version)
    texts = later.exclude(published_at=None).filter(
        Q(authoritative=True) | Q(language=signature.text.language)
    )
    known = list(texts.order_by("-version", "authoritative"))
    asked = any(text.asks_again for text in known)
    return known[0] if asked and known[0].withholding_id is None else None
