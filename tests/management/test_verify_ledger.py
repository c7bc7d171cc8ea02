"""`manage.py verify_ledger` sees a hand in the rows, in what is kept of the tree, in the published files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from letters.delivery import audits
from letters.models import Event, Signature
from letters.services import ledger
from tests.ledger_site import changes, hands
from tests.ledger_site.life import SLUG, Life, lived

pytestmark = pytest.mark.django_db(transaction=True)


def verify(*words: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it wrote."""
    out = StringIO()
    try:
        call_command("verify_ledger", *words, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def life(settings: Settings) -> Life:
    """A letter to which everything happened."""
    settings.LEDGER_BATCH_MIN, settings.LEDGER_BATCH_SECONDS = 1, 0
    return lived()


@contextmanager
def found(*words: str) -> Iterator[None]:
    """It says OK before, and these words after."""
    code, said = verify()
    assert code == 0, said
    yield
    code, said = verify()
    assert code == 1
    for word in words:
        assert word in said, said


def test_ok_says_what_was_checked(life: Life) -> None:
    code, said = verify()
    assert (code, said) == (
        0, f"{SLUG}: OK: 265 signatures, 290 leaves, 290 of them signed and published\n",
    )  # fmt: skip


def test_every_letter_or_one(life: Life) -> None:
    other = lived("other", crowd=3)
    other.close()
    other.seal()
    assert verify()[1].count(": OK: ") == 2
    assert verify("--letter", "other")[1].startswith("other: OK: ")
    with pytest.raises(CommandError, match="No published letter at /letters/nowhere/"):
        call_command("verify_ledger", "--letter", "nowhere")
    hands.run(
        "UPDATE letters_signature SET name = 'Eve' WHERE name <> '' AND letter_id = %s", other.letter.pk
    )
    code, said = verify()
    assert (code, f"{SLUG}: OK: " in said, "other: signature: " in said) == (1, True, True)


def test_what_waits_or_is_only_sealed_is_no_difference(life: Life) -> None:
    life.withdraw(10)
    life.change(8, role="Surgeon")
    life.confirm(2)
    assert verify()[0] == 0
    life.clock += timedelta(hours=2)
    ledger.seal(letter_id=life.letter.pk, at=life.clock)
    audited = audits.audit(letter=life.letter, at=life.clock + timedelta(seconds=5))
    assert (audited.differences, audited.signed, audited.leaves > 290) == ([], 290, True)
    late = audits.audit(letter=life.letter, at=life.clock + timedelta(minutes=3))
    assert [line.partition(":")[0] for line in late.differences] == ["note"]


ONE = "WHERE uid = (SELECT uid FROM letters_signature WHERE name = 'Zoë 10')"
ROWS: dict[str, tuple[str, str]] = {
    "on a leaf that is no signature": (f"SET leaf = 0, claim_leaf = 0 {ONE}", "where no signature stands"),
    "beyond the end": (f"SET leaf = 9999, claim_leaf = 9999 {ONE}", "where no signature stands"),
    "another's claim": ("SET claim_leaf = claim_leaf + 1 WHERE name = 'Zoë 10'", "has its claim at leaf"),
    "an older claim": ("SET claim_leaf = leaf WHERE role = 'Doctor'", "has its claim at leaf"),
    "counted again": ("SET tallied = 'shown' WHERE tallied = 'withdrawn'", "is active, leaf"),
    "not counted": (f"SET tallied = 'removed' {ONE}", "is removed, leaf"),
    "a stronger method": (f"SET counted_method = 'orcid', method = 'orcid' {ONE}", "was verified by orcid"),
    "another kind": (f"SET kind = 'organization' {ONE}", "is of a organization"),
    "another text": (
        f"SET text_id = (SELECT id FROM letters_lettertext WHERE version = 2) {ONE}", "is under text 3, leaf",
    ),
    "another name": (f"SET name = 'Eve' {ONE}", "says something else than what leaf"),
    "another role": (f"SET role = 'King' {ONE}", "says something else than what leaf"),
    "another visibility": (f"SET visibility = 'private', display = 'private' {ONE}", "says something else"),
    "another's salt": (
        f"SET salt_sealed = (SELECT salt_sealed FROM letters_signature WHERE name = 'Zoë 11') {ONE}",
        "cannot be opened",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_row_with(life: Life, name: str) -> None:
    statement, words = ROWS[name]
    with found(f"{SLUG}: signature: ", words):
        assert hands.run(f"UPDATE letters_signature {statement}") > 0


def test_a_row_deleted(life: Life) -> None:
    with found("is a signature (active), and no row stands behind it", "number: signed is +1"):
        assert hands.run(f"DELETE FROM letters_signature {ONE}") == 1


def test_an_invented_row(life: Life) -> None:
    """A copy of a row cannot take its leaf: the database refuses that. No other leaf is free."""
    same = (
        "letter_id, text_id, kind, name, search_name, role, affiliation, country, language, visibility, "
        "display, state, method, evidence, updates, consent_version, source, form_key, created_at, "
        "confirmed_at, counted_at, counted_method, tallied, commitment"
    )
    copy = (
        f"INSERT INTO letters_signature (uid, leaf, claim_leaf, email_key, {same}) "
        f"SELECT gen_random_uuid(), 16, 16, sha256(email_key), {same} FROM letters_signature {ONE}"
    )
    with found("counts as leaf 16, where no signature stands", "number: signed is -1"):
        assert hands.run(copy) == 1


LEAF = "letters_leaf SET data = "
THIRD = "letters_checkpoint SET {} WHERE size = 17"
NOTE = "letters_checkpointsignature SET note = "
UPDATES: dict[str, tuple[str, str]] = {
    "another leaf": (
        f"{LEAF} overlay(data placing '{'A' * 20}' from 7) WHERE index = 8",
        "the verifier: MIS",
    ),
    "a malformed leaf": (f"{LEAF} data || ' ' WHERE index = 8", "leaf: 8: not in canonical form"),
    "a broken rule": (
        f"""{LEAF} '{{"i":0,"t":"withdraw","v":1}}' WHERE index = 8""",
        "leaf: 8: leaf 0 cannot become withdrawn: it is no signature",
    ),
    "another node": ("letters_ledgernode SET hash = sha256('x')", "node: level 1, index 0 is another hash"),
    "another root": (THIRD.format("root = sha256('x')"), "that of 17 leaves has another root"),
    "another frontier": (THIRD.format("frontier = sha256('x')"), "that of 17 leaves has another frontier"),
    "other parts": (
        THIRD.format("""parts = parts || '{"persons": 1}'"""),
        "checkpoint: that of 17 leaves has 1 under persons",
    ),
    "another moment": (THIRD.format("at = at - interval '1 s'"), "checkpoint: that of 17 leaves is of"),
    "another end": (THIRD.format("closed = true"), "other texts, or another end"),
    "other texts": (THIRD.format("texts = 3"), "other texts, or another end"),
    "another size": (THIRD.format("size = 16"), "checkpoint: there is none of 17 leaves"),
    "a size beyond the end": (THIRD.format("size = 400"), "checkpoint: 400 leaves are said to be"),
    "a changed note": (f"{NOTE} replace(note, E'\\n17\\n', E'\\n18\\n')", "note: that of 17 leaves: "),
    "another's note": (f"{NOTE} (SELECT max(note) FROM letters_checkpointsignature)", "says something else"),
    "another number": (
        "letters_tally SET signed = signed + 1, withdrawn = withdrawn + 1",
        "number: the tally is not that of the newest checkpoint",
    ),
    "another point": ("letters_tallypoint SET new = new + 1 WHERE interval = 'day'", "points_by_day"),
    "another text": ("letters_lettertext SET body = 'Dear all'", "text: 1 has another hash than its words"),
}
INVENTED = (
    "INSERT INTO letters_ledgernode (letter_id, level, index, hash) "
    "SELECT id, 2, 0, sha256('x') FROM letters_letter"
)
OTHERS: dict[str, tuple[str, str]] = {
    "a leaf less": ("DELETE FROM letters_leaf WHERE index = 288", "leaf: 288 is missing, 289 follows"),
    "no last leaf": ("DELETE FROM letters_leaf WHERE index = 289", "there are 289, the newest checkpoint"),
    "no node": ("DELETE FROM letters_ledgernode", "node: level 1, index 0 is missing"),
    "an invented node": (
        INVENTED,
        "node: level 2, index 0 stands over leaves that are not there",
    ),
}
KEPT = {name: (f"UPDATE {update}", words) for name, (update, words) in UPDATES.items()} | OTHERS


@pytest.mark.parametrize("name", KEPT)
def test_the_database_keeps(life: Life, name: str) -> None:
    statement, words = KEPT[name]
    assert life.leaves()[16].endswith(b'"t":"tally","v":1,"withdrawn":0}')
    with found(words):
        assert hands.run(statement) > 0


def changed(path: Path) -> None:
    """Flip a bit of a file."""
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


@pytest.mark.parametrize(
    "path",
    [
        "tile/entries/000",
        "tile/entries/001.p/34",
        "tile/0/000",
        "tile/0/001.p/34",
        "tile/1/000.p/1",
        "text/2",
    ],
)
def test_a_published_file(life: Life, ledger_folder: Path, path: str) -> None:
    file = ledger_folder / "ledger" / life.letter.public_id / path
    with found(f"published file: {path} "):
        changed(file)
    file.unlink()
    code, said = verify()
    assert (code, f"published file: {path} is missing" in said) == (1, True)


NOTES: list[tuple[Callable[[Life], str], str]] = [
    (lambda life: life.notes[-1].replace("\n290\n", "\n291\n"), "holds no such state of 291 leaves"),
    (lambda life: life.notes[-1].replace("ledger/", "ledgers/"), "holds no such state of 290 leaves"),
    (lambda life: life.notes[-2], "it covers 285 leaves, and 290 are signed"),
    (lambda life: "nonsense", "cannot be read"),
]


@pytest.mark.parametrize(("note", "words"), NOTES)
def test_the_published_note(life: Life, ledger_folder: Path, note: Callable[[Life], str], words: str) -> None:
    path = ledger_folder / "ledger" / life.letter.public_id / "checkpoint"
    with found("published note: ", words):
        path.write_text(note(life), "utf-8")


def test_nothing_published(life: Life, ledger_folder: Path) -> None:
    with found("published note: it covers 0 leaves", "published file: tile/entries/000 is missing"):
        (ledger_folder / "ledger").rename(ledger_folder / "elsewhere")


def test_a_history_rewritten_with_the_key_and_every_rule_kept(life: Life) -> None:
    """The published files and their note are the memory; so is each checkpoint that is kept."""
    with found("rewritten history", "published file: tile/entries/000 holds other bytes", "has another root"):
        hands.rewrite(life, changes.put_another, key=True)


def test_a_ledger_signed_with_another_key(life: Life) -> None:
    """This process has the key of the site and does not take the database's word for it."""
    made = changes.copied(life)
    made.signers = [changes.Signer(made.origin, b"e" * 32)]
    with found("the verifier: MISMATCH: "):
        hands.put_state(life, made, made.checkpoint(), [made.signers[0].vkey])


def test_of_many_alike_ten_are_told(life: Life) -> None:
    persons = Signature.objects.filter(kind="person").exclude(tallied="")
    with found(f"signature: {persons.count() - 10} more"):
        hands.run("UPDATE letters_signature SET kind = 'organization' WHERE tallied <> ''")
    assert verify()[1].count("is of a organization") == 10


def test_it_writes_nothing_when_all_is_right(life: Life) -> None:
    events = Event.objects.count()
    assert verify()[0] == 0
    assert Event.objects.count() == events


def test_a_difference_of_the_number_is_recorded_as_the_nightly_recount_does(life: Life) -> None:
    hands.run(f"DELETE FROM letters_signature {ONE}")
    assert verify()[0] == 1
    assert Event.objects.filter(name="tally.differs").count() == 1
