"""Who may open what at the desk, and send what: every address of it, for everybody.

The addresses are read from the desk itself, so a new page or act without a rule here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.views.generic import RedirectView
from pytest_django import DjangoDbBlocker

from letters.enums import Role
from letters.models import Event, Membership, User
from tests.admin import stage
from tests.admin.stage import World

pytestmark = pytest.mark.django_db

OPERATOR: Final = frozenset({"operator"})
TEAM: Final = OPERATOR | set(Role.values)
OWNER: Final = OPERATOR | {"owner"}
WRITER: Final = OWNER | {"editor"}
MODERATOR: Final = OWNER | {"moderator"}
NAMES: Final = MODERATOR | {"exporter"}
NOBODY: Final[frozenset[str]] = frozenset()

RULES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    # address: who may look, who may send
    "index": (TEAM, TEAM),
    "app_list": (TEAM, TEAM),
    "jsi18n": (TEAM, NOBODY),
    "password_change": (TEAM, TEAM),
    "password_change_done": (TEAM, NOBODY),
    "autocomplete": (NAMES, NOBODY),
    "view_on_site": (NOBODY, NOBODY),
    "letters_letter_changelist": (TEAM, TEAM),
    "letters_letter_add": (WRITER, WRITER),
    "letters_letter_change": (TEAM, WRITER),
    "letters_letter_history": (TEAM, TEAM),
    "letters_letter_delete": (NOBODY, NOBODY),
    "letters_letter_publish": (WRITER, WRITER),
    "letters_letter_pause": (WRITER, WRITER),
    "letters_letter_resume": (WRITER, WRITER),
    "letters_letter_close": (WRITER, WRITER),
    "letters_letter_answer": (WRITER, WRITER),
    "letters_letter_withdraw": (WRITER, WRITER),
    "letters_letter_version": (WRITER, WRITER),
    "letters_signature_remove": (MODERATOR, MODERATOR),
    "letters_signature_restore": (MODERATOR, MODERATOR),
    "letters_organization_changelist": (TEAM, TEAM),
    "letters_organization_add": (OWNER, OWNER),
    "letters_organization_change": (TEAM, OWNER),
    "letters_organization_history": (TEAM, TEAM),
    "letters_organization_delete": (NOBODY, NOBODY),
    "letters_organization_team": (OWNER, OWNER),
    "letters_organization_team_remove": (NOBODY, OWNER),
    "letters_organization_approve": (OPERATOR, OPERATOR),
    "letters_feature_changelist": (MODERATOR, MODERATOR),
    "letters_feature_add": (MODERATOR, MODERATOR),
    "letters_feature_change": (MODERATOR, NOBODY),
    "letters_feature_history": (MODERATOR, MODERATOR),
    "letters_feature_delete": (MODERATOR, MODERATOR),
    "letters_feature_up": (NOBODY, MODERATOR),
    "letters_feature_down": (NOBODY, MODERATOR),
    "letters_block_changelist": (MODERATOR, MODERATOR),
    "letters_block_add": (MODERATOR, MODERATOR),
    "letters_block_change": (MODERATOR, NOBODY),
    "letters_block_history": (MODERATOR, MODERATOR),
    "letters_block_delete": (MODERATOR, MODERATOR),
    "letters_report_address": (MODERATOR, MODERATOR),
    "auth_user_password_change": (OPERATOR, OPERATOR),
}
for _name, _who in {"report": MODERATOR, "name": MODERATOR, "reason": MODERATOR, "user": OPERATOR}.items():
    for _page in ("changelist", "change", "history"):
        RULES[f"letters_{_name}_{_page}"] = (_who, _who)
    for _page in ("add", "delete"):
        RULES[f"letters_{_name}_{_page}"] = (NOBODY, NOBODY)
for _name, _who in {
    "signature": NAMES, "tally": TEAM, "tallypoint": TEAM, "event": OWNER,
    "message": OPERATOR, "ledgerentry": OPERATOR, "checkpoint": OPERATOR,
}.items():  # fmt: skip
    for _page in ("changelist", "history"):
        RULES[f"letters_{_name}_{_page}"] = (_who, _who)
    RULES[f"letters_{_name}_change"] = (_who, NOBODY)
    for _page in ("add", "delete"):
        RULES[f"letters_{_name}_{_page}"] = (NOBODY, NOBODY)

UNGUARDED: Final = {"login", "logout"}
"""Strangers come here, too."""


class Quick(Client):
    """A client that keeps no copy of what each template was given: that takes most of the time."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


@dataclass(frozen=True)
class Play:
    own: World
    other: World
    people: dict[str, User | None]


@pytest.fixture(scope="module")
def play(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Play]:
    """Both organizations and everybody, made once for all tests of this file."""
    with django_db_blocker.unblock(), stage.undone():
        own, other = stage.world("Aurora"), stage.world("Zanzibar")
        yield Play(own, other, stage.people(own, other))


