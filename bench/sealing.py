"""A process that counts each second, as beat and a worker would; it can be told to rest."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event

import django


class Sealer:
    """Counts what waits on one letter, once a second, while it is on."""

    def __init__(self, letter_id: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._on = context.Event()
        self._process = context.Process(target=_seal, args=(letter_id, self._on), daemon=True)
        self._process.start()

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Let it count inside the block."""
        self._on.set()
        try:
            yield
        finally:
            self._on.clear()

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()


def _seal(letter_id: int, on: Event) -> None:
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - not before the settings are there

    from letters.services import ledger  # noqa: PLC0415 - the same

    while on.wait():
        began = time.monotonic()
        ledger.seal(letter_id=letter_id, at=timezone.now())
        time.sleep(max(0.0, 1.0 - (time.monotonic() - began)))
