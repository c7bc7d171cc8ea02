"""Rows of several tables that one statement read, for what is asked too often to be written by the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import Model


def split(row: tuple[Any, ...], *, models: Iterable[type[Model]]) -> Iterator[Any]:
    """Yield one instance of each model from a row that holds all their columns, in this order.

    Values come as the driver gives them: a JSON field is its text.
    """
    for model in models:
        names = [field.attname for field in model._meta.concrete_fields]
        yield model.from_db(connection.alias, names, row[: len(names)])
        row = row[len(names) :]
