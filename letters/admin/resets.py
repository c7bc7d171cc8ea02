"""Asking that somebody who lost every second factor may enrol a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import limits
from letters.admin import proofs
from letters.admin.acting import Act
from letters.admin.pages import PAGES, Served, person
from letters.models import Organization, User
from letters.queries import teams
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import resets

WAITS: Final = gettext_lazy("Somebody else has to agree now; it waits under Approvals.")


class SureForm(forms.Form):
    """How the one who asks made sure who it is."""

    reason = forms.CharField(
        label=gettext_lazy("How did you make sure that it is them?"),
        max_length=limits.APPROVAL_REASON_MAX,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "A mail is not enough: whoever writes it may be the thief. Call a number you had before."
        ),
    )


def _asking(row: User, at: datetime) -> list[str]:
    return [
        _("Do this for somebody who lost their phone, their passkeys and their recovery codes."),
        _("%(person)s is told by mail at once, and can stop it.") % {"person": row},
        _("Somebody else has to agree. Then all their second factors are removed, and they are logged out."),
        _("They get a mail with a link, and enrol a new one with their password."),
    ]


def _ask(row: User, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return resets.ask(user=row, organization=None, by=by, at=at, **said)


RESET: Final = Act(
    name="reset",
    button=gettext_lazy("Lost second factor"),
    question=gettext_lazy("Ask for a new second factor?"),
    done=WAITS,
    fits=lambda row: row.is_active and row.authenticator_set.exists(),
    service=_ask,
    consequences=_asking,
    form=SureForm,
    asks_again=True,
)


class Resets(Served):
    """The page on which an owner asks it for a member."""

    def get_urls(self) -> list[URLPattern]:
        """Add it."""
        view = self.admin_site.admin_view(PAGES(self.reset_factor))
        route = "<int:pk>/team/<int:user>/reset/"
        return [path(route, view, name="letters_organization_reset"), *super().get_urls()]

    def reset_factor(self, request: HttpRequest, pk: int, user: int) -> HttpResponse:
        """Say what follows, and ask for the reason; ask another owner or an operator when sent."""
        row: Organization | None = self.get_object(request, str(pk))
        if not self.may(request, Action.TEAM, row):
            raise PermissionDenied
        found = teams.colleague(organization=row, pk=user) if row else None
        if row is None or found is None:
            raise Http404(user)
        if elsewhere := proofs.missing(request):
            return elsewhere
        form = SureForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._asked_for(request, row, found, form):
            return HttpResponseRedirect(reverse("admin:letters_organization_team", args=[row.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": RESET.question,
            "subtitle": str(found),
            "opts": self.opts,
            "original": row,
            "heading": str(row),
            "act": RESET,
            "form": form,
            "consequences": _asking(found, timezone.now()),
        }
        return TemplateResponse(request, "admin/letters/act.html", context)

    def _asked_for(self, request: HttpRequest, row: Organization, user: User, form: SureForm) -> bool:
        by, at, reason = person(request), timezone.now(), form.cleaned_data["reason"]
        try:
            resets.ask(user=user, organization=row, reason=reason, by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return False
        messages.success(request, str(WAITS))
        return True
