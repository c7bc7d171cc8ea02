"""F7: the database is lost and an old backup restored, while what was published stays. Nothing forks.

Then a folder that cannot be written to, and a clock that goes back an hour.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final
from uuid import UUID

from tests.faults import backups, numbers, outbox, scene, script
from tests.faults.crowd import until
from tests.faults.figures import Figures
from tests.faults.scene import COUNT, OF, SEALED, SIGNED, WITHIN, Scene
from tests.faults.stage import Stage

SLUG: Final = "fault-7"
FULL: Final = {"people": 2000, "after": 1000}
AN_HOUR_AGO: Final = -3600
FEW: Final = 20
ALARMS: Final = """
SELECT count(*) FROM letters_event WHERE name = 'ledger.refused'
AND subject = (SELECT public_id FROM letters_letter WHERE slug = %s)
"""
RECOVERED: Final = """
SELECT data FROM letters_event WHERE name = 'ledger.recovered'
AND subject = (SELECT public_id FROM letters_letter WHERE slug = %s)
"""
UNWRITTEN: Final = "SELECT count(*) FROM letters_erasure WHERE uid = ANY(%s) AND journaled_at IS NULL"
BACK: Final = "SELECT count(*) FROM letters_signature WHERE uid = ANY(%s) AND erased_at IS NULL"
BACKWARDS: Final = f"""
SELECT count(*) FROM (SELECT at <= lag(at) OVER (ORDER BY size) AS back FROM letters_checkpoint WHERE {OF})
AS steps WHERE back
"""


def run(stage: Stage, *, people: int, after: int) -> Figures:
    """Lose the database in the midst of everything, restore a backup, and recover."""
    on = scene.begin(stage, SLUG, f"F7: a backup restored, about {after} confirmations later")
    on.hand("live", 0, people)
    on.settle()
    on.verify("before the backup")
    backup, erased = lose(on, people, after)
    refuse(on, backup, erased, first=people + 3 * after)
    recover(on, erased)
    block(on, first=people + 4 * after)
    turn_back(on, first=people + 5 * after)
    stage.need()
    outbox.clear(stage, SLUG)
    return on.figures


def lose(on: Scene, people: int, after: int) -> tuple[Path, list[UUID]]:
    """Back up while people live on, let more come, and lose everything while others still come."""
    live = on.begin(people, after)
    on.await_people(people + after // 3)
    backup = backups.take(on.stage)
    live.wait()
    on.settle()
    on.verify("before the loss")
    on.begin(people + after, 2 * after)
    on.await_people(people + after + after // 3)
    erased = [row["uid"] for row in on.stage.ask("SELECT uid FROM letters_erasure")]
    until(lambda: on.stage.number(UNWRITTEN, erased) == 0, within=WITHIN)
    on.figures.note("leaves at the loss", on.ask(SEALED))
    backups.lose(on.stage)
    on.stage.need()
    return backup, erased


def refuse(on: Scene, backup: Path, erased: list[UUID], *, first: int) -> None:
    """With the old database the site is open, and its ledger stands still."""
    published = on.note()
    backups.restore(on.stage, backup)
    on.figures.at_least("leaves known to the folder alone", scene.size_of(published) - on.ask(SEALED), 1)
    on.figures.at_least("erased people who are back", on.stage.number(BACK, erased), 1)
    before = [on.ask(query) for query in (SIGNED, SEALED, COUNT)]
    on.stage.need("web", "beat", "ledger")
    on.hand("live", first, FEW)
    alarmed = until(lambda: on.ask(ALARMS) > 0, within=WITHIN)
    on.figures.at_most("seconds until the alarm", alarmed, WITHIN / 2)
    on.figures.equal("what a hand seals and signs", on.hand("advance"), "0 False")
    signed, sealed, count = (
        now - old for now, old in zip(map(on.ask, (SIGNED, SEALED, COUNT)), before, strict=True)
    )
    on.figures.equal("checkpoints signed by the old database", signed, 0)
    on.figures.equal("leaves sealed by it", sealed, 0)
    on.figures.equal("its number moved by", count, 0)
    on.figures.equal("published checkpoints replaced", int(on.note() != published), 0)


def recover(on: Scene, erased: list[UUID]) -> None:
    """The two commands, while the site is open; then everything agrees and goes on."""
    began = time.monotonic()
    on.stage.run("django", "replay_erasures")
    on.figures.equal("erased people who are back now", on.stage.number(BACK, erased), 0)
    on.stage.run("django", "recover_ledger", "--letter", SLUG)
    on.figures.note("seconds for both commands", time.monotonic() - began)
    [event] = on.stage.ask(RECOVERED, SLUG)
    for name in ("leaves", "found", "emptied", "lost"):
        on.figures.note(f"  recovered: {name}", event["data"][name])
    on.figures.at_least("signatures lost", event["data"]["lost"], 1)
    on.settle()
    on.agree("after the recovery")
    again = on.stage.run("django", "recover_ledger", "--letter", SLUG)
    on.figures.equal("recovering again has nothing to do", int("nothing to recover" in again), 1)


def block(on: Scene, *, first: int) -> None:
    """A file in the place of a folder: the number goes on, and nothing is signed until it is gone."""
    signed, sealed = on.ask(SIGNED), on.ask(SEALED)
    tiles, aside = on.home / "tile", on.home / "aside"
    tiles.rename(aside)
    tiles.write_bytes(b"in the way")
    on.hand("live", first, FEW)
    until(lambda: numbers.state(on.stage, SLUG)["waiting"] == 0, within=WITHIN)
    until(lambda: refusals(on) > 0, within=WITHIN)
    on.figures.at_least("leaves sealed while the folder was blocked", on.ask(SEALED) - sealed, FEW)
    on.figures.equal("checkpoints signed meanwhile", on.ask(SIGNED) - signed, 0)
    on.figures.at_least("alarms in the log meanwhile", refusals(on), 1)
    tiles.unlink()
    aside.rename(tiles)
    on.figures.at_most("seconds until it is signed again", on.settle(), WITHIN / 2)
    on.agree("after the blocked folder")


def turn_back(on: Scene, *, first: int) -> None:
    """An hour back, and on again: the tallies go on by seconds, and never back."""
    on.stage.need("web")
    for step in range(3):
        on.hand("live", first + step * FEW, FEW)
        looked_at, published = on.hand("advance", AN_HOUR_AGO).split()
        on.figures.at_least("entries sealed by a clock of an hour ago", int(looked_at), 1)
        on.figures.equal("published by it", published, "True")
    on.stage.need("web", "beat", "ledger")
    on.hand("live", first + 3 * FEW, FEW)
    on.settle()
    on.figures.equal("tallies not later than the one before", on.ask(BACKWARDS), 0)
    on.agree("after the clock went back")


def refusals(on: Scene) -> int:
    """Return how often the worker has said that it could not write where the file is in the way."""
    log = (on.stage.folder / "log" / "ledger.log").read_text("utf-8", "replace")
    return sum("ledger.refused" in line and "recover_ledger" not in line for line in log.splitlines())


if __name__ == "__main__":
    script.main(run, FULL)
