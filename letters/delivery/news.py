"""What mails to many say, and how their readers get no more of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from django.conf import settings
from django.urls import reverse

from letters import differences, languages, limits, prose, tokens
from letters.differences import Mark, Paragraph, Words
from letters.models import LetterText, Mailing, Update, renewal
from letters.queries import mails, versions
from letters.queries.mails import Mail

ASKED_FOR: Final = frozenset({mails.UPDATE, mails.CLOSED})
"""Mails that their readers can refuse, and go on getting those about their signature."""


class Change(NamedTuple):
    """One paragraph of a text, as it was and as it is. One of them is empty where there is no other."""

    before: str
    now: str


def headers(mail: Mail, *, at: datetime) -> dict[str, str]:
    """Return the headers by which a mail program offers to stop these mails with one click (RFC 8058)."""
    if mail.kind not in ASKED_FOR:
        return {}
    return {
        "List-Unsubscribe": f"<{unsubscribe_url(mail, at=at)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def context(mail: Mail, mailing: Mailing, *, at: datetime) -> dict[str, object]:
    """Return what a mail to many says beside what every mail does."""
    said: dict[str, object] = {"unsubscribe": unsubscribe_url(mail, at=at)}
    if mail.kind == mails.CLOSED:
        said["ended"] = mail.signature.letter.ended_at(at=at)
    if mailing.update:
        said |= _update(mail, mailing.update)
    if mailing.text:
        said |= _amended(mail, mailing.text, at)
    return said


def unsubscribe_url(mail: Mail, *, at: datetime) -> str:
    """Return the address that stops news by a POST and leads to a page with one button by a GET."""
    token = tokens.make(tokens.Purpose.NEWS, uid=mail.signature.uid, at=at)
    return settings.SITE_URL + reverse("letters:unsubscribe", args=[token])


def _update(mail: Mail, update: Update) -> dict[str, object]:
    path = reverse("letters:updates", args=[mail.signature.letter.slug])
    page = settings.SITE_URL + languages.address(path, mail.text.stands_under)
    return {"update": update, "update_body": prose.html(update.body), "updates_url": page}


def _amended(mail: Mail, text: LetterText, at: datetime) -> dict[str, object]:
    path = reverse("letters:versions", args=[mail.signature.letter.slug])
    page = settings.SITE_URL + languages.address(path, mail.text.stands_under)
    pair = versions.step(text=text, language=mail.text.language)
    can_be_read = pair is not None and not any(one.withholding_id for one in pair)
    changes = list(_changes(*pair)) if pair and can_be_read else []
    shown = sum(len(one.before) + len(one.now) for one in changes) <= limits.AMENDED_SHOWN
    read = pair[1] if pair else text
    return {
        "amended": text,
        "read": read,
        "changes": changes if shown else [],
        "versions_url": page,
        "asks_again": renewal.text_for(mail.signature, at=at) is not None,
    }


def _changes(before: LetterText, now: LetterText) -> Iterator[Change]:
    found = differences.between(_words(before), _words(now))
    lines = [line for line in (found.title, found.addressees) if any(run.mark for run in line)]
    lines += [line for passage in found.body if passage.changed for line in passage.paragraphs]
    for line in lines:
        yield Change(_without(line, Mark.NEW), _without(line, Mark.OLD))


def _without(line: Paragraph, mark: Mark) -> str:
    return " ".join("".join(run.words for run in line if run.mark != mark).split())


def _words(text: LetterText) -> Words:
    return Words(text.title, text.addressees, text.body)
