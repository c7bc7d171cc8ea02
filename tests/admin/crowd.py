"""Rows of every kind, as many as wanted, and those for which each page has something to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from allauth.mfa.totp.internal.auth import TOTP
from django.db import models
from django.urls import URLPattern
from django.utils import timezone

from letters.enums import RemovalReason, Role
from letters.models import Block, Organization, Update
from letters.services import affiliations, blocks, reasons, removals, snapshots, updates
from tests import builders
from tests.admin.stage import World
from tests.admin.test_matrix import NOBODY, RULES, address, addresses
from tests.builders import NOW

LANGUAGES: Final = ("fr", "ar", "de", "es", "it")
"""Into which the world's draft is translated."""
NO_PAGES: Final = {
    "jsi18n": "a script",
    "autocomplete": "an answer to a script",
    "password_change": "the way to the page of the login",
    "password_change_done": "only after a password was changed",
}
"""Addresses of the desk at which there is nothing to look at."""
HELP: Final = "Give it a row for which it has something to do: fitting() in tests/admin/crowd.py."


def grow(of: World, numbers: Iterable[int]) -> None:
    """Make one more row of every kind for each number."""
    for number in numbers:
        _organization(of, number)
        _team(of, number)
        _signatures(of, number)
        _lists(of, number)


def _organization(of: World, number: int) -> None:
    """A letter of its own organization with one signature, featured; and an organization that waits."""
    low = f"{of.word.lower()}-{number}"
    home = builders.organization(low, name=f"{of.word} branch {number}")
    Organization.objects.create(slug=f"{low}-waits", name=f"{of.word} {number} waits", legal_name=low)
    letter = builders.letter(f"{low}-letter", organization=home, title=f"{of.word} letter {number}")
    one = builders.counted(letter, name=f"Flo {number}", email=f"flo-{number}@example.org")
    builders.featured(one)
    sketch = builders.draft(f"{low}-sketch", organization=of.organization, title=f"{of.word} {number}")
    builders.asked(sketch, at=timezone.now())
    record = builders.frozen(letter)
    snapshots.correct(snapshot=record, wrong=f"Wrong {number}.", said_by="Ada", by=None, at=NOW)


def _team(of: World, number: int) -> None:
    role = list(Role)[number % len(Role)]
    builders.member(of.organization, role, f"{of.word.lower()}-member-{number}@example.org")
    sent = timezone.now() - timedelta(hours=2 * (60 - number))  # not too many on one day
    address = f"{of.word.lower()}-invited-{number}@example.org"
    builders.invited(of.organization, role=role, email=address, at=sent)


def _signatures(of: World, number: int) -> None:
    """Somebody under the open letter who says why, and somebody whose name waits."""
    one = builders.confirmed(of.open, name=f"Gil {number}", email=f"gil-{number}@example.org")
    reasons.give(uid=one.uid, reason=f"Because of {number}.", at=NOW)


def _lists(of: World, number: int) -> None:
    """What else belongs to the open letter, and to the draft."""
    builders.reported(
        of.open, f"Rea {number}", at=NOW + timedelta(minutes=3 * number)
    )  # not too many in an hour
    spelling, name = f"Institute {number}", f"Institute of {number}"
    affiliations.merge(letter=of.open, spelling=spelling, name=name, by=None, at=NOW)
    sent = timezone.now() - timedelta(hours=6 * (50 - number))  # open ones, and not too many on one day
    builders.guest(of.open, email=f"guest-{number}@{of.word.lower()}.example", at=sent)
    blocks.put(block=Block(letter=of.open, domain=f"d{number}.test", reason="…"), by=None, at=NOW)
    updates.write(update=Update(letter=of.open, title=f"Draft {number}", body="…"), by=None, at=NOW)
    builders.update(of.open, title=f"News {number}")
    builders.changed(of.open, title=f"{of.word} version {number}")
    if number < len(LANGUAGES):
        builders.translation(of.draft, LANGUAGES[number], f"Title {number}")


def fitting(of: World) -> dict[str, models.Model]:
    """Return the rows of those pages that have something to do with some rows only."""
    low = of.word.lower()
    removed = builders.counted(builders.letter(f"{low}-removed"), name="Hal", email=f"hal@{low}.example")
    removals.remove(uid=removed.uid, reason=RemovalReason.DUPLICATE, by=None, at=NOW)
    waits = Organization.objects.create(slug=f"{low}-new", name=f"{of.word} new", legal_name=low)
    question = builders.asked(builders.draft(f"{low}-asked", organization=of.organization), at=timezone.now())
    lost = builders.member(waits, email=f"lost@{low}.example")
    TOTP.activate(lost, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    Organization.objects.filter(pk=of.organization.pk).update(publishes_by_two=True)
    return {
        "letters_letter_ask": question.letter,
        "letters_user_reset": lost,
        "letters_signature_restore": removed,
        "letters_organization_approve": waits,
        "letters_approval_give": question,
        "letters_approval_decline": question,
        "letters_approval_take_back": question,
    }


def pages() -> dict[str, URLPattern]:
    """Return what there is to look at, by the names of the addresses: read from the desk and its rules."""
    rules = {name: looks for name, (looks, _sends) in RULES.items()}
    return {
        name: pattern
        for name, pattern in addresses().items()
        if rules.get(name, NOBODY) and name not in NO_PAGES
    }


def where(name: str, of: World, fits: Mapping[str, models.Model]) -> str:
    """Return the address of a page, with a row for which it has something to do."""
    if row := fits.get(name):
        of = replace(of, rows={**of.rows, str(row._meta.model_name): row})
    return address(pages()[name], of)
