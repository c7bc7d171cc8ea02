"""The clock moved through two years: what the schedule says is deleted, on its day, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from letters import limits
from letters.enums import SignatureState
from letters.models import Event, Letter, Signature
from letters.services import erasures, ledger, letters, news, pending, recounts, retention, signatures
from letters.tasks import signatures as tasks
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
CLOSED = NOW + timedelta(days=200)


@pytest.fixture
def letter() -> Letter:
    """Signed by four; one wants news, one never confirmed. It closes after 200 days."""
    letter = builders.letter()
    for name in ("ben", "cleo"):
        builders.counted(letter, email=f"{name}@example.org", name=name)
    builders.counted(letter, email="dov@example.org", name="dov", updates=True)
    builders.signed(letter, email="eve@example.org", name="eve")
    return letter


def addresses() -> dict[str, bool]:
    """Return whose address is kept."""
    return {one.name: one.email_sealed is not None for one in Signature.objects.order_by("name")}


def night(days: int) -> None:
    """Let the nightly tasks run so many days after NOW."""
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        tasks.forget()
        tasks.expire()


def test_two_years_of_nights(letter: Letter) -> None:
    night(13)
    assert addresses() == {"ben": True, "cleo": True, "dov": True, "eve": True}
    night(15)  # a form that nobody confirmed goes whole
    assert addresses() == {"ben": True, "cleo": True, "dov": True}
    letters.close(letter=letter, by=None, at=CLOSED)
    night(229)
    assert addresses() == {"ben": True, "cleo": True, "dov": True}
    before = dict(Signature.objects.values_list("name", "email_key"))
    night(231)  # thirty days after closing; who wants news stays reachable
    assert addresses() == {"ben": False, "cleo": False, "dov": True}
    after = dict(Signature.objects.values_list("name", "email_key"))
    assert {name for name, key in after.items() if key != before[name]} == {"ben", "cleo"}
    assert Signature.objects.get(name="dov").address == "dov@example.org"
    night(730)
    assert addresses() == {"ben": False, "cleo": False, "dov": True}
    assert Event.objects.filter(name="addresses.deleted").count() == 1
    assert Signature.objects.filter(state=SignatureState.CONFIRMED).count() == 3
    ledger.seal(letter_id=letter.pk, at=NOW + timedelta(days=731))
    assert recounts.compare(letter_id=letter.pk, at=NOW + timedelta(days=731)) == {}


def test_more_than_one_transaction_holds(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS_AT_ONCE", 1)
    letters.close(letter=letter, by=None, at=CLOSED)
    night(231)
    assert addresses() == {"ben": False, "cleo": False, "dov": True}


def test_a_dry_run_says_what_is_due_and_deletes_nothing(
    letter: Letter, capsys: pytest.CaptureFixture[str]
) -> None:
    letters.close(letter=letter, by=None, at=CLOSED)
    pending.expire(at=CLOSED)
    with time_machine.travel(CLOSED + timedelta(days=31), tick=False):
        call_command("retention", "--dry-run")
        assert capsys.readouterr().out == "night-trains: 2 addresses\nNothing was deleted.\n"
        assert addresses() == {"ben": True, "cleo": True, "dov": True}
        call_command("retention")
        assert "Done: 2 addresses of 1 letters." in capsys.readouterr().out
        call_command("retention", "--dry-run")
        assert capsys.readouterr().out == "Nothing is due.\n"


def test_an_open_letter_is_never_due(letter: Letter) -> None:
    assert retention.due(at=NOW + timedelta(days=700)) == []


def test_who_wants_news_no_longer_is_forgotten_the_next_night(letter: Letter) -> None:
    dov = Signature.objects.get(name="dov")
    for name in ("fay", "gus"):
        builders.counted(letter, email=f"{name}@example.org", name=name, updates=True)
    letters.close(letter=letter, by=None, at=CLOSED)
    night(231)
    signatures.withdraw(uid=Signature.objects.get(name="fay").uid, at=CLOSED + timedelta(days=40))
    news.stop(uid=dov.uid, at=CLOSED + timedelta(days=40))
    night(260)
    assert addresses() == {"ben": False, "cleo": False, "dov": False, "fay": False, "gus": True}
    assert bytes(Signature.objects.get(name="dov").email_key) != bytes(dov.email_key)
    assert Event.objects.filter(name="addresses.deleted").count() == 1


def test_the_key_of_whoever_was_forgotten_goes_with_the_addresses_or_at_once_after_them(
    letter: Letter,
) -> None:
    early, late = (Signature.objects.get(name=name) for name in ("ben", "dov"))
    erasures.erase(uid=early.uid, at=NOW)
    letters.close(letter=letter, by=None, at=CLOSED)
    assert bytes(builders.stored(early.uid).email_key) == bytes(early.email_key)
    night(231)
    once = bytes(builders.stored(early.uid).email_key)
    assert once != bytes(early.email_key)
    erasures.erase(uid=late.uid, at=CLOSED + timedelta(days=40))
    assert bytes(builders.stored(late.uid).email_key) != bytes(late.email_key)
    night(300)
    assert bytes(builders.stored(early.uid).email_key) == once
