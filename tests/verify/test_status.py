"""STALE, UNREACHABLE, wrong usage: neither an OK nor an accusation."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from tests.verify import forge, runs

NOW = ("--now", forge.time(360))


def test_a_ledger_that_stands_still(tmp_path: Path) -> None:
    assert runs.check(forge.honest(), tmp_path, "--now", forge.time(300 + 7 * 60)).status == 0
    for mode in ((), ("--light",)):
        done = runs.check(
            forge.honest(), tmp_path, "--now", forge.time(301 + 7 * 60), *mode, run=runs.process
        )
        assert done.status == 2


def test_a_closed_letter_may_stand_still(tmp_path: Path) -> None:
    made = forge.honest()
    made.add("close", at=forge.time(305))
    made.tally(310)
    for mode in ((), ("--light",)):
        assert runs.check(made, tmp_path, "--now", forge.time(10_000), *mode).status == 0


def test_a_wrong_number_is_worse_than_an_old_one(tmp_path: Path) -> None:
    assert runs.check(forge.honest(), tmp_path, "--now", forge.time(9999), "--expect", 1).status == 1


# Minute of the newer of two tallies, minute of the check: they may differ for a quarter of an hour.
APART = [(315, 316, 0), (316, 316, 2), (301, 316, 0), (301, 317, 2), (315, 331, 2)]


@pytest.mark.parametrize(("minutes", "now", "status"), APART)
def test_a_site_that_runs_away_from_its_ledger(tmp_path: Path, minutes: int, now: int, status: int) -> None:
    """A number that the ledger does not hold 15 minutes later was never in it, however close it was dated."""
    made = forge.honest()
    before = made.files()
    made.sign(2)
    made.tally(minutes)
    files = {**before, "count.json": made.count()}
    assert runs.check(files, tmp_path, "--now", forge.time(now)).status == status


@pytest.mark.parametrize(("minutes", "now", "status"), APART)
def test_a_site_that_keeps_showing_an_old_number(tmp_path: Path, minutes: int, now: int, status: int) -> None:
    made = forge.honest()
    count = made.count()
    made.add("withdraw", i=30)
    made.move(1, "count", "withdrawn")
    made.tally(minutes)
    files = {**made.files(), "count.json": count}
    assert runs.check(files, tmp_path, "--now", forge.time(now)).status == status


def test_a_tally_from_the_future(tmp_path: Path) -> None:
    done = runs.check(forge.honest(), tmp_path, "--now", forge.time(284))
    assert (done.status, "in the future" in done.line) == (1, True)
    assert runs.check(forge.honest(), tmp_path, "--now", forge.time(285)).status == 0


def test_nobody_is_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert runs.process(f"http://127.0.0.1:{free.getsockname()[1]}/letters/open-ai/").status == 3


def test_somebody_is_there_and_talks_nonsense() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with server.accept()[0] as connection:
                connection.recv(1000)
                connection.sendall(b"\x00\xff nonsense\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        assert runs.process(f"http://127.0.0.1:{server.getsockname()[1]}/letters/open-ai/").status == 3
        thread.join()


@pytest.mark.parametrize("lost", range(7))
def test_a_file_that_is_not_there(lost: int) -> None:
    with forge.serve() as (host, files, _):
        honest = forge.honest(host)
        honest.scheme = "http"
        files.update(
            {
                name: data
                for name, data in honest.files().items()
                if "/tile/0/" not in name and "/tile/1/" not in name
            }
        )
        del files[sorted(files)[lost]]
        assert runs.process(f"http://{host}/letters/open-ai/", *NOW).status == 3


def test_a_bundle_without_a_file(tmp_path: Path) -> None:
    files = forge.honest().files()
    del files[f"ledger/{forge.ID}/tile/entries/000"]
    assert runs.check(files, tmp_path).status == 3


def test_a_file_too_large(tmp_path: Path) -> None:
    files = forge.honest().files()
    files[f"ledger/{forge.ID}/text/1"] = b" " * (5 << 20)
    assert "is too large" in runs.check(files, tmp_path).line


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nonsense"], ["ftp://a.example/letters/x/"], ["https://a.example/"],
        ["--expect", "many"], ["--wrong"], ["--bundle", "/nowhere/letter.tar"],
        ["--light", "--state", "x", "y"],
        ["https://user@a.example/letters/x/"], ["https://a.example/letters/x y/"], ["https://a.example/letters/x/y/"],
    ],
)  # fmt: skip
def test_wrong_usage(arguments: list[str]) -> None:
    assert runs.process(*arguments).status == 64


@pytest.mark.parametrize("option", ["--receipt", "--checkpoint"])
def test_a_file_of_mine_that_is_not_there(tmp_path: Path, option: str) -> None:
    assert runs.check(forge.honest(), tmp_path, option, tmp_path / "nowhere").status == 64


@pytest.mark.parametrize("content", [b"", b"no tar", b"\x00" * 2000, b"\x1f\x8b\x08", b"letter" * 2000])
def test_a_bundle_that_is_no_tar(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter.tar").write_bytes(content)
    assert runs.here(runs.LETTER, "--bundle", tmp_path / "letter.tar").status in (1, 3)


def test_a_site_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs.verifier, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert runs.here(f"http://127.0.0.1:{server.getsockname()[1]}/letters/open-ai/").status == 3


def test_the_hosts_spelling_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "letter.tar").write_bytes(forge.tar_of(forge.honest().files()))
    address = "https://Letters.Example.org/letters/open-ai/"
    assert runs.here(address, "--bundle", tmp_path / "letter.tar", *NOW).status == 0
