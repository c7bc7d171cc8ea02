"""Pictures of every mail in both parts, on a phone, and what an accessibility checker says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape
from playwright.sync_api import Browser, Page

from letters.delivery import email
from letters.enums import RemovalReason
from letters.models import Message, Signature
from letters.queries import mails
from letters.queries.mails import Mail
from tests import builders
from tests.builders import NOW
from tests.delivery.mails import of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LANGUAGES: Final = ("en", "ar", "fr")
Scheme = Literal["light", "dark"]
# As programs for mail show what has no look of its own: in the reader's letters, wrapped.
PLAIN: Final = (
    '<!DOCTYPE html><html lang="{language}"><meta name="color-scheme" content="light dark">'
    "<title>{title}</title><style>main{{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext}}"
    "</style><main>{body}</main></html>"
)
WIDER: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def person() -> Signature:
    """Somebody in the number, whose name a reader has reported."""
    letter = builders.letter()
    one = builders.counted(letter, name="Noor van den Berg", email="noor@example.org")
    builders.published(letter)
    return one


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_can_be_read_on_a_phone(
    chromium: Browser,
    axe: Callable[[Page], list[str]],
    request: pytest.FixtureRequest,
    person: Signature,
    language: str,
    scheme: Scheme,
) -> None:
    folder: Path | None = request.config.getoption("--shots")
    page = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    found = {}
    for kind in mails.KINDS:
        mail = of(kind, person.uid, language=language)
        if isinstance(mail, Mail):
            mail.signature.withdrawn_at, mail.signature.removal = NOW, RemovalReason.FLOOD
        composed = email.compose(mail, message=Message(created_at=NOW), at=NOW)
        for part, content in parts(composed, language).items():
            page.set_content(content)
            found[kind, part] = [*axe(page), *(["too wide"] if page.evaluate(WIDER) > 0 else [])]
            if folder:
                name = f"mail-{kind}-{part}-{language}-390-{scheme}.png"
                page.screenshot(path=folder / name, full_page=True)
        assert page.evaluate("document.documentElement.lang") == language
    page.close()
    assert {mail: faults for mail, faults in found.items() if faults} == {}


def parts(composed: EmailMultiAlternatives, language: str) -> dict[str, str]:
    """Return both parts as a page: the text as it is, and the HTML."""
    said = {"title": escape(composed.subject), "body": escape(composed.body), "language": language}
    return {"text": PLAIN.format(**said), "html": str(composed.alternatives[0][0])}
