"""Where the look of a page comes from."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.urls import reverse

from letters import looks
from letters.models import Organization

register = template.Library()


@register.simple_tag
def stylesheet(organization: Organization | str = "") -> str:
    """Return the address of the one stylesheet of a page: the organization's, where it has a colour."""
    if isinstance(organization, Organization) and organization.accent:
        digest = looks.sheet(accent=organization.accent).digest
        return reverse("letters:organization_css", args=[organization.slug, digest])
    return static(looks.SITE)
