"""Where the look of a page comes from."""

from __future__ import annotations

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse

from letters import looks
from letters.models import Organization

register = template.Library()


@register.simple_tag(takes_context=True)
def stylesheet(context: Context) -> str:
    """Return the address of the one stylesheet of a page: the organization's, where it has a colour."""
    # Not an argument: a page about none would log its whole context, with the path that was asked for.
    organization = context.get("organization")
    if isinstance(organization, Organization) and organization.accent:
        digest = looks.sheet(accent=organization.accent).digest
        return reverse("letters:organization_css", args=[organization.slug, digest])
    return static(looks.SITE)
