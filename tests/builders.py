"""Plain functions that make rows as the services would leave them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from letters import durable, marks
from letters.delivery import cards
from letters.delivery import ledger as publishing
from letters.enums import ApprovalKind, Recipients, ReportReason, Role, TextKind, Visibility
from letters.management import seeding
from letters.models import (
    Approval,
    Card,
    CheckpointSignature,
    Feature,
    Guest,
    Invitation,
    Letter,
    LetterText,
    Organization,
    PressLink,
    Report,
    Signature,
    Snapshot,
    Tally,
    Update,
    User,
    Withholding,
)
from letters.records import approvals, readiness
from letters.services import (
    features,
    guests,
    invitations,
    ledger,
    letters,
    organizations,
    press,
    reports,
    signatures,
    snapshots,
    updates,
    users,
    versions,
    withholdings,
)
from letters.services.features import Check
from letters.services.reports import Told
from letters.services.signatures import Answers
from letters.services.withholdings import Order

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
DATA: dict[str, Any] = {
    "recipients": Recipients.NOBODY, "kept_until": date(2040, 1, 1),
    "notices": {"de": "…"},  # the interface speaks no German, and many tests translate into it
}  # fmt: skip
PASSWORD = "correct horse battery staple"


def organizer(email: str = "ada@nightrail.example") -> User:
    """Ada, who may do everything at the desk."""
    user = users.create_organizer(email=email, password=PASSWORD, at=NOW)
    return user or User.objects.get(email=email)


def organization(slug: str = "night-rail", **fields: Any) -> Organization:
    """An approved organization."""
    values = {
        "name": "Night Rail Alliance",
        "legal_name": "Night Rail Alliance e. V.",
        "contact": "press@nightrail.example",
        "slug": slug,
    }
    return organizations.create(organization=Organization(**{**values, **fields}), by=None, at=NOW)


def member(organization: Organization, role: Role = Role.OWNER, email: str = "fay@example.org") -> User:
    """Somebody who logs in and has a role in an organization."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD)
    organizations.grant(organization=organization, user=user, role=role, by=None, at=NOW)
    return user


def invited(
    home: Organization | None = None,
    *,
    role: Role = Role.EDITOR,
    email: str = "noor@example.org",
    at: datetime = NOW,
) -> Invitation:
    """An invitation by Fay, who owns the organization."""
    home = home or Organization.objects.first() or organization()
    return invitations.invite(organization=home, role=role, email=email, by=member(home), at=at)


def guest(letter: Letter, *, email: str = "noor@example.org", words: str = "", at: datetime = NOW) -> Guest:
    """An invitation to sign, by Fay."""
    by = User.objects.filter(email="fay@example.org").first() or member(letter.organization)
    return guests.invite(letter=letter, email=email, words=words, by=by, at=at)


def asked(letter: Letter, *, by: User | None = None, at: datetime = NOW, reason: str = "") -> Approval:
    """A question to a second person, by Fay: whether a draft may be published."""
    home = letter.organization
    by = by or member(home)
    question = Approval(
        kind=ApprovalKind.PUBLICATION,
        subject=letter.public_id,
        organization=home,
        letter=letter,
        digest=readiness.state(letter=Letter.objects.get(pk=letter.pk)),
        reason=reason,
    )
    with durable.commit():
        return approvals.ask(approval=question, by=by, at=at)


def press_link(letter: Letter, *, by: User | None = None, at: datetime = NOW, **fields: Any) -> PressLink:
    """A link for Le Monde, embargoed for a month."""
    values = {"recipient": "Le Monde, A. Martin", "embargo_until": at + timedelta(days=30)}
    link = PressLink(letter=letter, **{**values, **fields})
    return press.give(link=link, by=by or member(letter.organization), at=at)


def picture(width: int = 96, height: int = 64, color: str = "#8a1538") -> bytes:
    """A PNG as an organization brings it."""
    written = BytesIO()
    Image.new("RGB", (width, height), color).save(written, "PNG")
    return written.getvalue()


def marked(organization: Organization, *, at: datetime = NOW) -> Organization:
    """The organization with a mark in its letterhead."""
    return organizations.put_mark(organization=organization, mark=marks.read(picture()), by=None, at=at)


def draft(
    slug: str = "night-trains", *, title: str = "Keep the night trains running", **fields: Any
) -> Letter:
    """A letter with its text, not published, and ready to be."""
    home = fields.pop("organization", None) or Organization.objects.first() or organization()
    made = Letter(slug=slug, organization=home, **{**DATA, **fields})
    letter = letters.create(letter=made, by=None, at=NOW)
    text = LetterText(
        letter=letter,
        title=title,
        addressees="The transport ministers of the European Union",
        body="Dear Ministers,\n\nEvery evening people board a train and wake up elsewhere.\n\nWith respect,",
    )
    letters.write(text=text, by=None, at=NOW)
    return ready(letter)


def ready(letter: Letter) -> Letter:
    """The draft with all that publishing asks for."""
    seeding.make_ready(letter=letter, by=None, at=NOW)
    return letter


