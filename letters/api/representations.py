"""The shapes of the answers. Within v1 fields are only added."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from letters import citations
from letters.api import moments
from letters.enums import Phase
from letters.models import Letter, Tally
from letters.queries.letters import PublicLetter

STATES: Final = {Phase.CLOSING: Phase.OPEN}
"""A letter that closes soon is open; `closes_at` says when it ends."""


def address(view: str, *args: str, query: Mapping[str, str] | None = None) -> str:
    """Return the whole address of a view."""
    url = f"{settings.SITE_URL}{reverse(view, args=args)}"
    return f"{url}?{urlencode(query)}" if query else url


def root() -> dict[str, object]:
    """Return where to begin. The braces are a template (RFC 6570)."""
    letters = address("api:letters")
    return {
        "name": settings.SITE_NAME,
        "version": "v1",
        "links": {
            "self": address("api:root"),
            "letters": letters,
            "letter": f"{letters}/{{slug}}",
            "count": f"{letters}/{{slug}}/count",
            "organization": f"{address('api:root')}organizations/{{slug}}",
            "status": address("api:status"),
            "counting_rule": address("letters:how_we_count"),
            "openapi": address("api:openapi"),
            "guide": address("letters:developers"),
        },
    }


def letter(found: PublicLetter, *, at: datetime) -> dict[str, object]:
    """Return a letter; what it does not have is null."""
    one, organization = found.letter, found.letter.organization
    return {
        "id": f"lt_{one.public_id}",
        "slug": one.slug,
        "url": address("letters:letter", one.slug),
        "title": found.text.title,
        "language": found.text.language,
        "organization": {
            "name": organization.name,
            "slug": organization.slug,
            "url": address("letters:organization", organization.slug) if organization.approved_at else None,
        },
        "addressees": [] if found.text.withholding else [found.text.addressees],
        "withheld": found.text.withholding.said() if found.text.withholding else None,
        "state": STATES.get(found.phase, found.phase),
        "published_at": moments.iso_or_null(one.published_at),
        "closes_at": moments.iso_or_null(one.closes_at),
        "closed_at": moments.iso_or_null(one.ended_at(at=at)),
        "answered_at": moments.iso_or_null(one.answered_at),
        "languages": found.languages,
        "text_version": found.text.version,
        "text_sha256": found.text.h,
        "signatures": _signatures(found.tally),
        "target": one.target,
        "updated_at": moments.iso(moments.changed_at(one, at=at)),
        "links": _links(found),
        "cite": cite(one),
    }


def count(one: Letter) -> dict[str, object]:
    """Return the number of a letter with its parts."""
    tally = one.tally
    return {
        "letter": one.slug,
        "confirmed": tally.count,
        "persons": tally.persons,
        "organizations": tally.organizations,
        "public": tally.public,
        "private": tally.private,
        "erased_counted": tally.erased_counted,
        "offline": tally.offline,
        "by_method": {
            "email": tally.by_email,
            "institution": tally.by_institution,
            "orcid": tally.by_orcid,
            "openid": tally.by_openid,
            "checked": tally.by_checked,
        },
        "as_of": moments.iso(tally.as_of),
        "ledger": {
            "size": tally.size,
            "root": base64.b64encode(bytes(tally.root)).decode(),
            "checkpoint": address("letters:checkpoint", one.public_id),
        },
        "counting_rule": address("letters:how_we_count"),
        "cite": cite(one),
    }


def _links(found: PublicLetter) -> dict[str, object]:
    one = found.letter
    return {
        "self": address("api:letter", one.slug),
        "count": address("api:count", one.slug),
        "timeseries": address("api:timeseries", one.slug),
        "countries": address("api:countries", one.slug),
        "affiliations": address("api:affiliations", one.slug),
        "signatures": address("api:signatures", one.slug) if one.names_in_api else None,
        "csv": address("files:daily", one.slug),
        "card": _card(found),
        "ledger": address("letters:ledger", one.slug),
        "text": address("api:text", one.slug),
        "versions": address("api:versions", one.slug),
        "changes": address("api:changes", one.slug),
        "updates": address("api:updates", one.slug),
        "snapshots": address("api:snapshots", one.slug),
    }


def _signatures(tally: Tally) -> dict[str, object]:
    return {
        "confirmed": tally.count,
        "persons": tally.persons,
        "organizations": tally.organizations,
        "public": tally.public,
        "private": tally.private,
        "offline": tally.offline,
        "as_of": moments.iso(tally.as_of),
    }


def _card(found: PublicLetter) -> str | None:
    card = getattr(found.text, "card", None)
    if found.text.withholding_id or not card or not card.file:
        return None
    return address("letters:card", found.letter.slug, card.digest)


def cite(one: Letter) -> str:
    """Return the sentence to print, with the permanent page of the number."""
    return citations.sentence(
        count=one.tally.count,
        as_of=one.tally.as_of,
        time_zone=one.time_zone,
        organization=one.organization.name,
        url=address("letters:at", one.slug, str(one.tally.size)),
    )
