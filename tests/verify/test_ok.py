"""An honest ledger: OK over HTTP and from a bundle, by one file without dependencies."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from pathlib import Path

import pytest

from tests.verify import forge, runs
from tests.verify.forge import Forge

NOW = ("--now", forge.time(360))


def test_an_honest_ledger_over_http() -> None:
    with forge.serve() as (host, files, asked):
        honest = forge.honest(host)
        honest.scheme = "http"
        files.update(honest.files())
        done = runs.process(f"http://{host}/letters/open-ai/", *NOW)
    assert done.status == 0
    assert (
        done.line == f"OK: 280 signatures as of 2026-11-23T07:00:00Z, proven by 300 leaves of {honest.origin}"
    )
    assert "The key was taken from the site itself" in done.output
    assert f"--vkey '{honest.signers[0].vkey}'" in done.output
    assert "The site shows 280 as of 2026-11-23T07:00:00Z, and so does the ledger." in done.output
    assert len(asked) == 7  # count, checkpoint, vkey, two bundles, two texts; not the page, and no hashes


def test_light_over_http_reads_a_handful_of_files() -> None:
    with forge.serve() as (host, files, asked):
        honest = forge.honest(host)
        honest.scheme = "http"
        files.update(honest.files())
        done = runs.process(f"http://{host}/letters/open-ai", "--light", *NOW)
    assert done.status == 0
    assert "Nothing was counted again" in done.output
    assert f"/ledger/{forge.ID}/tile/entries/000" not in asked


@pytest.mark.parametrize("mode", [(), ("--light",)])
def test_an_honest_bundle_needs_no_network(tmp_path: Path, mode: tuple[str, ...]) -> None:
    assert runs.check(forge.honest(), tmp_path, *mode, run=runs.process).status == 0


def test_a_bundle_alone_is_enough(tmp_path: Path) -> None:
    (tmp_path / "letter.tar").write_bytes(forge.tar_of(forge.honest().files()))
    assert runs.process("--bundle", tmp_path / "letter.tar", *NOW).status == 0


def test_the_number_that_somebody_printed(tmp_path: Path) -> None:
    assert runs.check(forge.honest(), tmp_path, "--expect", 280).status == 0
    later = runs.check(forge.honest(), tmp_path, "--expect", 40)
    assert later.status == 1
    assert later.line.endswith("(it was 40 at 2026-11-23T02:10:00Z)")
    assert runs.check(forge.honest(), tmp_path, "--expect", 281).status == 1


@pytest.mark.parametrize("size", [3, 255, 256, 257, 511, 512, 513, 1024, 66000])
@pytest.mark.parametrize("mode", [(), ("--light",)])
def test_trees_of_every_shape(tmp_path: Path, size: int, mode: tuple[str, ...]) -> None:
    made = Forge()
    made.open()
    filler = size - 3 if size < 60000 else 0
    made.sign(filler)
    for _ in range(0 if filler or size == 3 else size - 3):  # as many leaves, made more cheaply
        made.add(
            "sign", c=forge.url64(len(made.leaves).to_bytes(32, "big")), k="person", lang="en", m="email", n=1
        )
    made.numbers.update(signed=size - 3, count=size - 3)
    made.tally(300)
    assert runs.check(made, tmp_path, *mode).status == 0


def test_the_api_may_be_a_tally_behind(tmp_path: Path) -> None:
    made = forge.honest()
    count = made.count()
    made.sign(2)
    made.tally(310)
    files = {**made.files(), "count.json": count}
    for mode in ((), ("--light",)):
        done = runs.check(files, tmp_path, "--now", forge.time(311), *mode)
        assert done.line.startswith("OK: 282 signatures")
        assert "The site shows 280" in done.output


def test_the_api_may_be_ahead_for_a_moment(tmp_path: Path) -> None:
    made = forge.honest()
    before = made.files()
    made.sign(2)
    made.tally(310)
    done = runs.check({**before, "count.json": made.count()}, tmp_path, "--now", forge.time(311))
    assert done.line.startswith("OK: 280 signatures")
    assert "The site already shows 282" in done.output


def test_a_partial_tile_that_has_been_completed_since(tmp_path: Path) -> None:
    made = forge.honest()
    old = made.files()
    made.sign(300)
    made.tally(310)
    files = {
        name: data for name, data in {**made.files(), **old}.items() if ".p/" not in name or "/1/" in name
    }
    for mode in ((), ("--light",)):
        assert runs.check(files, tmp_path, *mode).line.startswith("OK: 280")


def test_signatures_after_the_grace_of_closing_are_named(tmp_path: Path) -> None:
    made = forge.honest()
    made.add("close", at=forge.time(301))
    made.tally(302)
    made.sign()
    made.tally(301 + 48 * 60)
    done = runs.check(made, tmp_path, "--now", forge.time(60 * 24 * 365))
    assert (done.status, "came into the ledger" in done.output) == (0, False)
    made.sign()
    made.tally(302 + 48 * 60 + 30)
    late = runs.check(made, tmp_path, "--now", forge.time(60 * 72))
    assert (late.status, "; 1 signatures came into the ledger" in late.output) == (0, True)


def test_it_is_one_file_for_python_3_9_without_dependencies() -> None:
    tree = ast.parse(runs.FILE.read_text("utf-8"), feature_version=(3, 9))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def notice(made: forge.Forge, at: int = 1, **other: object) -> bytes:
    """What stands where a text would that is withheld by order of law."""
    said = {"authority": "A court", "h": hashlib.sha256(made.texts[at - 1]).hexdigest(), "n": at}
    return json.dumps({**said, "ordered_on": "2026-11-22", "reference": "24 O 17/26", **other}).encode()


def test_a_text_that_is_withheld_by_order_is_named_and_the_rest_is_checked(tmp_path: Path) -> None:
    made = forge.honest()
    files = made.files()
    del files[f"ledger/{forge.ID}/text/1"]
    files[f"ledger/{forge.ID}/withheld/1"] = notice(made)
    done = runs.check(files, tmp_path)
    assert done.status == 0
    assert "Text 1 is withheld by order of law, the site says: 'A court'," in done.output
    assert "Each text of the letter that can be read (1) is the one in the ledger." in done.output


@pytest.mark.parametrize(
    ("change", "status"), [({"h": "0" * 64}, 1), ({"n": 2}, 1), (None, 3)], ids=["hash", "number", "none"]
)
def test_a_text_that_is_not_there_needs_a_notice_about_itself(
    tmp_path: Path, change: dict[str, object] | None, status: int
) -> None:
    made = forge.honest()
    files = made.files()
    del files[f"ledger/{forge.ID}/text/1"]
    if change is not None:
        files[f"ledger/{forge.ID}/withheld/1"] = notice(made, **change)
    assert runs.check(files, tmp_path).status == status
