"""What the forms of all stages have in common: sections, and facts where nothing can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

from letters.models import Letter

Words = str | Promise


@dataclass(frozen=True)
class Fact:
    """What is shown instead of a field, and why it cannot be changed."""

    label: Words
    value: Words
    why: Words = ""


@dataclass(frozen=True)
class Section:
    """Some fields under a heading, with what they mean."""

    title: Words
    about: Words
    parts: Sequence[BoundField | Fact]


class StageForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """Some options of a letter. `fixed` names those that are only shown, and why."""

    sections: ClassVar[Sequence[tuple[Words, Words, Sequence[str]]]] = ()
    """Headings, what stands under them, and the fields there."""

    def __init__(self, *args: Any, fixed: Mapping[str, Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts: dict[str, Fact] = {}
        for name in [name for name in self.fields if name in fixed]:
            self.facts[name] = Fact(self.fields[name].label or "", self.told(name) or "–", fixed[name])
            del self.fields[name]

    def told(self, name: str) -> Words:
        """Return in words what a letter has in a field that cannot be changed."""
        letter: Letter = self.instance
        display = getattr(letter, f"get_{name}_display", None)
        value = display() if display else getattr(letter, name)
        return "" if value is None else str(value)

    def layout(self) -> Sequence[tuple[Words, Words, Sequence[str]]]:
        """Return the headings, with the fields under them."""
        return self.sections

    def shown(self) -> Iterator[Section]:
        """Yield the sections that have anything in them."""
        for title, about, names in self.layout():
            known = [self.facts.get(name) or (self[name] if name in self.fields else None) for name in names]
            if parts := [part for part in known if part]:
                yield Section(title, about, parts)

    def options(self) -> list[str]:
        """Return the fields of the letter that were asked for."""
        return [name for name in self._meta.fields or () if name in self.fields]
