"""Counting for the desk what no stored number says: each table in one pass over its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from letters import durable, limits
from letters.enums import COUNTED, MessageKind, SignatureState

# The tally stands in the same statement, so that both are of one moment.
STATED: Final = """
SELECT tally.as_of, tally.revision, GROUPING(one.source), COALESCE(one.language, one.source), count(one.id)
FROM letters_tally AS tally
LEFT JOIN letters_signature AS one ON one.letter_id = tally.letter_id AND one.tallied = ANY(%s)
WHERE tally.letter_id = %s
GROUP BY tally.as_of, tally.revision, GROUPING SETS ((one.language), (one.source))
"""
MAILS: Final = """
SELECT kind, state, count(*) FROM letters_message WHERE letter_id = %s AND kind <> %s
GROUP BY kind, state ORDER BY kind, state
"""
FORMS: Final = """
SELECT count(*), count(confirmed_at), count(*) FILTER (WHERE state = %s AND created_at > %s),
percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM confirmed_at - created_at))
FILTER (WHERE confirmed_at IS NOT NULL AND erased_at IS NULL)
FROM letters_signature WHERE letter_id = %s AND created_at >= %s
"""


class Stated(NamedTuple):
    """Signatures of one tally by language and by the code of a link; an empty code is none."""

    as_of: datetime
    revision: int
    languages: dict[str, int]
    sources: dict[str, int]


class Forms(NamedTuple):
    """Forms that were sent since a moment, and what became of them.

    `median` is how many seconds passed until half of those that were confirmed were.
    """

    sent: int
    confirmed: int
    waiting: int
    median: int | None


def stated(*, letter_id: int) -> Stated:
    """Return what the signatures of a letter's tally say."""
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(STATED, [[str(one) for one in COUNTED], letter_id])
        rows = cursor.fetchall()
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for _as_of, _revision, by_language, value, number in rows:
        if number:
            found[0 if by_language else 1][value] = number
    return Stated(rows[0][0], rows[0][1], *found)


def mails(*, letter_id: int) -> list[tuple[str, str, int]]:
    """Return how many mails of each kind are in each state, but for invitations to sign.

    One that was not needed would tell of its only reader that they signed, or want no mail.
    """
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(MAILS, [letter_id, MessageKind.GUEST])
        return [(kind, state, number) for kind, state, number in cursor.fetchall()]


def forms(*, letter_id: int, since: datetime, at: datetime) -> Forms:
    """Return what became by `at` of the forms that were sent since a moment."""
    durable.demand()
    with connection.cursor() as cursor:
        cursor.execute(FORMS, [SignatureState.PENDING.value, at - limits.CONFIRM_WITHIN, letter_id, since])
        sent, confirmed, waiting, median = cursor.fetchone()
    return Forms(sent, confirmed, waiting, None if median is None else max(0, round(median)))
