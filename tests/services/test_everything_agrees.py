"""Any order of what can happen to signatures: tally, table, points and ledger agree at every step."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from letters import crypto
from letters.enums import COUNTED, Method, RemovalReason, SignatureState, Visibility
from letters.ledger import commitments, merkle
from letters.models import Checkpoint, Signature, Tally, TallyPoint, claim
from letters.refusal import Refusal
from letters.services import claims, erasures, ledger, recounts, removals, renewals, signatures
from letters.services.claims import Words
from tests import builders, replay
from tests.builders import NOW

LETTERS = count()
PEOPLE = st.integers(min_value=0, max_value=2)


class Story(RuleBasedStateMachine):
    """Three people, a moderator and the seal, on a letter of their own in each run."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = builders.letter(f"story-{next(LETTERS)}")
        self.clock = NOW
        self.current: dict[int, Signature] = {}

    def tick(self) -> None:
        self.clock += timedelta(minutes=7)

    def row(self, person: int) -> Signature | None:
        one = self.current.get(person)
        return builders.stored(one.uid) if one else None

    @rule(person=PEOPLE, public=st.booleans())
    def sign(self, person: int, public: bool) -> None:
        """Sign, or sign again: a waiting form is renewed, anything else stays."""
        self.tick()
        visibility = Visibility.PUBLIC if public else Visibility.PRIVATE
        email = f"person{person}@example.org"
        self.current[person] = builders.signed(
            self.letter, at=self.clock, email=email, name=f"Person {person}", visibility=visibility
        )

    @rule(person=PEOPLE)
    def confirm(self, person: int) -> None:
        one = self.row(person)
        if one is None:
            return
        self.tick()
        try:
            signatures.confirm(uid=one.uid, seen=one.seen_digest(), at=self.clock)
        except Refusal:
            assert one.state == SignatureState.WITHDRAWN

    @rule(person=PEOPLE)
    def renew(self, person: int) -> None:
        """Sign the text in force, which another amendment has just replaced or not."""
        one = self.row(person)
        if one and one.state == SignatureState.CONFIRMED and not one.erased_at:
            self.tick()
            if self.clock.minute % 2:
                title = f"Text {self.clock}"
                builders.changed(self.letter, at=self.clock, title=title, asks_again=True)
            with suppress(Refusal):
                newest = self.letter.texts.order_by("-version")[0]
                renewals.renew(uid=one.uid, seen=newest.h, at=self.clock)

    @rule(person=PEOPLE)
    def withdraw(self, person: int) -> None:
        if one := self.row(person):
            self.tick()
            signatures.withdraw(uid=one.uid, at=self.clock)

    @rule(person=PEOPLE)
    def remove(self, person: int) -> None:
        one = self.row(person)
        if one and one.state in removals.REMOVABLE:
            self.tick()
            removals.remove(uid=one.uid, reason=RemovalReason.FLOOD, by=None, at=self.clock)

    @rule(person=PEOPLE)
    def restore(self, person: int) -> None:
        one = self.row(person)
        if one and one.state == SignatureState.REMOVED:
            self.tick()
            removals.restore(uid=one.uid, by=None, at=self.clock)

    @rule(person=PEOPLE, public=st.booleans(), name=st.sampled_from(["Person", "Somebody"]))
    def change(self, person: int, public: bool, name: str) -> None:
        one = self.row(person)
        if one and one.state == SignatureState.CONFIRMED and not one.erased_at:
            self.tick()
            visibility = Visibility.PUBLIC if public else Visibility.PRIVATE
            words = Words(f"{name} {person}", "Nurse", "", "", visibility, language="en")
            claims.change(uid=one.uid, words=words, at=self.clock)

    @rule(person=PEOPLE, method=st.sampled_from([Method.OPENID, Method.ORCID]))
    def strengthen(self, person: int, method: Method) -> None:
        one = self.row(person)
        if one and one.state == SignatureState.CONFIRMED and not one.erased_at:
            self.tick()
            with suppress(claims.NotStronger):
                claims.strengthen(uid=one.uid, method=method, evidence="", by=None, at=self.clock)

    @rule(person=PEOPLE)
    def erase(self, person: int) -> None:
        one = self.row(person)
        if one and one.state in erasures.ERASABLE:
            self.tick()
            erasures.erase(uid=one.uid, at=self.clock)
            assert "Person" not in str(Signature.objects.filter(pk=one.pk).values().get())

    @rule()
    def seal(self) -> None:
        self.tick()
        while ledger.seal(letter_id=self.letter.pk, at=self.clock):
            pass
        confirmed = Signature.objects.filter(letter=self.letter, state=SignatureState.CONFIRMED)
        tally = Tally.objects.get(letter=self.letter)
        assert tally.count == confirmed.count()
        assert tally.erased_counted == confirmed.filter(erased_at__isnull=False).count()
        assert tally.public == Signature.objects.filter(letter=self.letter).on_the_wall().count()
        self.the_ledger_says_the_same(tally)

    def the_ledger_says_the_same(self, tally: Tally) -> None:
        told = replay.of(self.letter)
        last = Checkpoint.objects.filter(letter=self.letter).order_by("-size")[0]
        assert told.parts() == {part: getattr(tally, part) for part in told.parts()}
        assert last.parts == tally.parts()
        leaves = [bytes(data) for data in self.letter.leaves.order_by("index").values_list("data", flat=True)]
        root = merkle.root(map(merkle.leaf_hash, leaves))
        assert (last.size, bytes(last.root)) == (tally.size, bytes(tally.root)) == (len(leaves), root)
        rows = Signature.objects.filter(letter=self.letter, leaf__isnull=False)
        assert sorted(rows.values_list("leaf", flat=True)) == sorted(told.state)
        for row in rows:
            assert row.leaf is not None
            held = "active" if row.tallied in COUNTED else row.tallied
            assert (told.state[row.leaf], told.method[row.leaf]) == (held, row.counted_method)
            assert told.claim[row.leaf] == row.claim_leaf
            if salt := claim.salt_of(row):
                opened = commitments.commit(salt=salt, claim=claim.claim_of(row))
                named = json.loads(leaves[told.claim[row.leaf]])["c"]
                assert crypto.urlsafe(opened) == named or row.state == SignatureState.WITHDRAWN

    @invariant()
    def everything_agrees(self) -> None:
        assert recounts.compare(letter_id=self.letter.pk, at=self.clock) == {}

    @invariant()
    def nobody_stands_twice(self) -> None:
        live = Signature.objects.filter(letter=self.letter).live().values_list("email_key", flat=True)
        assert len(live) == len({bytes(key) for key in live})

    @invariant()
    def the_points_end_where_the_tally_is(self) -> None:
        last = TallyPoint.objects.filter(letter=self.letter, interval="day").order_by("start").last()
        assert (last.total if last else 0) == Tally.objects.get(letter=self.letter).count


@pytest.mark.django_db
def test_any_story_adds_up() -> None:
    # No shrinking: a run costs seconds, and the steps of the first story that fails are printed.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    profile = settings(max_examples=20, stateful_step_count=50, deadline=None, phases=phases)
    run_state_machine_as_test(Story, settings=profile)
