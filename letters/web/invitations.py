"""The page behind a mailed invitation: who invites to what, and the way in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from letters import limits, text, tokens
from letters.models import Invitation, User
from letters.queries import invitations as queries
from letters.refusal import Refusal
from letters.services import invitations
from letters.tokens import BadToken, Purpose
from letters.web import caching
from letters.web.redirects import SeeOther
from letters.web.second_factors import let_enrol


class JoinForm(forms.Form):
    """A name and a password for a new login."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=limits.NAME_MAX,
        help_text=_("Your team reads it beside what you do here."),
        error_messages={"required": _("Enter your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false", "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("A new password"),
        max_length=limits.PASSWORD_MAX,
        strip=False,
        help_text=_("At least 12 characters: a few words that nobody else would think of."),
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        """Return the name as it can be shown."""
        name = text.shown(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"], code="required")
        return name

    def clean_password(self) -> str:
        """Refuse what is short, common, or like the address and the name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; when asked by POST, accept it with a new login or with the one there is."""
    now = timezone.now()
    try:
        told = tokens.read(token, Purpose.INVITATION)
    except BadToken:
        return show(request, None, status=404)
    found = queries.find(uid=told.uid, at=now)
    if found is None:
        return show(request, None, status=410)
    if queries.invited(invitation=found):
        return _take(request, found)
    form = JoinForm(request.POST if request.method == "POST" else None, email=found.address or "")
    if not form.is_valid():
        return show(request, found, form=form, status=422 if form.is_bound else 200)
    try:
        user = invitations.join(uid=found.uid, at=now, **form.cleaned_data)
    except Refusal:
        return SeeOther(request.path)
    get_adapter().login(request, user)
    record_authentication(request, user, "password", reauthenticated=True)
    let_enrol(request, user)
    return SeeOther(reverse("admin:index"))


def show(
    request: HttpRequest,
    found: Invitation | None,
    *,
    form: JoinForm | None = None,
    who: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page. `who` tells whose login is open: `themselves`, `other`, or nobody's.

    Without a form the address has a login; without an invitation there is nothing to accept.
    """
    context = {
        "invitation": found,
        "organization": found and found.organization,
        "form": form,
        "who": who,
        "days": limits.INVITED_FOR.days,
    }
    return caching.personal(render(request, "accounts/invitation.html", context, status=status))


def _take(request: HttpRequest, found: Invitation) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        return show(request, found)
    if user.email != found.address:
        return show(request, found, who="other")
    if request.method != "POST":
        return show(request, found, who="themselves")
    try:
        invitations.accept(uid=found.uid, user=user, at=timezone.now())
    except Refusal:
        return SeeOther(request.path)
    let_enrol(request, user)
    return SeeOther(reverse("admin:index"))