def translation(letter: Letter, language: str, title: str, *, body: str = "…") -> LetterText:
    """Another language of a draft's first text."""
    text = LetterText(letter=letter, language=language, title=title, body=body, authoritative=False)
    text.addressees = "…"
    letters.write(text=text, by=None, at=NOW)
    if Letter.objects.filter(pk=letter.pk, published_at=None).exists():
        ready(letter)
    return text


def letter(slug: str = "night-trains", *, at: datetime = NOW - timedelta(hours=1), **fields: Any) -> Letter:
    """A published letter, open since an hour before NOW: its ledger is young enough to be quiet."""
    return letters.publish(letter=draft(slug, **fields), by=None, at=at)


def text_of(letter: Letter) -> LetterText:
    """The words that people sign."""
    texts = LetterText.objects.select_related("letter__organization")
    return texts.get(letter=letter, version=1, authoritative=True)


def changed(letter: Letter, *, at: datetime = NOW, **fields: Any) -> LetterText:
    """Another version of the words: one word of the text is corrected, or what is given is amended."""
    last = letter.texts.filter(authoritative=True).order_by("-version")[0]
    values = {
        "title": last.title,
        "addressees": last.addressees,
        "body": last.body.replace("board a train", "board the train"),
        "kind": TextKind.CORRECTION if fields.keys().isdisjoint(versions.WORDS) else TextKind.AMENDMENT,
        "reason": "A wrong word.",
    }
    return versions.publish(text=LetterText(letter=letter, **{**values, **fields}), by=None, at=at)


def update(letter: Letter, *, at: datetime = NOW, **fields: Any) -> Update:
    """News of a letter, published; its mails are not queued yet."""
    values = {"title": "The ministers have replied", "body": "They will *meet us* in May."}
    return updates.publish(update=Update(letter=letter, **{**values, **fields}), by=None, at=at)


def answers(name: str = "Ben Okafor", **fields: Any) -> Answers:
    """What Ben fills in."""
    values: dict[str, Any] = {"email": "ben@example.org", "visibility": Visibility.PUBLIC, "role": "Nurse"}
    return Answers(name=name, **{**values, **fields})


def signed(letter: Letter, *, at: datetime = NOW, **fields: Any) -> Signature:
    """A signature that waits for its owner."""
    mailbox = signatures.sign(text=text_of(letter), answers=answers(**fields), at=at)
    return Signature.objects.live().get(letter=letter, email_key=mailbox)


def confirmed(letter: Letter, *, at: datetime = NOW, **fields: Any) -> Signature:
    """A signature that its owner confirmed and nobody counted yet."""
    waiting = signed(letter, at=at, **fields)
    return signatures.confirm(uid=waiting.uid, seen=waiting.seen_digest(), at=at)


def counted(letter: Letter, *, at: datetime = NOW, **fields: Any) -> Signature:
    """A signature that is in the number."""
    one = confirmed(letter, at=at, **fields)
    ledger.seal(letter_id=letter.pk, at=at)
    one.refresh_from_db()
    return one


def featured(one: Signature, *, at: datetime = NOW, by: str = "Ada Adeyemi", **said: Any) -> Feature:
    """A counted signature that Ada has checked."""
    check = Check(**{"by": by, "how": "by telephone at her office", "on": at.date(), **said})
    return features.feature(letter=one.letter, uid=one.uid, check=check, by=None, at=at)


def reported(letter: Letter, name: str = "Ben Okafor", *, at: datetime = NOW, **fields: Any) -> Report:
    """What a reader said of a name."""
    told = Told(**{"name": name, "reason": ReportReason.NOT_SIGNED, "email": "rea@example.org", **fields})
    return reports.make(letter=letter, told=told, at=at)


def frozen(letter: Letter, *, day: date = TODAY, at: datetime | None = None) -> Snapshot:
    """The record of a day, as soon as it is over."""
    after = datetime.combine(day, time(), UTC) + timedelta(days=1, minutes=5)
    made = snapshots.freeze(letter_id=letter.pk, day=day, at=at or after)
    return made or Snapshot.objects.get(letter=letter, day=day)


def published(letter: Letter, *, at: datetime = NOW) -> CheckpointSignature:
    """The newest sealed state of a letter's ledger, signed and given to readers."""
    publishing.publish(letter_id=letter.pk, at=at)
    return CheckpointSignature.objects.select_related("checkpoint").get(
        checkpoint__letter=letter, checkpoint__size=Tally.objects.get(letter=letter).size
    )


def withheld(letter: Letter, *numbers: int, at: datetime = NOW) -> Withholding:
    """An order of law about texts of a letter, of two operators: about the first unless others are named."""
    first, second = organizer(), organizer("ola@platform.example")
    order = Order("The Regional Court", "24 O 17/26", at.date(), "It names a witness.")
    asked = withholdings.ask(letter=letter, numbers=numbers or (1,), order=order, by=first, at=at)
    return withholdings.carry_out(pk=asked.pk, grounds="The order lies before me.", by=second, at=at)


def card(letter: Letter, *, at: datetime = NOW) -> Card:
    """The share card of a letter, drawn."""
    cards.draw(text_id=text_of(letter).pk, at=at)
    return Card.objects.get(text__letter=letter)


def stored(uid: UUID) -> Signature:
    """The row as it is now."""
    return Signature.objects.select_related("letter", "text").get(uid=uid)
