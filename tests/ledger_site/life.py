"""The life of a letter on a real site: what its people and a moderator did, seal by seal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from letters import durable
from letters.delivery import ledger as publishing
from letters.demo.people import people
from letters.enums import Method, RemovalReason, TextKind, Visibility
from letters.models import CheckpointSignature, Leaf, LetterText, Signature, Tally, claim
from letters.records import entries
from letters.services import erasures, ledger, letters, removals, seeds, signatures, versions
from tests import builders

SLUG = "open-ai"
"""The letter whose number tests.verify.forge serves."""
STEP = timedelta(minutes=10)


class Life:
    """One letter, opened four hours ago on a full minute, and a clock that each seal moves on."""

    def __init__(self, slug: str = SLUG, **fields: Any) -> None:
        """Publish it in two languages."""
        self.clock = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=4)
        draft = builders.draft(slug, **fields)
        words = {"title": "Die Nachtzüge sollen fahren", "addressees": "Die Minister", "body": "Guten Abend,"}
        german = LetterText(letter=draft, language="de", authoritative=False, **words)
        letters.write(text=german, by=None, at=self.clock)
        self.letter = letters.publish(letter=builders.ready(draft), by=None, at=self.clock)
        self.text = self.texts()[0]
        self.people: list[Signature] = []
        self.notes: list[str] = []

    def texts(self) -> list[LetterText]:
        """Return the published texts, in the order of the ledger."""
        rows = LetterText.objects.select_related("letter__organization")
        return list(rows.filter(letter=self.letter).order_by("number"))

    def confirm(self, many: int, **fields: Any) -> list[Signature]:
        """So many people sign the newest text and confirm."""
        new = []
        for number in range(len(self.people), len(self.people) + many):
            answers = builders.answers(
                **{"name": f"Zoë {number}", "email": f"p{number}@example.org", **fields}
            )
            mailbox = signatures.sign(text=self.text, answers=answers, at=self.clock)
            waiting = Signature.objects.live().get(letter=self.letter, email_key=mailbox)
            new.append(signatures.confirm(uid=waiting.uid, seen=waiting.seen_digest(), at=self.clock))
            self.people.append(new[-1])
        return new

    def withdraw(self, *numbers: int) -> None:
        """They take their signatures back."""
        for number in numbers:
            signatures.withdraw(uid=self.people[number].uid, at=self.clock)

    def remove(self, *numbers: int, reason: RemovalReason = RemovalReason.FLOOD) -> None:
        """A moderator takes them out of the number."""
        for number in numbers:
            removals.remove(uid=self.people[number].uid, reason=reason, by=None, at=self.clock)

    def restore(self, *numbers: int) -> None:
        """A moderator undoes that."""
        for number in numbers:
            removals.restore(uid=self.people[number].uid, by=None, at=self.clock)

    def erase(self, *numbers: int) -> None:
        """They are forgotten."""
        for number in numbers:
            erasures.erase(uid=self.people[number].uid, at=self.clock)

    def change(self, number: int, **fields: Any) -> None:
        """Somebody's claim becomes another, under a fresh salt."""
        with durable.commit():
            one = Signature.objects.select_related("letter", "text").get(pk=self.people[number].pk)
            for name, value in fields.items():
                setattr(one, name, value)
            claim.commit(one)
            one.save()
            entries.put(signature=one, at=self.clock)

    def correct(self, body: str) -> None:
        """A corrected text is published; from now on people sign it."""
        text = LetterText(
            letter=self.letter, kind=TextKind.AMENDMENT, reason="A wrong date.",
            title=self.text.title, addressees=self.text.addressees, body=body,
        )  # fmt: skip
        versions.publish(text=text, by=None, at=self.clock)
        self.text = self.texts()[-1]

    def crowd(self, many: int) -> None:
        """So many invented people sign, without addresses."""
        seed, first = self.letter.slug, Signature.objects.filter(letter=self.letter).count()
        seeds.load(
            text=self.text, people=list(people(many, seed=seed)), seed=seed, first=first, at=self.clock
        )

    def seal(self) -> Tally:
        """Ten minutes later everything that waits is counted, signed and published."""
        self.clock += STEP
        ledger.seal(letter_id=self.letter.pk, at=self.clock)
        assert publishing.publish(letter_id=self.letter.pk, at=self.clock)
        self.notes.append(self.note())
        return Tally.objects.get(letter=self.letter)

    def close(self) -> None:
        """The organizer ends signing."""
        letters.close(letter=self.letter, by=None, at=self.clock)

    def note(self) -> str:
        """Return the newest signed checkpoint."""
        signed = CheckpointSignature.objects.filter(checkpoint__letter=self.letter)
        return signed.order_by("-checkpoint__size")[0].note

    def leaves(self) -> list[bytes]:
        """Return the ledger as the database has it."""
        rows = Leaf.objects.filter(letter=self.letter).order_by("index").values_list("data", flat=True)
        return [bytes(data) for data in rows]

    def tally(self) -> Tally:
        """Return the number as the database has it."""
        return Tally.objects.get(letter=self.letter)


def lived(slug: str = SLUG, *, crowd: int = 250, **fields: Any) -> Life:
    """A letter to which everything happened that can: leaves of each type but `close`, `key` and `lost`."""
    life = Life(slug, **fields)
    life.confirm(12)
    life.seal()
    life.withdraw(1, 2)
    life.remove(3, 4, 5)
    life.remove(6, reason=RemovalReason.COURT)
    life.erase(7)
    life.change(8, role="Doctor")
    life.change(9, method=Method.ORCID)
    life.seal()
    life.restore(4)
    life.withdraw(5)
    life.correct("Dear Ministers,\n\nEvery evening people board a train.\n\nWith respect,")
    life.confirm(4)
    life.confirm(1, visibility=Visibility.PRIVATE)
    life.confirm(2)
    life.erase(17)  # erased and withdrawn before anything of them was sealed
    life.withdraw(18)
    life.crowd(crowd)
    life.seal()
    life.confirm(3)
    life.withdraw(0)
    life.seal()
    return life


def types(leaves: Sequence[bytes]) -> list[str]:
    """Return the type of each leaf."""
    return [leaf.rpartition(b'"t":"')[2].partition(b'"')[0].decode() for leaf in leaves]
