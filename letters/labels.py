"""What an organizer calls a field of the form in their own words, in each language of the letter.

A letter keeps them by field and language. They stand on the form and in its errors, nowhere else: the
columns of files and the names in the API stay the same for every letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Labels = Mapping[str, Mapping[str, str]]

RENAMED: Final = ("role", "affiliation", "country")
"""The fields that a letter may ask for; the others are called the same everywhere."""


def own(labels: Labels, *, field: str, language: str) -> str:
    """Return what a field is called on a text in this language; empty where our word stands."""
    return labels.get(field, {}).get(language, "")


def written(words: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    """Return words by field and language as a letter keeps them: without those that are empty."""
    kept: dict[str, dict[str, str]] = {}
    for (field, language), word in words.items():
        if word:
            kept.setdefault(field, {})[language] = word
    return kept
