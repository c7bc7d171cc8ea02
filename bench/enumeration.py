"""T8: does the time of an answer tell who has signed? `python bench/enumeration.py [posts of each kind]`.

Starts PostgreSQL (with fsync, as in production), Valkey and gunicorn, prepares addresses of six
kinds by the services, posts the form for each at random over one connection, and compares.
"""

from __future__ import annotations

import http.client
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from advocacy import children, embedded, environment  # noqa: E402
from tests.site import clean_environment, free_port  # noqa: E402

KINDS: Final = ("new", "waits", "signed", "blocked", "budget", "never")
SLUGS: Final = ("night-trains", "day-trains", "ferries", "trams")
WARM_UP: Final = 50


def ks(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    """Return the two-sample Kolmogorov-Smirnov statistic and its asymptotic p value."""
    first, second = sorted(one), sorted(other)
    at_first = at_second = 0
    largest = 0.0
    for value in sorted({*first, *second}):
        while at_first < len(first) and first[at_first] <= value:
            at_first += 1
        while at_second < len(second) and second[at_second] <= value:
            at_second += 1
        largest = max(largest, abs(at_first / len(first) - at_second / len(second)))
    root = math.sqrt(len(first) * len(second) / (len(first) + len(second)))
    scaled = (root + 0.12 + 0.11 / root) * largest  # Stephens 1970
    if scaled < 0.2:
        return largest, 1.0  # the series does not converge there
    terms = ((-1) ** (k - 1) * math.exp(-2 * k * k * scaled * scaled) for k in range(1, 101))
    return largest, min(1.0, max(0.0, 2 * sum(terms)))


def address(kind: str, number: int) -> str:
    """Return addresses of one length, whatever the kind."""
    return f"{kind:x<7}{number:05}@example.org"


def prepare(each: int) -> None:
    """Make the letters and the rows behind each kind of address."""
    from django.utils import timezone  # noqa: PLC0415  # Django is set up by now

    from letters import addresses, limits  # noqa: PLC0415
    from letters.models import Block, Message  # noqa: PLC0415
    from letters.services import blocks, ledger, mailboxes, pending  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415

    now = timezone.now()
    letter, *others = (builders.letter(slug, at=now - limits.MANAGE_FOR) for slug in SLUGS)
    for number in range(each):
        builders.signed(letter, email=address("waits", number), at=now)
        builders.confirmed(letter, email=address("signed", number), at=now)
        block = Block(key=addresses.site_key(address("blocked", number)), reason="asked us to")
        blocks.put(block=block, by=None, at=now)
        one = builders.signed(others[0], email=address("never", number), at=now)
        pending.disown(uid=one.uid, never_again=True, at=now)
        for other in others:
            builders.signed(other, email=address("budget", number), at=now)
            message = Message.objects.order_by("-id")[:1].get()
            assert mailboxes.take_slot(message=message, address=address("budget", number), at=now)
    while ledger.seal(letter_id=letter.pk, at=now):
        pass
    Message.objects.all().delete()  # else a post within the same minute would queue no mail


def measure(port: int, each: int) -> dict[str, list[float]]:
    """Post every prepared address once, in random order, and return milliseconds by kind."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    answers: set[tuple[int, int, int]] = set()

    def post(email: str) -> float:
        form = {"name": "Mallory Asks", "email": email, "visibility": "public", "form_key": "abc"}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(form)
        began = time.perf_counter()
        connection.request("POST", f"/letters/{SLUGS[0]}/sign/", body, headers)
        response = connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - began) * 1000
        answers.add((response.status, len(content), len(response.headers["Location"] or "")))
        return took

    for number in range(WARM_UP):
        post(address("warm", number))
    work = [(kind, number) for kind in KINDS for number in range(each)]
    random.shuffle(work)
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for kind, number in work:
        times[kind].append(post(address(kind, number)))
    print(f"answers (status, body, length of Location): {sorted(answers)}")
    assert len(answers) == 1
    return times


def report(times: dict[str, list[float]]) -> bool:
    """Print the figures and return whether they reach the goals."""
    print(f"{'kind':10}{'posts':>6}{'median ms':>11}{'p95 ms':>9}{'KS D':>8}{'KS p':>8}")
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    good = True
    for kind, values in times.items():
        distance, p = ks(values, times["new"])
        good &= p > 0.01
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"{kind:10}{len(values):6}{medians[kind]:11.3f}{p95:9.3f}{distance:8.4f}{p:8.4f}")
    apart = max(medians.values()) - min(medians.values())
    print(f"largest difference of medians: {apart:.3f} ms (goal: 2); goal of KS: p > 0.01")
    return good and apart <= 2


def main(each: int) -> int:
    """Run it all and return 0 when the goals are reached."""
    with tempfile.TemporaryDirectory(prefix="undersigned-bench-") as folder:
        data, port = Path(folder), free_port()
        with embedded.start(data) as servers:
            os.environ.update(
                clean_environment(), DATABASE_URL=servers.database_url, REDIS_URL=servers.redis_url
            )
            surroundings = environment.of_processes(data, port=port) | {
                "DEBUG": "false",
                "EMAIL_URL": "smtp://127.0.0.1:1",
            }
            os.environ.update(surroundings)
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=surroundings, check=True
            )
            import django  # noqa: PLC0415

            django.setup()
            prepare(each)
            return 0 if with_web(surroundings, port, lambda: report(measure(port, each))) else 1


def with_web(surroundings: dict[str, str], port: int, call: Callable[[], bool]) -> bool:
    """Run gunicorn as quickstart does, one worker, while `call` runs."""
    command = [sys.executable, "-m", "gunicorn", "advocacy.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "8", "--keep-alive", "60", "--log-level", "warning"]
    web = subprocess.Popen([*command, "--no-control-socket"], cwd=ROOT, env=surroundings)
    try:
        await_port(port)
        return call()
    finally:
        children.stop(web)


def await_port(port: int) -> None:
    """Wait until the site answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            probe = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            probe.request("GET", "/")
            probe.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start")


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
