"""Taking signatures out of the site as a file: asked for with a reason and a code, and recorded."""

from __future__ import annotations

import base64
from datetime import UTC
from typing import Final

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import cells, limits
from letters.admin import proofs
from letters.admin.moments import written
from letters.admin.pages import PAGES, Named, person
from letters.enums import Exported
from letters.models import Letter, Tally
from letters.queries import downloads
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import exports

COLUMNS: Final = (
    "id", "name", "role", "affiliation", "country", "language", "state", "visibility", "wants_news",
    "verified_by", "signed_at", "confirmed_at", "source", "text_version",
)  # fmt: skip


class ExportForm(forms.Form):
    """Which signatures, and what for."""

    which = forms.ChoiceField(
        label=gettext_lazy("Which signatures"),
        choices=Exported.choices,
        initial=Exported.COUNTED,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=limits.EXPORT_REASON_MAX,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy(
            "Like: handed over to the ministry on 3 May. Owners of your organization read it."
        ),
    )


class Exports(Named):
    """The page that hands out the file. There is no link to it that could be copied: it answers a form."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(PAGES(self.export))
        return [path("<int:pk>/export/", page, name="letters_letter_export"), *super().get_urls()]

    def export(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """Say what is in the file and ask what it is for; answer with the file when asked by POST."""
        letter: Letter | None = self.get_object(request, str(pk))
        if not self.may(request, Action.EXPORT, letter):
            raise PermissionDenied
        if letter is None:
            raise Http404(pk)
        if elsewhere := proofs.missing(request):
            return elsewhere
        if not hasattr(letter, "tally"):
            return self._nothing_yet(request, letter)
        form = ExportForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                return _file(request, letter, form)
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
        return self._export_page(request, letter, form)

    def _nothing_yet(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        self.message_user(request, str(exports.NothingYet.message), "ERROR")
        return HttpResponseRedirect(reverse("admin:letters_letter_change", args=[letter.pk]))

    def _export_page(self, request: HttpRequest, letter: Letter, form: ExportForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take signatures out"),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "form": form,
            "as_of": written(letter.tally.as_of),
            "columns": ", ".join(COLUMNS),
        }
        return TemplateResponse(request, "admin/letters/letter/export.html", context)


def _file(request: HttpRequest, letter: Letter, form: ExportForm) -> StreamingHttpResponse:
    which, reason = Exported(form.cleaned_data["which"]), form.cleaned_data["reason"]
    tally = exports.begin(letter=letter, which=which, reason=reason, by=person(request), at=timezone.now())
    rows = downloads.private(letter=letter, which=which, as_of=tally.as_of)
    facts = _facts(letter, tally)
    blank = [None] * len(facts)
    pieces = cells.pieces([*COLUMNS, *facts], ((*row, *blank) for row in rows), start=cells.BOM)
    response = StreamingHttpResponse(pieces, content_type=cells.KIND)
    name = f"{letter.slug}-signatures-private-{tally.as_of.astimezone(UTC):%Y-%m-%dT%H%MZ}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _facts(letter: Letter, tally: Tally) -> list[str]:
    """Return what the header says of all rows: the moment, and the checkpoint that proves the number."""
    root = base64.b64encode(bytes(tally.root)).decode()
    return [f"as_of {tally.as_of:%Y-%m-%dT%H:%M:%SZ}", f"checkpoint {letter.origin} {tally.size} {root}"]
