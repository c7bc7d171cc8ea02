"""Two views: one INSERT behind a ModelForm, and one that does nothing."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from bench.limit.models import Signature


class SignForm(forms.ModelForm):
    """The same fields as the real form. The constraint's letter is no field: no SELECT checks it."""

    class Meta:
        model = Signature
        fields = ("name", "email", "role", "affiliation", "country", "visibility", "updates")


def sign(request: HttpRequest) -> HttpResponse:
    """Store one row and go on elsewhere."""
    form = SignForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_json(), status=422)
    form.save()
    return HttpResponseRedirect("/thanks/")


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer: what HTTP, gunicorn, Django's handler and our client cost."""
    return HttpResponseRedirect("/thanks/")
