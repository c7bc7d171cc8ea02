"""Addresses of the login and of the second factor."""

from __future__ import annotations

from allauth.mfa.base import views as base
from django.urls import include, path

from letters.web import factor_pages, mailed_codes, passkeys, second_factors, sessions

urlpatterns = [
    path("email/", second_factors.closed, name="account_email"),
    path("sessions/", sessions.listed, name="sessions"),
    path("login/code/confirm/", mailed_codes.Confirm.as_view(), name="account_confirm_login_code"),
    path("login/passkey/", passkeys.LogIn.as_view(), name="mfa_login_webauthn"),
    path("", include("allauth.account.urls")),
    path("factor/", factor_pages.index, name="mfa_index"),
    path("factor/code/", base.authenticate, name="mfa_authenticate"),
    path("factor/again/", factor_pages.Again.as_view(), name="mfa_reauthenticate"),
    path("factor/enrol/", factor_pages.enrol, name="mfa_activate_totp"),
    path("factor/passkey/", passkeys.add, name="mfa_add_webauthn"),
    path("factor/<int:pk>/name/", passkeys.rename, name="factor_name"),
    path("factor/<int:pk>/remove/", factor_pages.remove, name="factor_remove"),
    path("factor/recovery/", factor_pages.codes, name="mfa_view_recovery_codes"),
    path("factor/recovery/new/", factor_pages.new_codes, name="mfa_generate_recovery_codes"),
]
