"""What lists of the desk need to stand as cards on a phone and stay tables to who hears them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def cells(row: Iterable[SafeString], headers: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """Return the cells of a row of Django's lists with their roles, and the words above their columns.

    Where a table does not look like one, browsers take its roles away unless they are written (WAI-ARIA 1.2).
    """
    return [_labelled(cell, header) for cell, header in zip(row, headers, strict=True)]


def _labelled(cell: SafeString, header: Mapping[str, Any]) -> SafeString:
    """Django begins each with `<th` or `<td`."""
    role = "rowheader" if cell.startswith("<th") else "cell"
    label = format_html(' role="{}" data-label="{}"', role, capfirst(str(header.get("text", ""))))
    return mark_safe(cell[:3] + label + cell[3:])  # noqa: S308 - Django wrote the cell, and we the rest
