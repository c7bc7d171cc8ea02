"""Asking people by mail to work at the desk, and what of it waits for an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminEmailInputWidget
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.admin.moments import written
from letters.admin.pages import person
from letters.enums import Role
from letters.models import Organization
from letters.queries import invitations as queries
from letters.refusal import Refusal
from letters.services import invitations


class AddressForm(forms.Form):
    """Who is asked."""

    email = forms.EmailField(
        label=gettext_lazy("Address"),
        widget=AdminEmailInputWidget,
        help_text=gettext_lazy("A mail with a link goes there. The link works once, for seven days."),
    )


class MemberForm(AddressForm):
    """Who is asked, and to what."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.VIEWER)


def invite(request: HttpRequest, organization: Organization | None, email: str, role: Role | None) -> None:
    """Send an invitation, and say so, or why not. What is said is the same for every address."""
    by, at = person(request), timezone.now()
    try:
        invitations.invite(organization=organization, role=role, email=email, by=by, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("A mail is on its way to %(address)s.") % {"address": email})


def revoke(request: HttpRequest, organization: Organization | None) -> None:
    """Take the invitation back that the form names, and say so, or why not."""
    number = request.POST.get("invitation", "")
    pk = int(number) if number.isdecimal() and len(number) < 16 else 0
    by, at = person(request), timezone.now()
    try:
        invitations.revoke(organization=organization, pk=pk, by=by, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The link in that mail opens nothing any more."))


def waiting(organization: Organization | None) -> list[dict[str, Any]]:
    """Return what stands in the list of invitations."""
    rows = queries.waiting(organization=organization, at=timezone.now())
    return [
        {
            "pk": row.pk,
            "address": row.address,
            "role": row.get_role_display() if row.role else "",
            "until": written(row.until),
        }
        for row in rows
    ]
