"""The proof in the "You signed" mail: lines that the verifier takes as they were pasted out of it."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client

from letters import limits
from letters.delivery import email
from letters.models import CheckpointSignature, Letter, LetterText
from letters.services import ledger
from tests import builders
from tests.builders import NOW
from tests.smtp import Inbox
from tests.verify import runs
from tests.verify.runs import Result

pytestmark = pytest.mark.django_db
LEDGER = "http://testserver/letters/night-trains/ledger/"


def mails(inbox: Inbox) -> list[EmailMessage]:
    """Send what waits and return the "You signed" mails."""
    email.drain(clock=lambda: NOW + timedelta(minutes=5) + limits.SIGNED_MAIL_AFTER)
    return [mail for mail in inbox.mails if mail["Subject"].startswith("You signed")]


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found
    return str(found.get_content()).replace("\r\n", "\n")


def lines_of(text: str, origin: str) -> str:
    """Return what a person marks and copies: from the name of the list to the end of the signature."""
    found = re.search(rf"^{re.escape(origin)}$.*?^\N{{EM DASH}} .*?$", text, re.MULTILINE | re.DOTALL)
    assert found, text
    return found[0]


def paste(client: Client, letter: Letter, folder: Path, lines: str) -> Result:
    path, bundle = folder / "pasted.txt", folder / "letter.tar"
    path.write_bytes(lines.encode())
    response = client.get(f"/letters/{letter.slug}/ledger/bundle.tar")
    bundle.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    return runs.process("--bundle", bundle, "--checkpoint", path, "--now", "2026-03-14T13:00:00Z")


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_lines_of_the_mail_are_what_the_verifier_takes(
    kind: str, ending: str, inbox: Inbox, client: Client, tmp_path: Path
) -> None:
    letter = builders.letter()
    builders.counted(letter)
    note = builders.published(letter).note
    [mail] = mails(inbox)
    lines = lines_of(html.unescape(part(mail, kind).replace('<pre dir="ltr">', "\n")), letter.origin)
    assert lines.splitlines() == note.rstrip("\n").split("\n")
    builders.counted(letter, email="cleo@example.org", at=NOW + timedelta(minutes=1))
    builders.published(letter)
    done = paste(client, letter, tmp_path, ending + lines.replace("\n", ending) + ending * 2)
    assert "none was changed since" in done.output
    assert done.status == 0


def test_both_parts_say_what_it_is_for_and_link_to_the_page(inbox: Inbox) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.published(letter)
    [mail] = mails(inbox)
    for kind in ("plain", "html"):
        said = part(mail, kind)
        assert "Keep this mail: the lines below" in said
        assert "With them anybody can prove that the number was not rewritten" in said
        assert LEDGER in said


def test_long_paragraphs_in_the_letter_do_not_wrap_the_lines(inbox: Inbox) -> None:
    letter = builders.draft()
    LetterText.objects.filter(letter=letter).update(body="Ein langer Absatz über alles. " * 100)
    text = LetterText.objects.get(letter=letter)
    LetterText.objects.filter(letter=letter).update(h=text.compute_hash())
    letter = builders.letters.publish(letter=builders.ready(letter), by=None, at=NOW - timedelta(hours=1))
    builders.counted(letter)
    note = builders.published(letter).note
    [mail] = mails(inbox)
    # As mail programs read it: two kinds of encoding, and both give the lines back.
    assert note in part(mail, "plain")
    assert f'<pre dir="ltr">{note}</pre>' in part(mail, "html")


def test_without_a_signed_state_the_mail_leaves_it_out(inbox: Inbox) -> None:
    letter = builders.letter()
    builders.published(letter)  # signed, but before this signature
    builders.counted(letter)
    [mail] = mails(inbox)
    for kind in ("plain", "html"):
        said = part(mail, kind)
        assert LEDGER not in said
        assert letter.origin not in said
        assert "Keep this mail: the lines" not in said


def test_it_is_the_first_state_with_the_signature_in_it_however_late_the_mail_leaves(inbox: Inbox) -> None:
    letter = builders.letter()
    builders.published(letter)
    builders.counted(letter)
    first = builders.published(letter)
    builders.counted(letter, email="cleo@example.org", at=NOW + timedelta(minutes=1))
    builders.published(letter)
    ben, cleo = sorted(mails(inbox), key=lambda mail: str(mail["To"]))
    assert first.note in part(ben, "plain")
    newest = CheckpointSignature.objects.order_by("-checkpoint__size")[0]
    assert newest.note in part(cleo, "plain")


def test_no_other_mail_carries_one(inbox: Inbox) -> None:
    letter = builders.letter()
    builders.counted(letter)
    builders.published(letter)
    builders.signed(letter, at=NOW + timedelta(minutes=2))
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(minutes=3))
    mails(inbox)
    with_one = [mail["Subject"] for mail in inbox.mails if letter.origin in part(mail, "plain")]
    assert [subject.split(' "')[0] for subject in with_one] == ["You signed"]
