"""What is done with one row by a button: a page says first what will happen, then a service does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from letters.admin import proofs
from letters.admin.pages import PAGES, Named, person
from letters.models import User
from letters.refusal import Refusal
from letters.roles import Action

Service = Callable[[Any, Mapping[str, Any], User, datetime], object]
UNFIT: Final = _("This cannot be done as things stand. Reload the page to see how they stand.")


def _nothing(row: Any) -> Mapping[str, object]:
    return {}


def _no_demands(row: Any, at: datetime) -> Sequence[Demand]:
    return ()


@dataclass(frozen=True)
class Demand:
    """Something that must be so before an act is done: what is fine or missing, and where it is put right."""

    says: str
    fine: bool
    url: str = ""
    way: str | Promise = ""


@dataclass(frozen=True)
class Act:
    """One thing that can be done with a row while it fits.

    `service` gets the row, what the form asked for, who does it, and when.
    """

    name: str
    button: str | Promise
    question: str | Promise
    done: str | Promise
    fits: Callable[[Any], bool]
    service: Service
    consequences: Callable[[Any, datetime], list[str]]
    form: type[forms.Form] = forms.Form
    begins: Callable[[Any], Mapping[str, object]] = _nothing
    leads: bool = False
    """Whether it is what most people come to this page for."""
    asks_again: bool = False
    """Whether it asks for the second factor again."""
    demands: Callable[[Any, datetime], Sequence[Demand]] = _no_demands
    """All that has to be so; the button appears when it is. The service demands the same."""


def simply(service: Callable[..., object]) -> Service:
    """Return a service of letters as an act calls it; the words of a form are its further arguments."""

    def call(letter: Any, said: Mapping[str, Any], by: User, at: datetime) -> object:
        return service(letter=letter, by=by, at=at, **said)

    return call


class Acting(Named):
    """Pages of rows with which something can be done."""

    acts: Sequence[Act] = ()
    acting: Action | None = None
    """What these acts need; None leaves them to the platform's operators."""

    def may_act(self, request: HttpRequest, row: Any) -> bool:
        """Whether this person may do anything with the row."""
        return self.may(request, self.acting, row)

    def possible(self, request: HttpRequest, row: Any) -> list[Act]:
        """Return what this person can do with a row as it stands."""
        return [act for act in self.acts if act.fits(row)] if self.may_act(request, row) else []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Put the ways to these pages above the form."""
        if row := kwargs.get("obj"):
            context |= {"acts": self.possible(request, row)}
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """Add a page for each act."""
        view = self.admin_site.admin_view(PAGES(self.act))
        pages = [
            path(f"<int:pk>/{act.name}/", view, {"name": act.name}, name=self._page(act.name))
            for act in self.acts
        ]
        return pages + super().get_urls()

    def act(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Say what will happen and ask for what is needed; do it when asked by POST."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404(pk)
        if not self.may_act(request, row):
            raise PermissionDenied
        act = next(act for act in self.acts if act.name == name)
        if not act.fits(row):
            messages.error(request, str(UNFIT))
            return self.back(row)
        demands = act.demands(row, timezone.now())
        is_near = request.method == "POST" or all(demand.fine for demand in demands)
        if act.asks_again and is_near and (elsewhere := proofs.missing(request)):
            return elsewhere
        form = act.form(request.POST if request.method == "POST" else None, initial=dict(act.begins(row)))
        if form.is_valid():
            return self._do(request, row, act, form, demands)
        return self._asked(request, row, act, form, demands)

    def back(self, row: Any) -> HttpResponseRedirect:
        """Return to the page of a row."""
        return HttpResponseRedirect(reverse(f"admin:{self._page('change')}", args=[row.pk]))

    def _asked(
        self, request: HttpRequest, row: Any, act: Act, form: forms.Form, demands: Sequence[Demand]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": act.question,
            "subtitle": self.heading(row),
            "opts": self.opts,
            "original": row,
            "heading": self.heading(row),
            "act": act,
            "form": form,
            "missing": [demand for demand in demands if not demand.fine],
            "fine": [demand for demand in demands if demand.fine],
            "consequences": act.consequences(row, timezone.now()),
        }
        return TemplateResponse(request, "admin/letters/act.html", context)

    def _do(
        self, request: HttpRequest, row: Any, act: Act, form: forms.Form, demands: Sequence[Demand]
    ) -> HttpResponse:
        try:
            act.service(row, form.cleaned_data, person(request), timezone.now())
        except Refusal as refusal:
            if form.visible_fields() or demands:  # what was typed stays, and all that is missing is said
                form.add_error(None, str(refusal.message))
                return self._asked(request, row, act, form, demands)
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, str(act.done))
        return self.back(row)

    def _page(self, name: str) -> str:
        return f"letters_{self.opts.model_name}_{name}"
