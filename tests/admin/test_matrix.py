"""Who may open what at the desk, and send what: every address of it, for everybody.

The addresses are read from the desk itself, so a new page or act without a rule here fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django.views.generic import RedirectView
from pytest_django import DjangoDbBlocker

from letters.enums import Role
from letters.models import Event, User
from tests.admin import stage
from tests.admin.stage import World

pytestmark = pytest.mark.django_db

OPERATOR: Final = frozenset({"operator"})
TEAM: Final = OPERATOR | set(Role.values)
OWNER: Final = OPERATOR | {"owner"}
WRITER: Final = OWNER | {"editor"}
MODERATOR: Final = OWNER | {"moderator"}
NAMES: Final = MODERATOR | {"exporter"}
EXPORTER: Final = OWNER | {"exporter"}
SENDER: Final = OWNER | {"sender"}
NOBODY: Final[frozenset[str]] = frozenset()

RULES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    # address: who may look, who may send
    "index": (TEAM, TEAM),
    "app_list": (TEAM, TEAM),
    "jsi18n": (TEAM, NOBODY),
    "password_change": (TEAM, TEAM),
    "password_change_done": (TEAM, NOBODY),
    "autocomplete": (NOBODY, NOBODY),
    "view_on_site": (NOBODY, NOBODY),
    "letters_letter_changelist": (TEAM, TEAM),
    "letters_letter_add": (WRITER, WRITER),
    "letters_letter_change": (TEAM, NOBODY),
    "letters_letter_text": (TEAM, WRITER),
    "letters_letter_form": (TEAM, WRITER),
    "letters_letter_look": (TEAM, WRITER),
    "letters_letter_schedule": (TEAM, WRITER),
    "letters_letter_history": (TEAM, TEAM),
    "letters_letter_delete": (NOBODY, NOBODY),
    "letters_letter_publish": (WRITER, WRITER),
    "letters_letter_ask": (WRITER, WRITER),
    "letters_letter_notice": (WRITER, WRITER),
    "letters_letter_press": (WRITER, WRITER),
    "letters_letter_invite": (MODERATOR, MODERATOR),
    "letters_letter_pause": (WRITER, WRITER),
    "letters_letter_resume": (WRITER, WRITER),
    "letters_letter_close": (WRITER, WRITER),
    "letters_letter_answer": (WRITER, WRITER),
    "letters_letter_withdraw": (WRITER, WRITER),
    "letters_letter_translation": (WRITER, WRITER),
    "letters_letter_translations": (TEAM, NOBODY),
    "letters_letter_version": (WRITER, WRITER),
    "letters_letter_withhold": (OPERATOR, OPERATOR),
    "letters_letter_numbers": (TEAM, NOBODY),
    "letters_letter_share": (TEAM, NOBODY),
    "letters_letter_qr_svg": (TEAM, NOBODY),
    "letters_letter_qr_png": (TEAM, NOBODY),
    "letters_letter_export": (EXPORTER, EXPORTER),
    "letters_signature_remove": (MODERATOR, MODERATOR),
    "letters_signature_restore": (MODERATOR, MODERATOR),
    "letters_organization_changelist": (TEAM, TEAM),
    "letters_organization_add": (OWNER, OWNER),
    "letters_organization_change": (TEAM, OWNER),
    "letters_organization_history": (TEAM, TEAM),
    "letters_organization_delete": (NOBODY, NOBODY),
    "letters_organization_team": (OWNER, OWNER),
    "letters_organization_team_remove": (NOBODY, OWNER),
    "letters_organization_reset": (OWNER, OWNER),
    "letters_user_reset": (OPERATOR, OPERATOR),
    "letters_organization_invitation_revoke": (NOBODY, OWNER),
    "letters_user_invite": (OPERATOR, OPERATOR),
    "letters_user_invitation_revoke": (NOBODY, OPERATOR),
    "letters_organization_approve": (OPERATOR, OPERATOR),
    "letters_feature_changelist": (MODERATOR, MODERATOR),
    "letters_feature_add": (MODERATOR, MODERATOR),
    "letters_feature_change": (MODERATOR, NOBODY),
    "letters_feature_history": (MODERATOR, MODERATOR),
    "letters_feature_delete": (MODERATOR, MODERATOR),
    "letters_feature_up": (NOBODY, MODERATOR),
    "letters_feature_down": (NOBODY, MODERATOR),
    "letters_correction_changelist": (TEAM, TEAM),
    "letters_correction_add": (WRITER, WRITER),
    "letters_correction_change": (TEAM, NOBODY),
    "letters_correction_history": (TEAM, TEAM),
    "letters_correction_delete": (NOBODY, NOBODY),
    "letters_block_changelist": (MODERATOR, MODERATOR),
    "letters_block_add": (MODERATOR, MODERATOR),
    "letters_block_change": (MODERATOR, NOBODY),
    "letters_block_history": (MODERATOR, MODERATOR),
    "letters_block_delete": (MODERATOR, MODERATOR),
    "letters_affiliationmerge_changelist": (MODERATOR, MODERATOR),
    "letters_affiliationmerge_add": (MODERATOR, MODERATOR),
    "letters_affiliationmerge_change": (MODERATOR, NOBODY),
    "letters_affiliationmerge_history": (MODERATOR, MODERATOR),
    "letters_affiliationmerge_delete": (MODERATOR, MODERATOR),
    "letters_update_changelist": (SENDER, SENDER),
    "letters_update_add": (SENDER, SENDER),
    "letters_update_change": (SENDER, SENDER),
    "letters_update_history": (SENDER, SENDER),
    "letters_update_delete": (NOBODY, NOBODY),
    "letters_update_send": (SENDER, SENDER),
    "letters_mailing_stop": (SENDER, SENDER),
    "letters_approval_changelist": (WRITER, WRITER),
    "letters_approval_add": (NOBODY, NOBODY),
    "letters_approval_change": (WRITER, NOBODY),
    "letters_approval_history": (WRITER, WRITER),
    "letters_approval_delete": (NOBODY, NOBODY),
    "letters_approval_give": (WRITER, WRITER),
    "letters_approval_decline": (WRITER, WRITER),
    "letters_approval_take_back": (WRITER, WRITER),
    "letters_report_address": (MODERATOR, MODERATOR),
    "auth_user_password_change": (OPERATOR, OPERATOR),
}
for _name, _who in {"report": MODERATOR, "name": MODERATOR, "reason": MODERATOR, "user": OPERATOR}.items():
    for _page in ("changelist", "change", "history"):
        RULES[f"letters_{_name}_{_page}"] = (_who, _who)
    for _page in ("add", "delete"):
        RULES[f"letters_{_name}_{_page}"] = (NOBODY, NOBODY)
for _name, _who in {
    "signature": NAMES, "mailing": SENDER, "tally": TEAM, "tallypoint": TEAM, "snapshot": TEAM,
    "event": OWNER, "message": OPERATOR, "ledgerentry": OPERATOR, "checkpoint": OPERATOR,
}.items():  # fmt: skip
    for _page in ("changelist", "history"):
        RULES[f"letters_{_name}_{_page}"] = (_who, _who)
    RULES[f"letters_{_name}_change"] = (_who, NOBODY)
    for _page in ("add", "delete"):
        RULES[f"letters_{_name}_{_page}"] = (NOBODY, NOBODY)

NAMELESS: Final = {"letters_event_changelist"}
"""Lists of codes."""
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
    parts: list[Any] = [row.pk] if row and pattern.pattern.converters else []
    if "user" in pattern.pattern.converters:
        parts.append(User.objects.filter(memberships__organization=of.organization)[0].pk)
    if "language" in pattern.pattern.converters:
        parts.append("fr")
    return reverse(f"admin:{name}", args=parts)


def names_a_row(pattern: URLPattern) -> bool:
    return bool(set(pattern.pattern.converters) & {"pk", "object_id", "id"})


@dataclass(frozen=True)
class Visit:
    """One request: whether it was let in, what was read, and how many events it left."""

    name: str
    method: str
    opened: bool
    read: str
    events: int

    def __str__(self) -> str:
        return f"{self.method} {self.name}: {'open' if self.opened else 'closed'}, {self.events} events"


def visit(play: Play, who: str, of: World, *, only_rows: bool = False) -> Iterator[Visit]:
    """Ask for each address by GET and by POST; what a request writes is undone."""
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
            with stage.undone():
                before = Event.objects.count()
                response: Any = client.get(url) if method == "GET" else client.post(url, data)
                events = Event.objects.count() - before
            opened = is_open(name, response)
            yield Visit(name, method, opened, response.content.decode(errors="replace").lower(), events)


def is_open(name: str, response: Any) -> bool:
    """Whether it was let in; a redirect to the login or to the home of the desk is a no."""
    if response.status_code not in {200, 302}:
        assert response.status_code in {403, 404, 405}, (name, response.status_code)
        return False
    away = [reverse("admin:index"), reverse("admin:login")]
    if name in {"letters_feature_up", "letters_feature_down"}:
        away.append(reverse("admin:letters_feature_changelist"))  # where a row leads that is gone
    return response.status_code == 200 or response["Location"].split("?next")[0] not in away


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert set(addresses()) == set(RULES)


@pytest.mark.parametrize("who", [*Role.values, "operator", "nobody's member", "reader"])
def test_each_opens_what_the_rules_say_and_nothing_else(play: Play, who: str) -> None:
    foreign, wrong = play.other.word.lower(), []
    for one in visit(play, who, play.own):
        may = who in RULES[one.name][one.method == "POST"]
        shows_others = foreign in one.read and who != "operator"
        empty = one.opened and one.name.endswith("_changelist") and play.own.word.lower() not in one.read
        if one.opened != may or (one.events and not may) or shows_others:
            wrong.append(str(one))
        if empty and one.name not in NAMELESS and one.method == "GET":
            wrong.append(f"{one} but nothing in it")
    assert wrong == []


@pytest.mark.parametrize("who", ["owner", "moderator"])
def test_a_member_sees_nothing_of_another_organization_also_by_guessed_ids(play: Play, who: str) -> None:
    word = play.other.word.lower()
    found = list(visit(play, who, play.other, only_rows=True))
    assert [str(one) for one in found if one.opened or one.events or word in one.read] == []


def test_whoever_owns_another_organization_is_a_stranger_here(play: Play) -> None:
    word = play.own.word.lower()
    found = list(visit(play, "owner elsewhere", play.own))
    assert [str(one) for one in found if word in one.read] == []
    assert [str(one) for one in found if names_a_row(addresses()[one.name]) and one.opened] == []
