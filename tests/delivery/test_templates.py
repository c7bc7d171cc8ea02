"""Every mail that there is, written for people with awkward names and letters with awkward titles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from letters.delivery import email
from letters.enums import OF_LOGINS
from letters.models import Message
from letters.queries import mails
from letters.services import signatures
from tests import builders
from tests.builders import NOW
from tests.delivery.mails import of

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[2] / "templates" / "emails"


def test_each_kind_has_its_folder_and_each_folder_its_kind() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == sorted(mails.KINDS)


@pytest.mark.parametrize("kind", mails.KINDS)
@pytest.mark.parametrize("name", ["Ben Okafor", "محمد بن سلمان", "O’Connor & <Sons>"])
def test_a_mail_is_complete_in_both_parts(kind: str, name: str) -> None:
    letter = builders.letter(title='Keep "our" <trains> & buses')
    one = builders.counted(letter, name=name)
    signatures.withdraw(uid=one.uid, at=NOW)
    composed = email.compose(of(kind, one.uid), message=Message(created_at=NOW), at=NOW)
    html = str(composed.alternatives[0][0])
    assert "\n" not in composed.subject
    assert composed.subject == composed.subject.strip() != ""
    assert name in composed.body
    assert "&amp;" not in composed.body
    contact = settings.SITE_CONTACT if kind in OF_LOGINS else "press@nightrail.example"
    assert contact in composed.body
    assert contact in html
    assert not re.search(r"{[{%]|<img|style=|<script|<Sons>", html)
    links = set(re.findall(r'href="([^"]+)"', html))
    assert links
    assert all(link.startswith("http://testserver/") for link in links)
    assert all(link in composed.body for link in links)
    assert len(composed.body.splitlines()[0]) < 100
