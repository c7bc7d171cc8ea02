"""What signing, confirming and reading names ask PostgreSQL costs the same, however many have signed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from letters import cursors, limits, tokens
from letters.api import signatures as given_names
from letters.demo.people import people
from letters.enums import SignatureState
from letters.models import Letter, LetterText, Signature
from letters.queries.signatures import Order, Wanted
from letters.services import ledger, seeds
from letters.tokens import Purpose
from letters.web import names
from tests import builders
from tests.admin.stage import undone

pytestmark = pytest.mark.django_db

ROWS: Final = int(os.environ.get("PLAN_ROWS", "30000"))
"""How many have signed before. With `PLAN_ROWS=1000000` it takes minutes."""
AT_ONCE: Final = 10_000
MOST: Final = 100
"""Rows of letters_signature that one statement may read."""
MOST_OF_A_PAGE: Final = 3 * limits.NAMES_PER_PAGE
"""The same for a page of names: of a filter that nearly all pass, the planner may leave some to the page."""
READ: Final = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")


@contextmanager
def explained() -> Iterator[dict[str, float]]:
    """Try every statement on letters_signature in its place, and note how many of its rows it reads."""
    reads: dict[str, float] = {}

    def explain(execute: Callable[..., Any], sql: str, params: Any, *more: Any) -> Any:
        if "letters_signature" in sql and not sql.startswith("EXPLAIN"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                reads[sql] = sum(read_by(node) for node in nodes(cursor.fetchone()[0]))
                transaction.set_rollback(True)
        return execute(sql, params, *more)

    with connection.execute_wrapper(explain):
        yield reads


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a plan."""
    if isinstance(plan, dict):
        yield plan
        plan = list(plan.values())
    for part in plan if isinstance(plan, list) else ():
        yield from nodes(part)


def read_by(node: dict[str, Any]) -> float:
    """Return what a scan read in all its loops; the nodes above only pass on what scans read."""
    if node.get("Relation Name") != "letters_signature" or "Scan" not in node["Node Type"]:
        return 0
    return float(sum(node.get(name, 0) for name in READ) * node["Actual Loops"])


@pytest.fixture(scope="module")
def text(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LetterText]:
    """A letter that many have signed."""
    with django_db_blocker.unblock(), undone():
        yield signed_by_many()


def signed_by_many() -> LetterText:
    text = builders.text_of(builders.letter(at=timezone.now() - timedelta(days=1)))
    crowd = list(people(ROWS, seed="plans"))
    for first in range(0, ROWS, AT_ONCE):
        part = crowd[first : first + AT_ONCE]
        seeds.load(text=text, people=part, seed="plans", first=first, at=timezone.now())
    while ledger.seal(letter_id=text.letter_id, at=timezone.now()):
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return text


def test_no_statement_of_signing_and_confirming_reads_more_than_a_handful_of_signatures(
    text: LetterText,
) -> None:
    with explained() as reads:  # the measure itself: this one reads them all
        assert Signature.objects.filter(role="none has this").count() == 0
    # A scan by several processes states the mean of their rows, rounded.
    assert [*reads.values()] == [pytest.approx(ROWS, rel=0.001)]

    client = Client()
    form = {"name": "Ben Okafor", "email": "ben@example.org", "visibility": "public", "country": "NG"}
    path = f"/letters/{text.letter.slug}/sign/"
    with explained() as signing:
        assert [client.post(path, form).status_code for _ in range(2)] == [303, 303]
    one = Signature.objects.get(state=SignatureState.PENDING)
    with explained() as confirming:
        link = f"/s/{tokens.make(Purpose.CONFIRM, uid=one.uid, at=timezone.now())}/"
        page = client.get(link, follow=True)
        assert page.status_code == 200
        seen = {"seen": page.context["signature"].seen_digest()}
        confirm = f"/my-signature/{one.uid}/confirm/"
        assert [client.post(confirm, seen).status_code for _ in range(2)] == [303, 303]
        assert client.post(path, form).status_code == 303
    assert builders.stored(one.uid).state == SignatureState.CONFIRMED
    for reads, verb in ((signing, "INSERT INTO letters_signature"), (confirming, "FOR NO KEY UPDATE")):
        assert any(verb in sql for sql in reads)
        assert {sql: read for sql, read in reads.items() if read > MOST} == {}


def test_those_who_stand_first_are_found_without_reading_the_others(text: LetterText) -> None:
    wall = Signature.objects.filter(letter=text.letter).on_the_wall().select_related("letter")
    for one in wall.order_by("pk")[100 : 100 + limits.FEATURED_MOST]:
        builders.featured(one, at=timezone.now())
    client, path = Client(), f"/letters/{text.letter.slug}/"
    for page in (path, f"{path}signatures/"):
        with explained() as reads:
            shown = client.get(page).context["featured"]
        assert len(shown) in {limits.FEATURED_ON_LETTER, limits.FEATURED_MOST}
        assert any("letters_feature" in sql for sql in reads)
        assert {sql: read for sql, read in reads.items() if read > MOST_OF_A_PAGE} == {}
        assert max(read for sql, read in reads.items() if "letters_feature" in sql) <= limits.FEATURED_MOST


def test_no_page_of_names_reads_much_more_than_it_shows(text: LetterText) -> None:
    client, path = Client(), f"/letters/{text.letter.slug}/signatures/"
    wall = Signature.objects.filter(letter=text.letter).on_the_wall().order_by("counted_at", "pk")
    row = wall[ROWS // 4]
    for given in ({}, {"country": "DE"}, {"method": "email"}):
        wanted = Wanted(**given)
        of = names.list_of(text.letter, wanted)
        cursor = cursors.make(of=of, value=row.counted_at, pk=row.pk)
        for query in (given, {**given, "cursor": cursor}):
            with explained() as reads:
                page = client.get(path, query)
            assert len(page.context["page"].names) == limits.NAMES_PER_PAGE
            assert any("ORDER BY" in sql for sql in reads)
            assert {sql: read for sql, read in reads.items() if read > MOST_OF_A_PAGE} == {}


@pytest.mark.parametrize("order", list(Order))
def test_no_page_of_names_of_the_api_reads_much_more_than_it_gives(text: LetterText, order: Order) -> None:
    Letter.objects.filter(pk=text.letter_id).update(names_in_api=True)
    client, path = Client(), f"/api/v1/letters/{text.letter.slug}/signatures"
    wall = Signature.objects.filter(letter=text.letter).on_the_wall()
    key = "search_name" if order == Order.NAME else "counted_at"
    falls = "-" if order == Order.NEWEST else ""
    row = wall.order_by(f"{falls}{key}", f"{falls}pk")[ROWS // 2]
    for given in ({}, {"method": "email"}):
        of = given_names.list_of(text.letter, Wanted(**given), order)
        value = row.search_name[: limits.NAME_SORTED_BY] if order == Order.NAME else row.counted_at
        assert value
        cursor = cursors.make(of=of, value=value, pk=row.pk)
        for query in (given, {**given, "cursor": cursor}):
            with explained() as reads:
                page = client.get(path, {"order": order, "limit": limits.NAMES_PER_PAGE, **query}).json()
            assert len(page["data"]) == limits.NAMES_PER_PAGE
            assert any("ORDER BY" in sql for sql in reads)
            assert {sql: read for sql, read in reads.items() if read > MOST_OF_A_PAGE} == {}
