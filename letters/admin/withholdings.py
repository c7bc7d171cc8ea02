"""Asking another operator to withhold the words of a letter by order of law, or to show them again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters import languages, limits
from letters.admin import proofs
from letters.admin.pages import PAGES, Named, person
from letters.models import Letter, LetterText, Withholding
from letters.refusal import Refusal
from letters.services import withholdings
from letters.services.withholdings import Order


class OrderForm(forms.Form):
    """Which texts, and the order, in words fit for the public."""

    numbers = forms.TypedMultipleChoiceField(
        label=_("Texts"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    authority = forms.CharField(
        label=_("Who ordered it"),
        max_length=limits.AUTHORITY_MAX,
        widget=AdminTextInputWidget,
        help_text=_("Like: the Regional Court of Hamburg."),
    )
    reference = forms.CharField(
        label=_("Reference"), max_length=limits.AUTHORITY_MAX, widget=AdminTextInputWidget
    )
    ordered_on = forms.DateField(label=_("Ordered on"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=limits.CHANGE_REASON_MAX,
        widget=AdminTextInputWidget,
        help_text=_("Readers see it in the place of the text. Repeat nothing that is withheld."),
    )

    def __init__(self, texts: list[LetterText], data: Any = None) -> None:
        super().__init__(data)
        said = _("Version %(version)s, %(language)s")
        numbers: Any = self.fields["numbers"]
        numbers.choices = [
            (one.number, said % {"version": one.version, "language": languages.name(one.language)})
            for one in texts
        ]


class LiftForm(forms.Form):
    """Why the words may be shown again."""

    lift = forms.ModelChoiceField(Withholding.objects.none(), label=_("Order"))
    grounds = forms.CharField(
        label=_("Why it is lifted"), max_length=limits.CHANGE_REASON_MAX, widget=AdminTextInputWidget
    )

    def __init__(self, letter: Letter, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["lift"]
        field.queryset = Withholding.objects.filter(letter=letter, lifted_at=None)


class Withholds(Named):
    """Adds the page to those of a letter, for operators alone."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        page = self.admin_site.admin_view(PAGES(self.withhold))
        return [path("<int:pk>/withhold/", page, name="letters_letter_withhold"), *super().get_urls()]

    def withhold(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the order, and put the question before another operator."""
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404(pk)
        if not self.may(request, None, letter):
            raise PermissionDenied
        if request.method != "POST" and (elsewhere := proofs.missing(request)):
            return elsewhere
        texts = letter.texts.exclude(published_at=None).filter(withholding=None)
        sent = request.POST if request.method == "POST" else None
        lifting = "lift" in request.POST
        order = OrderForm(list(texts.order_by("-version", "language")), None if lifting else sent)
        lift = LiftForm(letter, sent if lifting else None)
        form: OrderForm | LiftForm = lift if lifting else order
        if form.is_valid() and self._put_question(request, letter, form):
            return HttpResponseRedirect(reverse("admin:letters_letter_change", args=[pk]))
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Withhold by order of law"),
            "subtitle": self.heading(letter),
            "opts": self.opts,
            "original": letter,
            "heading": self.heading(letter),
            "order": order,
            "lift": lift if lift.fields["lift"].queryset.exists() else None,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/letters/letter/withhold.html", context)

    def _put_question(self, request: HttpRequest, letter: Letter, form: OrderForm | LiftForm) -> bool:
        if stale := proofs.stale(request):
            form.add_error(None, stale)
            return False
        said, by, at = dict(form.cleaned_data), person(request), timezone.now()
        try:
            if isinstance(form, LiftForm):
                withholdings.ask_to_lift(withholding=said["lift"], reason=said["grounds"], by=by, at=at)
            else:
                numbers = said.pop("numbers")
                withholdings.ask(letter=letter, numbers=numbers, order=Order(**said), by=by, at=at)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return False
        messages.success(request, _("It waits for another operator, who finds it under Approvals."))
        return True
