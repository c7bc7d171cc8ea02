"""The addresses of the whole site."""

from importlib import import_module
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "letters.web.errors.bad_request"
handler404 = "letters.web.errors.not_found"
handler429 = "letters.web.errors.too_many_tries"  # the login asks for it
OTHERS = [
    path("api/v1/", include("letters.api.urls")),
    path("letters/", include("letters.api.urls_bundles")),
    path("letters/", include("letters.api.urls_files")),
    path("problems/", include("letters.api.urls_problems")),
    path("accounts/", include("letters.web.urls_accounts")),
    path("admin/", admin.site.urls),
]
if settings.DEBUG:
    OTHERS += [path("dev/mailbox/", include("letters.web.mailbox"))]


def addresses(code: str) -> list[Any]:
    """Return all addresses, the public pages under a language (or under none, for the empty code)."""
    pages = import_module("letters.web.urls")
    found = [path("", include((pages.addresses(code), pages.app_name))), *OTHERS]
    if settings.DEBUG:
        prefix = f"{code}/" if code else ""
        found.append(path(prefix + "dev/gallery/", include("letters.web.gallery.urls")))
    return found


urlpatterns = addresses("")
