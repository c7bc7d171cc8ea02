"""The addresses of the whole site."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler404 = "letters.web.errors.not_found"
urlpatterns = [
    path("", include("letters.web.urls")),
    path("api/v1/", include("letters.api.urls")),
    path("letters/", include("letters.api.urls_bundles")),
    path("problems/", include("letters.api.urls_problems")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
if settings.DEBUG:
    urlpatterns += [path("dev/mailbox/", include("letters.web.mailbox"))]
