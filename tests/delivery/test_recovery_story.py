"""Any story, a backup anywhere in it, a loss, more of the story: recovery brings everything to agree."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from letters.enums import Method, RemovalReason, SignatureState, Visibility
from letters.models import Signature
from letters.services import erasures, recounts, removals, renewals, signatures
from tests import builders, restores
from tests.builders import NOW

pytestmark = pytest.mark.django_db


class Story:
    """People, a moderator and the seal, in an order drawn by lot."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.letter = builders.letter(f"story-{seed}")
        self.amended = builders.changed(self.letter, title="Another title", asks_again=True)
        self.clock = NOW
        self.people = 0

    def go_on(self, steps: int, *, sealing: bool = True) -> None:
        """So many things happen, one of six of them a seal."""
        deeds = [self.confirm, self.confirm, self.withdraw, self.remove, self.restore, self.erase]
        deeds += [self.change, self.strengthen, self.renew, self.wait]
        for _ in range(steps):
            self.clock += timedelta(minutes=3)
            if sealing and self.draw.random() < 1 / 6:
                restores.seal(self.letter, at=self.clock)
            else:
                self.draw.choice(deeds)()

    def one(self, *states: SignatureState) -> Signature | None:
        rows = list(Signature.objects.filter(letter=self.letter, state__in=states).order_by("pk"))
        return self.draw.choice(rows) if rows else None

    def wait(self) -> None:
        self.people += 1
        builders.signed(self.letter, at=self.clock, email=f"p{self.people}@example.org")

    def confirm(self) -> None:
        one = self.one(SignatureState.PENDING) if self.draw.random() < 0.3 else None
        if one:
            one = Signature.objects.select_related("text").get(pk=one.pk)
            signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=self.clock)
            return
        self.people += 1
        seen = self.draw.choice(list(Visibility))
        builders.confirmed(self.letter, at=self.clock, email=f"p{self.people}@example.org", visibility=seen)

    def withdraw(self) -> None:
        if one := self.one(SignatureState.CONFIRMED, SignatureState.REMOVED):
            signatures.withdraw(uid=one.uid, at=self.clock)

    def remove(self) -> None:
        if one := self.one(SignatureState.CONFIRMED):
            reason = self.draw.choice([RemovalReason.FLOOD, RemovalReason.COURT])
            removals.remove(uid=one.uid, reason=reason, by=None, at=self.clock)

    def restore(self) -> None:
        if one := self.one(SignatureState.REMOVED):
            removals.restore(uid=one.uid, by=None, at=self.clock)

    def erase(self) -> None:
        if one := self.one(*erasures.ERASABLE):
            erasures.erase(uid=one.uid, at=self.clock)

    def change(self) -> None:
        one = self.one(SignatureState.CONFIRMED)
        if one and not one.erased_at:
            restores.change(one, at=self.clock, role=f"Nurse {self.clock:%H%M}")

    def renew(self) -> None:
        one = self.one(SignatureState.CONFIRMED)
        if one and not one.erased_at:
            renewals.renew(uid=one.uid, seen=self.amended.h, at=self.clock)

    def strengthen(self) -> None:
        one = self.one(SignatureState.CONFIRMED)
        if one and not one.erased_at:
            restores.change(one, at=self.clock, method=self.draw.choice(list(Method)))


def demand_agreement(story: Story, published: Path, seen: Path, *, at: datetime) -> None:
    letter = story.letter
    assert recounts.compare(letter_id=letter.pk, at=at) == {}
    done = restores.verify(letter, published, "--state", seen, at=at)
    assert done.status == 0, done.output
    tally = restores.tally(letter)
    rows = Signature.objects.filter(letter=letter)
    assert tally.count == rows.filter(state=SignatureState.CONFIRMED).count()
    assert (
        tally.erased_counted == rows.filter(state=SignatureState.CONFIRMED, erased_at__isnull=False).count()
    )
    assert tally.public == rows.on_the_wall().count()


@pytest.mark.parametrize("seed", range(25))
def test_any_story_recovers(seed: int, ledger_folder: Path, tmp_path: Path) -> None:
    story, seen = Story(seed), tmp_path / "seen.json"
    story.go_on(story.draw.randrange(60))
    restores.seal(story.letter, at=story.clock)
    # Both losses go back to the same backup; within them a newer one may be lost, too.
    for _ in range(2):
        with restores.lost():
            story.go_on(story.draw.randrange(40))
            if story.draw.random() < 0.5:
                with restores.lost():
                    story.go_on(story.draw.randrange(20))
                recover_and_seal(story)
                story.go_on(10)
            restores.seal(story.letter, at=story.clock)
            done = restores.verify(story.letter, ledger_folder, "--state", seen, at=story.clock)
            assert done.status == 0, done.output
            published = restores.tally(story.letter).size
        story.go_on(story.draw.randrange(12), sealing=False)
        refused = restores.signed_sizes(story.letter)
        recover_and_seal(story)
        new = [size for size in restores.signed_sizes(story.letter) if size not in refused]
        assert published in refused or new[0] >= published
        demand_agreement(story, ledger_folder, seen, at=story.clock)
        assert restores.recover(story.letter, at=story.clock) is None


def recover_and_seal(story: Story) -> None:
    """Recovery alone makes tally, table and chart agree; the seal brings in what came since."""
    story.clock += timedelta(minutes=3)
    restores.recover(story.letter, at=story.clock)
    assert recounts.compare(letter_id=story.letter.pk, at=story.clock) == {}
    story.clock += timedelta(minutes=3)
    restores.seal(story.letter, at=story.clock)
