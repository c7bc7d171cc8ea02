"""Pages that stand without a letter."""

from __future__ import annotations

from typing import Final

from letters.web.gallery.state import State, visit

PROBLEMS: Final = (
    "not-found",
    "gone",
    "names-not-offered",
    "invalid-parameter",
    "server-error",
    "unavailable",
)

STATES: Final = (
    State("how-we-count", visit("letters:how_we_count")),
    State("accessibility", visit("letters:accessibility")),
    State("developers", visit("letters:developers")),
    State("reference", visit("api:reference")),
    State("problems", visit("problems:problems")),
    State("privacy", visit("letters:privacy")),
    *(State(f"problem-{name}", visit("problems:problem", name)) for name in PROBLEMS),
)
