"""A stranger checks the real site: over HTTP, on plain files, and on the demo letter."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from letters.demo import letter as demo
from letters.models import Letter, Tally
from tests.ledger_site import changes, places
from tests.ledger_site.life import SLUG, Life, lived, types
from tests.verify import forge, runs

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_life_of_a_letter_over_http(site: str, life: Life) -> None:
    done = places.check_site(site, life, "--expect", life.tally().count)
    assert done.status == 0, done.output
    assert f"OK: {life.tally().count} signatures" in done.line
    assert "Each text of the letter that can be read (3) is the one in the ledger." in done.output
    assert set(types(life.leaves())) == {
        "open", "text", "sign", "amend", "method", "withdraw", "remove", "restore", "tally",
    }  # fmt: skip


def test_the_same_in_light_mode(site: str, life: Life) -> None:
    done = places.check_site(site, life, "--light")
    assert done.status == 0, done.output


def test_a_letter_without_signatures(site: str) -> None:
    life = Life("quiet")
    life.clock += changes.SIX_HOURS
    life.seal()
    done = places.check_site(site, life, "--now", changes.stamp(life.clock))
    assert done.status == 0, done.output
    assert "OK: 0 signatures" in done.line


def test_every_state_on_the_way_is_a_beginning_of_the_next(site: str, tmp_path: Path) -> None:
    life, seen, pasted = Life(), tmp_path / "seen.json", tmp_path / "pasted.txt"
    for many in (1, 9, 250, 300):
        life.crowd(many)
        life.seal()
        done = places.check_site(site, life, "--state", seen)
        assert done.status == 0, done.output
    for note in life.notes:
        pasted.write_text(note, "utf-8")
        done = places.check_site(site, life, "--checkpoint", pasted)
        assert done.status == 0, done.output


def test_a_letter_that_has_closed(site: str, life: Life) -> None:
    life.confirm(2)
    life.close()
    life.seal()
    assert types(life.leaves())[-4:] == ["close", "sign", "sign", "tally"]
    later = changes.stamp(life.clock + changes.SIX_HOURS * 20)
    done = places.check_site(site, life, "--now", later)
    assert done.status == 0, done.output


def test_published_files_in_a_tar(site: str, life: Life, tmp_path: Path) -> None:
    folder, out = tmp_path / "mirror", StringIO()
    call_command("publish_ledger", "--to", folder, "--letter", SLUG, stdout=out)
    assert f"{SLUG}: {life.tally().size} leaves in {folder}" in out.getvalue()
    files = places.bundled(life, folder)
    for mode in ([], ["--light"], [places.page(site, life)]):
        done = places.check_files(files, tmp_path, *mode)
        assert done.status == 0, done.output


def test_published_files_on_any_web_server(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "www"
    with places.serving(folder) as url:
        settings.SITE_URL = url
        life = lived()
        call_command("publish_ledger", "--to", folder, stdout=StringIO())
        path = folder / "api/v1/letters" / SLUG / "count"
        path.parent.mkdir(parents=True)
        path.write_bytes(places.answer(life))
        for mode in ([], ["--light"]):
            done = places.check_site(url, life, *mode)
            assert done.status == 0, done.output


def test_another_program_lays_out_the_same_files(life: Life, ledger_folder: Path) -> None:
    """What the product published holds, byte by byte, what tests.verify.forge makes of the same leaves."""
    made, published = changes.copied(life), places.written(ledger_folder)
    expected = changes.files(made, life)
    expected.pop("count.json")
    assert {name: published.get(name) for name in expected} == expected
    assert f"ledger/{life.letter.public_id}/tile/1/000.p/1" in expected
    note, root = life.note(), forge.b64(forge.root_of(made.hashes))
    assert note.startswith(f"{life.letter.origin}\n{len(made.leaves)}\n{root}\n\n")


def test_the_demo_letter_over_http(site: str) -> None:
    call_command("load_demo", stdout=StringIO())
    letter = Letter.objects.get(slug=demo.SLUG)
    for mode in ([], ["--light"]):
        done = runs.process(f"{site}/letters/{demo.SLUG}/", *mode)
        assert done.status == 0, done.output
        assert f"OK: {Tally.objects.get(letter=letter).count} signatures" in done.line
