"""What an organization has beside its form: the platform's approval, and the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from letters import roles
from letters.admin import invitations, proofs
from letters.admin.acting import Act, Acting
from letters.admin.pages import PAGES, Served, person
from letters.admin.resets import Resets
from letters.admin.rights import reach
from letters.enums import Role
from letters.models import Organization, User
from letters.queries import teams
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import organizations


def _approving(row: Organization, at: datetime) -> list[str]:
    return [
        _("Its legal name is “%(name)s”. Make sure that it exists, and that the team acts for it.")
        % {"name": row.legal_name},
        _("Readers will write to this address: %(contact)s.") % {"contact": row.contact},
        _("Its letters can then be published, and whoever signs one gets mail from this site."),
        _("An approval cannot be taken back here."),
    ]


def _approve(row: Organization, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return organizations.approve(organization=row, by=by, at=at)


APPROVE: Final = Act(
    name="approve",
    button=gettext_lazy("Approve"),
    question=gettext_lazy("Approve this organization?"),
    done=gettext_lazy("The organization is approved."),
    fits=lambda row: row.approved_at is None,
    service=_approve,
    consequences=_approving,
    leads=True,
    asks_again=True,
)


class Teams(Resets, Acting, Served):
    """The pages of an organization that are not its form."""

    acts = (APPROVE,)

    def get_urls(self) -> list[URLPattern]:
        """Add the team."""
        pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("team", "team", PAGES(self.team)),
            ("team/remove", "team_remove", require_POST(self.remove)),
            ("team/invitation/revoke", "invitation_revoke", require_POST(self.revoke_invitation)),
        ]
        return [
            path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"letters_organization_{name}")
            for route, name, view in pages
        ] + super().get_urls()

    def team(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show who works for the organization; give a member another role, and invite others."""
        row = self._opened(request, pk)
        if elsewhere := proofs.missing(request):
            return elsewhere
        form = invitations.MemberForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._take(request, row, form.cleaned_data["email"], Role(form.cleaned_data["role"]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Team"),
            "opts": self.opts,
            "original": row,
            "heading": self.heading(row),
            "form": form,
            "members": teams.members(organization=row),
            "invitations": invitations.waiting(row),
            "roles": [(role, role.label, roles.ABOUT[role]) for role in Role],
        }
        return TemplateResponse(request, "admin/letters/organization/team.html", context)

    def remove(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take somebody's role away."""
        row = self._opened(request, pk)
        if elsewhere := proofs.missing(request, back=self._page_of_team(row)):
            return elsewhere
        number = request.POST.get("user", "")
        user = User.objects.filter(pk=number).first() if number.isdecimal() else None
        if user is None:
            raise Http404(number)
        by, at = person(request), timezone.now()
        return self._changed(
            request,
            row,
            user,
            lambda: organizations.revoke(organization=row, user=user, by=by, at=at),
            _("%(person)s is not in the team any more.") % {"person": user},
        )

    def revoke_invitation(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take an invitation back."""
        row = self._opened(request, pk)
        if elsewhere := proofs.missing(request, back=self._page_of_team(row)):
            return elsewhere
        invitations.revoke(request, row)
        return self._to_team(row)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Put the ways to these pages above the form."""
        row: Organization | None = kwargs.get("obj")
        if row:
            context |= {"may_team": self.may(request, Action.TEAM, row)}
        return super().render_change_form(request, context, *args, **kwargs)

    def _opened(self, request: HttpRequest, pk: int) -> Organization:
        row: Organization | None = self.get_object(request, str(pk))
        if not self.may(request, Action.TEAM, row):
            raise PermissionDenied
        if row is None:
            raise Http404(pk)
        return row

    def _take(self, request: HttpRequest, row: Organization, email: str, role: Role) -> HttpResponse:
        user = teams.member(organization=row, email=email)
        if user:
            return self._grant(request, row, user, role)
        invitations.invite(request, row, email, role)
        return self._to_team(row)

    def _page_of_team(self, row: Organization) -> str:
        return reverse("admin:letters_organization_team", args=[row.pk])

    def _to_team(self, row: Organization) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._page_of_team(row))

    def _grant(self, request: HttpRequest, row: Organization, user: User, role: Role) -> HttpResponse:
        by, at = person(request), timezone.now()
        return self._changed(
            request,
            row,
            user,
            lambda: organizations.grant(organization=row, user=user, role=role, by=by, at=at),
            _("%(person)s has this role now: %(role)s.") % {"person": user, "role": role.label},
        )

    def _changed(
        self, request: HttpRequest, row: Organization, user: User, call: Callable[[], object], done: str
    ) -> HttpResponse:
        try:
            call()
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, done)
            if user == request.user and not reach(request).everything:
                return HttpResponseRedirect(reverse("admin:index"))  # this page may be closed to them now
        return self._to_team(row)
