"""What a letter needs before it is published, rule by rule, and the second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from letters import limits
from letters.enums import ApprovalKind, LetterStatus, Recipients, Role
from letters.models import Approval, Event, Letter, LetterText, Organization, Reading, User
from letters.models.reading import shown
from letters.records.readiness import Check, Part
from letters.services import approvals, letters, notices, previews, publications, retention
from letters.services.notices import Said
from letters.tasks import letters as tasks
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Letter:
    letter = builders.draft(notices={})
    builders.translation(letter, "fr", "Gardons les trains de nuit")
    return Letter.objects.get(pk=letter.pk)


def stored(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def missing(letter: Letter) -> list[Check]:
    return [check for check in letters.checks(letter=stored(letter), at=NOW) if not check.fine]


def change(letter: Letter, **fields: object) -> None:
    Letter.objects.filter(pk=letter.pk).update(**fields)


def of_text(letter: Letter, language: str = "en", **words: str) -> None:
    LetterText.objects.filter(letter=letter, language=language).update(**words)


def home(**fields: object) -> None:
    Organization.objects.update(**fields)


def test_a_letter_with_everything_is_fine_in_every_rule_and_is_published(draft: Letter) -> None:
    found = letters.checks(letter=draft, at=NOW)
    assert all(check.fine for check in found)
    assert {check.part for check in found} == set(Part) - {Part.SECOND}
    assert letters.publish(letter=draft, by=None, at=NOW).status == LetterStatus.PUBLISHED


RULES: list[tuple[Callable[[Letter], None], Part, str]] = [
    (lambda one: of_text(one, title=" "), Part.TEXT, "Write a title"),
    (lambda one: of_text(one, addressees=""), Part.TEXT, "Say whom the letter is addressed to"),
    (lambda one: of_text(one, body="\n"), Part.TEXT, "Write the text"),
    (lambda one: of_text(one, "fr", body=""), Part.TRANSLATION, "into Français is not complete"),
    (lambda one: home(approved_at=None), Part.APPROVED, "waits for approval"),
    (lambda one: home(legal_name=""), Part.ORGANIZATION, "no legal name"),
    (lambda one: home(contact=""), Part.ORGANIZATION, "no contact"),
    (lambda one: change(one, recipients=""), Part.DATA, "Say who else gets the data"),
    (lambda one: change(one, kept_until=None), Part.DATA, "by which day"),
    (lambda one: change(one, recipients="others"), Part.DATA, "Name in Français who else"),
    (lambda one: change(one, closes_at=NOW), Part.SCHEDULE, "closing time has passed"),
    (lambda one: change(one, kept_until=NOW + timedelta(days=20)), Part.SCHEDULE, "closes too late"),
    (lambda one: Reading.objects.filter(language="fr").delete(), Part.PREVIEW, "Nobody has read"),
    (lambda one: change(one, place="Paris"), Part.PREVIEW, "Something has changed since"),
    (lambda one: home(publishes_by_two=True), Part.SECOND, "Another person has to approve"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "part", "sentence"), RULES, ids=[rule[2] for rule in RULES])
def test_each_rule_blocks_and_says_why(
    draft: Letter, spoil: Callable[[Letter], None], part: Part, sentence: str
) -> None:
    spoil(draft)
    found = missing(draft)
    assert part in {check.part for check in found}
    assert sentence in " ".join(check.says for check in found)
    with pytest.raises(letters.NotReady) as refused:
        letters.publish(letter=stored(draft), by=None, at=NOW)
    assert str(refused.value.message) == found[0].says, "the service names what the page names first"
    assert stored(draft).status == LetterStatus.DRAFT


def test_all_that_is_missing_is_said_at_once() -> None:
    builders.organization(contact="")
    empty = letters.create(
        letter=Letter(slug="empty", organization=Organization.objects.get()), by=None, at=NOW
    )
    parts = [check.part for check in missing(empty)]
    assert parts == [Part.TEXT] * 3 + [Part.ORGANIZATION] + [Part.DATA] * 2


def test_a_language_that_the_interface_does_not_speak_needs_words_of_its_own(draft: Letter) -> None:
    text = LetterText(letter=draft, language="el", title="Τ", addressees="Α", body="Β", authoritative=False)
    letters.write(text=text, by=None, at=NOW)
    assert "This site has no words in Ελληνικά" in " ".join(check.says for check in missing(draft))
    said = Said(Recipients.NOBODY, date(2040, 1, 1), notices={"el": " Όλα. "})
    notices.say(letter=draft, said=said, by=None, at=NOW)
    assert stored(draft).notices == {"el": "Όλα."}
    assert Part.DATA not in {check.part for check in missing(draft)}


def test_what_people_are_told_stays_once_the_letter_is_published(draft: Letter) -> None:
    letter = letters.publish(letter=draft, by=None, at=NOW)
    until = letter.kept_until
    for said in (
        Said(Recipients.ADDRESSEES, until), Said(Recipients.NOBODY, None), Said(None, until),
    ):  # fmt: skip
        with pytest.raises(notices.Fixed):
            notices.say(letter=letter, said=said, by=None, at=NOW)
    notices.say(letter=letter, said=Said(Recipients.NOBODY, until, notices={"el": "Όλα."}), by=None, at=NOW)
    other = Said(Recipients.NOBODY, until, notices={"el": "Τίποτα."})
    with pytest.raises(notices.Fixed):
        notices.say(letter=letter, said=other, by=None, at=NOW)
    assert stored(letter).notices == {"el": "Όλα."}


def test_a_day_on_which_nobody_could_have_signed_is_refused(draft: Letter) -> None:
    soon = Said(Recipients.NOBODY, (NOW + limits.KEPT_AFTER_CLOSING).date())
    with pytest.raises(notices.TooSoon):
        notices.say(letter=draft, said=soon, by=None, at=NOW)


def test_without_a_chosen_day_the_closing_time_decides_and_is_kept(draft: Letter) -> None:
    change(draft, kept_until=None, closes_at=NOW + timedelta(days=10))
    letter = letters.publish(letter=builders.ready(stored(draft)), by=None, at=NOW)
    assert letter.kept_until is not None
    told = letter.kept_until
    letter.closes_at = NOW + timedelta(days=12)
    with pytest.raises(letters.Frozen, match="told by when"):
        letters.change(letter=letter, by=None, at=NOW)
    letter.closes_at = NOW + timedelta(days=9)
    letter.kept_until = None
    assert letters.change(letter=letter, by=None, at=NOW).kept_until == told, "a form that says nothing of it"


def test_an_open_letter_is_closed_in_time_for_addresses_to_be_deleted(draft: Letter) -> None:
    letter = letters.publish(letter=draft, by=None, at=NOW)
    assert letter.latest_end is not None
    assert retention.outlasting(at=letter.latest_end - timedelta(seconds=1)) == []
    assert retention.outlasting(at=letter.latest_end) == [letter]
    change(letter, kept_until=NOW.date())
    tasks.close()
    assert stored(letter).status == LetterStatus.CLOSED
    tasks.close()
    assert Event.objects.filter(name="letter.closed").count() == 1


class TestReading:
    def test_it_is_for_exactly_what_was_shown(self, draft: Letter) -> None:
        seen = shown(letter=draft, text=draft.texts.get(language="fr"))
        by = builders.member(draft.organization, Role.VIEWER)
        change(draft, place="Paris")
        with pytest.raises(previews.Changed):
            previews.read(letter=draft, language="fr", seen=seen, by=by, at=NOW)
        now = shown(letter=stored(draft), text=draft.texts.get(language="fr"))
        reading = previews.read(letter=draft, language="fr", seen=now, by=by, at=NOW)
        assert (reading.read_by, reading.read_at) == (by, NOW)
        assert [check.language for check in missing(draft)] == ["en"]
        event = Event.objects.filter(name="preview.read").latest("pk")
        assert (event.actor, event.data) == (f"user:{by.pk}", {"language": "fr"})

    def test_a_published_letter_is_not_read_beforehand(self, draft: Letter) -> None:
        letter = letters.publish(letter=draft, by=None, at=NOW)
        with pytest.raises(previews.NotDraft):
            previews.read(letter=letter, language="en", seen=b"", by=None, at=NOW)

    def test_words_about_data_in_one_language_leave_the_others_read(self, draft: Letter) -> None:
        change(draft, recipients="others", recipients_named={"en": "The EU", "fr": "L’UE"})
        builders.ready(stored(draft))
        change(draft, recipients_named={"en": "The EU", "fr": "L’Union"})
        assert [check.language for check in missing(draft)] == ["fr"]


class TestSecondPerson:
    @pytest.fixture
    def fay(self, draft: Letter) -> User:
        home(publishes_by_two=True)
        return builders.member(draft.organization)

    @pytest.fixture
    def sam(self, draft: Letter) -> User:
        return builders.member(draft.organization, Role.EDITOR, "sam@example.org")

    def ask(self, letter: Letter, by: User) -> Approval:
        return publications.ask(letter=stored(letter), reason="", by=by, at=NOW)

    def test_one_asks_another_approves_and_either_publishes(
        self, draft: Letter, fay: User, sam: User
    ) -> None:
        asked = self.ask(draft, fay)
        assert "has not answered yet" in missing(draft)[0].says
        publications.approve(pk=asked.pk, grounds="Both are right.", by=sam, at=NOW)
        assert missing(draft) == []
        letters.publish(letter=stored(draft), by=fay, at=NOW)
        asked.refresh_from_db()
        assert asked.ended_at == NOW, "it is used up"
        told = Event.objects.filter(subject=draft.public_id, name__startswith="approval.").order_by("pk")
        assert [event.name for event in told] == ["approval.asked", "approval.given"]

    def test_the_same_person_cannot_approve(self, draft: Letter, fay: User) -> None:
        asked = self.ask(draft, fay)
        with pytest.raises(approvals.SamePerson):
            publications.approve(pk=asked.pk, grounds="Sure.", by=fay, at=NOW)
        with pytest.raises(letters.NotReady, match="not answered"):
            letters.publish(letter=stored(draft), by=fay, at=NOW)

    @pytest.mark.parametrize(
        "what", [{"place": "Paris"}, {"discreet": True}, {"closes_at": NOW + timedelta(9)}]
    )
    def test_a_change_afterwards_makes_it_void(
        self, draft: Letter, fay: User, sam: User, what: dict[str, object]
    ) -> None:
        asked = self.ask(draft, fay)
        publications.approve(pk=asked.pk, grounds="Right.", by=sam, at=NOW)
        change(draft, **what)
        builders.ready(draft)
        assert [check.part for check in missing(draft)] == [Part.SECOND]
        with pytest.raises(letters.NotReady, match="Another person has to approve"):
            letters.publish(letter=stored(draft), by=fay, at=NOW)

    def test_what_changed_since_it_was_asked_cannot_be_approved(
        self, draft: Letter, fay: User, sam: User
    ) -> None:
        asked = self.ask(draft, fay)
        of_text(draft, "fr", body="Autre chose.")
        with pytest.raises(publications.Changed):
            publications.approve(pk=asked.pk, grounds="Right.", by=sam, at=NOW)

    def test_nobody_is_asked_about_what_is_not_ready(self, draft: Letter, fay: User) -> None:
        change(draft, recipients="")
        with pytest.raises(publications.NotReady, match="who else gets"):
            self.ask(draft, fay)

    def test_nobody_is_asked_where_one_person_is_enough(self, draft: Letter, fay: User) -> None:
        home(publishes_by_two=False)
        with pytest.raises(publications.WrongState):
            self.ask(draft, fay)
        assert not Approval.objects.filter(kind=ApprovalKind.PUBLICATION).exists()
