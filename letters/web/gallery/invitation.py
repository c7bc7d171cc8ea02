"""An invitation, in its states."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from letters import crypto
from letters.enums import Role
from letters.models import Approval, Invitation, User
from letters.models.invitation import invited_context
from letters.web import invitations, resets
from letters.web.gallery import cast
from letters.web.gallery.state import Show, State

ADDRESS: Final = "noor@example.org"


def _found(**fields: Any) -> Invitation:
    made = Invitation(
        **{"organization": cast.organization(), "role": Role.MODERATOR, **fields},
        invited_by=User(name="Ada Lindqvist", email="ada@nightrail.example"),
        created_at=cast.AS_OF,
    )
    made.email_sealed = crypto.seal(ADDRESS, context=invited_context(made.uid))
    return made


def _page(who: str = "", **fields: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return invitations.show(request, _found(**fields), who=who)

    return show


def _form(answers: dict[str, str] | None = None, *, status: int = 200, **fields: Any) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        form = invitations.JoinForm(answers, email=ADDRESS)
        return invitations.show(request, _found(**fields), form=form, status=status)

    return show


def _gone(request: HttpRequest) -> HttpResponse:
    return invitations.show(request, None, status=410)


def _objection(*, stopped: bool = False, status: int = 200) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        ada = User(pk=1, name="Ada Lindqvist", email="ada@nightrail.example")
        found = Approval(pk=1, asked_by=ada) if status == 200 else None
        return resets.show_objection(request, found, stopped=stopped, status=status)

    return show


def _enrolment(who: str, status: int = 200) -> Show:
    def show(request: HttpRequest) -> HttpResponse:
        return resets.show_enrolment(request, who, status=status)

    return show


STATES: Final = (
    State("reset-objection", _objection()),
    State("reset-objection-stopped", _objection(stopped=True)),
    State("reset-objection-late", _objection(status=410), 410),
    State("reset-enrolment", _enrolment("themselves")),
    State("reset-enrolment-log-in", _enrolment("stranger")),
    State("reset-enrolment-other-login", _enrolment("other")),
    State("reset-enrolment-gone", _enrolment("nobody", 410), 410),
    State("invitation", _form()),
    State("invitation-wrong", _form({"name": "Noor", "password": "noor@example"}, status=422), 422),
    State("invitation-operator", _form(organization=None, role="")),
    State("invitation-log-in", _page()),
    State("invitation-accept", _page("themselves")),
    State("invitation-other-login", _page("other")),
    State("invitation-gone", _gone, 410),
)
