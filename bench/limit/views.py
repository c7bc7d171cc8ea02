"""Three views: one INSERT behind a ModelForm, one row by its key as JSON, and one that does nothing."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
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


def row(request: HttpRequest, pk: int) -> JsonResponse:
    """Say what one row holds."""
    one = Signature.objects.get(pk=pk)
    return JsonResponse({"id": one.pk, "name": one.name, "country": one.country, "at": one.created_at})


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer: what HTTP, gunicorn, Django's handler and our client cost."""
    return HttpResponseRedirect("/thanks/")
