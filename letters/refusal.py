"""What a service says when it will not do something."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):
    """Base of every refusal. Its message is a sentence fit to show to the person who asked."""

    message: str | Promise = ""

    def __init__(self, message: str | Promise = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)
