"""One view: a session, its user, one row by its key, and a short page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html

from advocacy import urls
from letters.models import Letter

addresses, handler404 = urls.addresses, urls.handler404


@login_required
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what one row holds."""
    letter = Letter.objects.get(pk=pk)
    return HttpResponse(format_html("<title>{}</title><p>{}", letter.slug, letter.created_at))


urlpatterns = [path("bare/<int:pk>/", row), *urls.urlpatterns]
