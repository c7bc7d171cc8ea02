"""What each desk page asks of the database: never in a loop, never twice, and no more for more rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest
import zeal
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from zeal.constants import initialize_app_registry
from zeal.patch import patch

from tests import builders
from tests.admin import crowd, stage
from tests.admin.test_matrix import RULES, Quick

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("desk")]
FEW: Final = 5
MANY: Final = 50
"""As many as a page of a list holds."""
PAGES: Final = sorted(crowd.pages())
VIEWS: Final = [(who, name) for who in ("operator", "owner") for name in PAGES if who in RULES[name][0]]


@dataclass
class Desk:
    """Somebody who may do everything, and an owner, at a desk that fills up."""

    clients: dict[str, Quick]
    addresses: dict[str, str]
    few: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """What each page asked while there were few rows."""

    def asked(self, who: str, name: str) -> list[str]:
        """Return the statements of a page; none for one that is not shown."""
        with stage.undone(), CaptureQueriesContext(connection) as asked:
            answer: Any = self.clients[who].get(self.addresses[name])
        return [one["sql"] for one in asked.captured_queries] if answer.status_code == 200 else []


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """A desk with many rows, that was looked at while it had few."""
    initialize_app_registry()
    patch()
    with django_db_blocker.unblock(), stage.undone():
        own = stage.world("Aurora")
        fits, clients = crowd.fitting(own), {"operator": Quick(), "owner": Quick()}
        clients["operator"].force_login(builders.organizer())
        clients["owner"].force_login(builders.member(own.organization))
        made = Desk(clients, {name: crowd.where(name, own, fits) for name in PAGES})
        crowd.grow(own, range(FEW))
        for who, name in VIEWS:
            made.asked(who, name)  # so that what a process remembers is there
            made.few[who, name] = made.asked(who, name)
        crowd.grow(own, range(FEW, MANY))
        yield made


@pytest.mark.parametrize(("who", "name"), VIEWS)
def test_a_page_asks_nothing_in_a_loop_nor_twice_and_no_more_for_more_rows(
    desk: Desk, who: str, name: str
) -> None:
    with zeal.zeal_context():
        many = desk.asked(who, name)
    assert many, f"{name} is not shown. {crowd.HELP}"
    assert len(many) <= len(desk.few[who, name]), "\n".join(many)
    assert {sql: times for sql, times in Counter(many).items() if times > 1} == {}


def test_every_list_is_full(desk: Desk) -> None:
    lists = {model: model._default_manager.count() for model in admin.site._registry}
    short = [model.__name__ for model, rows in lists.items() if rows < MANY // 2]
    assert short == [], "Make more of them in grow() in tests/admin/crowd.py"
