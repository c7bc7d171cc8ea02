"""The gallery's own pages: what there is, and one state. As public pages do, they stand under languages."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from letters.web.gallery import (
    data,
    elsewhere,
    embargo,
    errors,
    form,
    invitation,
    ledger,
    letter,
    lists,
    login,
    names,
    owner,
    record,
    renewal,
    report,
    snapshots,
    standing,
)

GROUPS: Final = {
    "Lists of letters": lists.STATES,
    "Letter": letter.STATES,
    "Form and check-email": form.STATES,
    "The owner of a signature": owner.STATES,
    "Changes and data of a signature": (*data.STATES, *renewal.STATES),
    "Names": names.STATES,
    "Reporting a name": report.STATES,
    "Number": (*ledger.STATES, *snapshots.STATES),
    "The past": record.STATES,
    "On pages of others": elsewhere.STATES,
    "Links for the press": embargo.STATES,
    "Invitations and login": (*invitation.STATES, *login.STATES),
    "Standing pages": standing.STATES,
    "What went wrong": errors.STATES,
}
STATES: Final = {state.name: state for states in GROUPS.values() for state in states}


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Every state, by page."""
    return render(request, "dev/gallery.html", {"groups": GROUPS})


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponseBase:
    """One state."""
    if name not in STATES:
        raise Http404(name)
    return STATES[name].show(request)


urlpatterns = [
    path("", index, name="gallery"),
    path("<slug:name>/", show, name="state"),
]
