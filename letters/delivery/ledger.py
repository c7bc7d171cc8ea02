"""From what waits to what is published: seal, sign, write the files, never behind and never beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from letters import signing
from letters.delivery import cards, shelf
from letters.delivery.shelf import Shelf
from letters.enums import EventName, Phase
from letters.ledger import merkle, notes
from letters.models import Checkpoint, Letter, LetterText, Withholding
from letters.queries import leaves
from letters.services import checkpoints, keys, ledger, withholdings


class Refused(Exception):
    """What is published is not the beginning of what the database holds: it was restored, or changed."""


def folder(letter: Letter) -> str:
    """Return where the files of a ledger lie, on every shelf and under the site's address."""
    return f"ledger/{letter.public_id}"


def advance(*, letter_id: int, at: datetime) -> int:
    """Seal what waits on one letter, unless more is published than the database knows.

    Returns how many entries were looked at, 0 also when it is refused, which raises an alarm.
    """
    try:
        _demand_key()
        demand_beginning(Letter.objects.get(pk=letter_id), shelf.default())
    except (Refused, OSError) as error:
        checkpoints.alarm(letter_id=letter_id, name=EventName.LEDGER_REFUSED, data={"why": str(error)}, at=at)
        return 0
    return ledger.seal(letter_id=letter_id, at=at)


def publish(*, letter_id: int, at: datetime) -> bool:
    """Sign and publish the newest sealed state of one letter; return whether there was a new one.

    What stands in the way raises an alarm and is tried again with the next hint.
    """
    letter, onto = Letter.objects.get(pk=letter_id), shelf.default()
    try:
        _demand_key()
        return checkpoints.sign(letter_id=letter_id, publish=partial(write, letter, onto=onto), at=at)
    except (Refused, OSError, signing.NoKey) as error:
        checkpoints.alarm(letter_id=letter_id, name=EventName.LEDGER_REFUSED, data={"why": str(error)}, at=at)
        return False


def write(letter: Letter, checkpoint: Checkpoint, note: str, *, vkeys: Sequence[str], onto: Shelf) -> None:
    """Write what a ledger has grown by since it was published there last, and then its signed note.

    Raises Refused when the shelf holds more, or something else.
    """
    home = folder(letter)
    known = demand_beginning(letter, onto)
    for path, data in leaves.files(letter_id=letter.pk, old_size=known, new_size=checkpoint.size):
        onto.write(f"{home}/{path}", data)
    write_texts(letter, readable(letter, checkpoint), onto=onto)
    onto.write(f"{home}/vkey", "".join(f"{key}\n" for key in vkeys).encode())
    onto.write(f"{home}/checkpoint", note.encode())


def write_texts(letter: Letter, texts: Sequence[LetterText], *, onto: Shelf) -> None:
    """Let each text lie there, or in its place why it is withheld; never both."""
    for text in texts:
        name, data = text.file()
        path, other = (f"{folder(letter)}/{kind}/{text.number}" for kind in ("text", "withheld"))
        if name.startswith("withheld"):
            path, other = other, path
        if onto.read(path) != data:
            onto.write(path, data)
        if onto.read(other) is not None:
            onto.remove(other)


def settle(*, withholding_id: int, at: datetime) -> None:
    """Bring the published files, and the cards, to agree with an order of law, or with its end.

    What stands in the way raises OSError and is tried again with the next hint.
    """
    order = Withholding.objects.select_related("letter").get(pk=withholding_id)
    cards.discard(letter=order.letter)
    signed = leaves.published(letter_id=order.letter_id)
    if signed is not None:
        write_texts(order.letter, readable(order.letter, signed.checkpoint), onto=shelf.default())
    withholdings.settle(pk=order.pk, lifted=order.lifted_at is not None, at=at)


def readable(letter: Letter, checkpoint: Checkpoint) -> list[LetterText]:
    """Return the texts that readers of a sealed state may see: none before the letter has opened."""
    if letter.phase(at=checkpoint.at) == Phase.SCHEDULED:
        return []
    texts = LetterText.objects.filter(letter=letter, number__lte=checkpoint.texts)
    return list(texts.select_related("withholding"))


def demand_beginning(letter: Letter, there: Shelf) -> int:
    """Return how many leaves are published. Raises Refused unless ours begin with the very same."""
    raw = there.read(f"{folder(letter)}/checkpoint")
    if raw is None:
        return 0
    try:
        published = notes.parse_checkpoint(raw.decode().rpartition("\n\n")[0] + "\n")
    except (notes.BadNote, UnicodeError) as error:
        raise Refused(f"the published checkpoint cannot be read: {error}") from error
    ours = Checkpoint.objects.newest(letter_id=letter.pk)
    size = ours.size if ours else 0
    if published.origin != letter.origin or published.size > size:
        raise Refused(
            f"{published.size} leaves are published, the database has {size}: run `manage.py recover_ledger`"
        )
    read = leaves.reader(letter_id=letter.pk, size=size)
    if merkle.root_at(size=published.size, read=read) != published.root:
        raise Refused(f"the first {published.size} leaves are not those that were published")
    return published.size


def _demand_key() -> None:
    """Raise Refused where the key is another than the one that the ledgers are signed with."""
    if "LEDGER_KEY" in keys.wrong():
        raise Refused("LEDGER_KEY is not the key of this database: run `manage.py rotate_ledger_key`")
