"""Who publishes letters."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from letters import limits
from letters.api import conditional, problems, representations
from letters.api.conditional import Version
from letters.api.door import reading
from letters.api.shapes import organizations as shapes
from letters.models import Organization
from letters.queries import organizations


@reading(shapes.ASKED)
def one(request: Request, organization: str) -> HttpResponse:
    """One organization, and where to find its letters."""
    found = organizations.find(slug=organization)
    if found is None:
        raise problems.Problem(problems.NOT_FOUND)
    shown = _shape(found, organizations.opened(organization=found, at=timezone.now()))
    version = Version(tuple(shown.values()), None, limits.LETTER_SHARED_SECONDS)
    return conditional.answer(request, version, lambda: {"data": shown})


def _shape(one: Organization, many: int) -> dict[str, object]:
    mark = (
        representations.address("letters:organization_mark", one.slug, one.mark_digest) if one.mark else None
    )
    query = {"organization": one.slug}
    return {
        "name": one.name,
        "slug": one.slug,
        "url": representations.address("letters:organization", one.slug),
        "legal_name": one.legal_name,
        "contact": one.contact,
        "website": f"https://{one.web_domain}/" if one.web_domain else None,
        "mark": mark,
        "letters": many,
        "links": {
            "self": representations.address("api:organization", one.slug),
            "letters": representations.address("api:letters", query=query) if many else None,
        },
    }
