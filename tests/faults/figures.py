"""What was measured beside what is demanded, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Value = int | float | str


@dataclass
class Figures:
    """The figures of one fault."""

    title: str
    rows: list[tuple[str, Value, str, bool]] = field(default_factory=list)

    def equal(self, what: str, measured: Value, wanted: Value) -> None:
        """Demand exactly this."""
        self.rows.append((what, measured, f"= {wanted}", measured == wanted))

    def at_most(self, what: str, measured: float, limit: float) -> None:
        """Demand no more than this."""
        self.rows.append((what, measured, f"<= {limit}", measured <= limit))

    def at_least(self, what: str, measured: float, limit: float) -> None:
        """Demand no less than this: also that the fault was really there."""
        self.rows.append((what, measured, f">= {limit}", measured >= limit))

    def note(self, what: str, measured: Value) -> None:
        """Say something that nothing is demanded of."""
        self.rows.append((what, measured, "", True))

    def missed(self) -> list[str]:
        """Return what is not as demanded."""
        return [
            f"{what}: {_text(measured)}, not {wanted}" for what, measured, wanted, met in self.rows if not met
        ]

    def __str__(self) -> str:
        width = max(len(what) for what, *_ in self.rows)
        lines = [
            f"  {what:<{width}}  {_text(measured):>12}  {wanted:<12}  {'' if met else 'MISSED'}".rstrip()
            for what, measured, wanted, met in self.rows
        ]
        return "\n".join([self.title, *lines])


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value that `part` of the values do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def _text(value: Value) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
