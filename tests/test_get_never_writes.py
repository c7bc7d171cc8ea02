"""Looking changes nothing: every address of the site, by GET and by HEAD.

One exception: whoever at the desk is shown private rows by GET leaves an event of `READS`, which no reader
sees (docs/decisions/0022-readings-are-written-down.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from letters import looks, tokens
from letters.enums import READS
from letters.models import Event, Feature, LedgerEntry, Message, Organization, Tally, TallyPoint, User
from letters.services import resets
from letters.tokens import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
MAY_WRITE = {"letters_session"}  # looking at the desk keeps its session alive


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def everything() -> dict[str, str]:
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name not in MAY_WRITE]
        result = {}
        for table in tables:
            rows = "COALESCE(string_agg(t::text, chr(10) ORDER BY t::text), '')"
            but = "WHERE NOT name = ANY(%s)" if table == "letters_event" else ""
            cursor.execute(f'SELECT md5({rows}) FROM "{table}" t {but}', [list(READS)] if but else None)
            result[table] = cursor.fetchone()[0]
    return result


def paths() -> list[str]:
    """Return every route with its parts filled in by things that exist."""
    now = timezone.now()
    home = builders.marked(builders.organization(accent="#8a1538"))
    letter = builders.letter(organization=home)
    pending = builders.signed(letter, at=now)
    builders.featured(builders.counted(letter, email="cleo@example.org"), at=now)
    report = builders.reported(letter, at=now)
    signed = builders.published(letter, at=now)
    lost = builders.member(home, email="lost@example.org")
    TOTP.activate(lost, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    by = builders.organizer("eve@example.org")
    asked = resets.ask(user=lost, organization=None, reason="Called.", by=by, at=now)
    day = str(builders.frozen(letter).day)
    link = builders.press_link(builders.draft("kept-back", organization=home), at=now)
    values = {
        "embargo/<str:token>": "embargo/" + tokens.make(Purpose.EMBARGO, uid=link.uid, at=now),
        "invitation/<str:token>": "invitation/"
        + tokens.make(Purpose.INVITATION, uid=builders.invited(home, at=now).uid, at=now),
        "objection/<str:token>": "objection/"
        + tokens.make(Purpose.OBJECTION, uid=UUID(int=asked.pk), at=now),
        "enrolment/<str:token>": "enrolment/"
        + tokens.make(Purpose.ENROLMENT, uid=UUID(int=lost.pk), at=now),
        "<int:user>": str(lost.pk),
        "organizations/<slug:slug>": f"organizations/{home.slug}",
        "mark-<slug:digest>": f"mark-{home.mark_digest}",
        "site-<slug:digest>": f"site-{looks.sheet(accent=home.accent).digest}",
        "<slug:organization>": home.slug,
        "<slug:slug>": letter.slug, "<int:pk>": str(letter.pk), "<uuid:uid>": str(pending.uid),
        "<path:object_id>": str(letter.pk), "<str:public_id>": letter.public_id,
        "<str:day>": day, "<str:date>": day,
        "<int:size>": str(signed.checkpoint.size), "<int:number>": "1", "<path:path>": "0/000.p/1",
        "<str:digest>": builders.card(letter).digest,
        "<str:token>": tokens.make(Purpose.CONFIRM, uid=pending.uid, at=now),
    }  # fmt: skip
    first = {
        "letters/organization": Organization, "letters/tally/": Tally, "letters/tallypoint": TallyPoint,
        "letters/message": Message, "letters/event": Event, "letters/ledgerentry": LedgerEntry,
        "letters/user": User, "letters/signature": type(pending), "letters/feature": Feature,
        "letters/report": type(report),
    }  # fmt: skip
    found = []
    for route in patterns(get_resolver()):
        filled = route.replace("^", "").replace("$", "").replace("\\Z", "")
        for part, model in first.items():
            if part in filled:
                row = model.objects.order_by("pk").first()
                filled = filled.replace("<path:object_id>", str(row.pk if row else 1))
        for part, value in values.items():
            filled = filled.replace(part, value)
        found.append("/" + filled)
    return found


@pytest.mark.parametrize("who", ["a reader", "the owner of a signature", "an organizer"])
def test_get_and_head_change_no_row(who: str) -> None:
    client = Client(raise_request_exception=True)
    organizer = builders.organizer()
    addresses = paths()
    assert len(addresses) > 40
    if who == "an organizer":
        client.force_login(organizer)
    if who == "the owner of a signature":
        client.get(next(address for address in addresses if address.startswith("/s/")))
    before, read = everything(), 0
    for address in addresses:
        if "(?P" in address or "<" in address or "logout" in address:
            continue
        for method in (client.get, client.head):
            response = method(address, headers={"purpose": "prefetch"})
            assert response.status_code < 500, address
            readings = Event.objects.filter(name__in=READS)
            if readings.count() > read:
                assert (who, method) == ("an organizer", client.get), address
                assert address.startswith("/admin/letters/"), address
                read = readings.count()
    assert everything() == before
    assert {event.actor for event in readings} == ({f"user:{organizer.pk}"} if read else set())
    assert (read > 0) == (who == "an organizer")