def addresses() -> dict[str, URLPattern]:
    """Return every address of the desk by its name; Django's own redirects and its 404 have none."""

    def walk(patterns: list[Any]) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    found = list(walk(admin.site.get_urls()))
    nameless = [one for one in found if not one.name and "(?P<url>" not in str(one.pattern)]
    assert all(getattr(one.callback, "view_class", None) is RedirectView for one in nameless)
    return {one.name: one for one in found if one.name and one.name not in UNGUARDED}


def address(pattern: URLPattern, of: World) -> str:
    """Return the address filled in with a row of one organization."""
    name = str(pattern.name)
    if name == "app_list":
        return reverse("admin:app_list", args=["letters"])
    if name == "view_on_site":
        return reverse("admin:view_on_site", args=[1, of.open.pk])
    if name == "autocomplete":
        asked = "?app_label=letters&model_name=feature&field_name=signature&term="
        return reverse("admin:autocomplete") + asked
    acts = {"letters_letter_publish": of.draft, "letters_letter_resume": of.paused}
    model = name.removeprefix("letters_").removeprefix("auth_").split("_")[0]
    row = acts.get(name) or of.rows.get(model)
    parts = pattern.pattern.converters
    return reverse(f"admin:{name}", args=[row.pk] if row and parts else [])


def names_a_row(pattern: URLPattern) -> bool:
    return bool(set(pattern.pattern.converters) & {"pk", "object_id", "id"})


def ask(client: Client, method: str, url: str, data: dict[str, str]) -> HttpResponse:
    with stage.undone():
        response: Any = client.get(url) if method == "GET" else client.post(url, data)
    return response


def is_open(response: HttpResponse, url: str) -> bool:
    """Whether it was let in; a redirect to the login or to the home of the desk is a no."""
    if response.status_code not in {200, 302}:
        assert response.status_code in {403, 404, 405}, (url, response.status_code)
        return False
    home, login = reverse("admin:index"), reverse("admin:login")
    gone = reverse("admin:letters_feature_changelist")  # where a row leads that somebody took off meanwhile
    return response.status_code == 200 or response["Location"] not in {home, gone, f"{login}?next={url}"}


def visit(
    play: Play, who: str, of: World, *, only_rows: bool = False
) -> Iterator[tuple[str, str, bool, str]]:
    """Yield the name, the method, whether it opened, and what was read, for each address."""
    client, user = Quick(), play.people[who]
    if user:
        client.force_login(user)
    viewer = play.people["viewer"]
    data = {"post": "yes", "user": str(viewer.pk if viewer else 0)}
    for name, pattern in addresses().items():
        if only_rows and not names_a_row(pattern):
            continue
        url = address(pattern, of)
        for method in ("GET", "POST"):
            response = ask(client, method, url, data)
            yield name, method, is_open(response, url), response.content.decode()


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert set(addresses()) == set(RULES)


@pytest.mark.parametrize("who", [*Role.values, "operator", "owner elsewhere", "nobody's member", "reader"])
def test_each_opens_what_the_rules_say_and_nothing_else(play: Play, who: str) -> None:
    wrong = [
        f"{method} {name}: {'open' if opened else 'closed'}"
        for name, method, opened, _read in visit(play, who, play.own)
        if opened != (who in RULES[name][method == "POST"])
        # What names no row is open to members elsewhere as well; the next test reads what it shows.
        and not (who == "owner elsewhere" and not names_a_row(addresses()[name]))
    ]
    assert wrong == []


@pytest.mark.parametrize("who", Role.values)
def test_members_see_nothing_of_another_organization_also_by_guessed_ids(play: Play, who: str) -> None:
    word = play.other.word.lower()
    guessed = list(visit(play, who, play.other, only_rows=True))
    assert [f"{method} {name}" for name, method, opened, _read in guessed if opened] == []
    assert [f"{method} {name}" for name, method, _opened, read in guessed if word in read.lower()] == []


@pytest.mark.parametrize("who", [*Role.values, "owner elsewhere"])
def test_lists_filters_and_choices_name_only_ones_own(play: Play, who: str) -> None:
    word, own = (play.own.word, False) if who == "owner elsewhere" else (play.other.word, True)
    client, user = Quick(), play.people[who]
    assert user
    client.force_login(user)
    for name, pattern in addresses().items():
        if names_a_row(pattern) or (who not in RULES[name][0] and own):
            continue
        read = ask(client, "GET", address(pattern, play.own), {}).content.decode().lower()
        assert word.lower() not in read, name
        if own and name.endswith("_changelist") and name != "letters_event_changelist":
            assert play.own.word.lower() in read, name


def test_what_is_closed_writes_nothing(play: Play) -> None:
    before = (Event.objects.count(), Membership.objects.count())
    client = Quick()
    client.force_login(play.people["viewer"])  # type: ignore[arg-type]
    for name, pattern in addresses().items():
        if "viewer" not in RULES[name][1]:
            client.post(address(pattern, play.own), {"post": "yes"})
            client.post(address(pattern, play.other), {"post": "yes"})
    assert (Event.objects.count(), Membership.objects.count()) == before
