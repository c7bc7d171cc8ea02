"""Addresses of the login and of the second factor."""

from __future__ import annotations

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path

from letters.web import second_factors, sessions

urlpatterns = [
    path("email/", second_factors.closed, name="account_email"),
    path("sessions/", sessions.listed, name="sessions"),
    path("", include("allauth.account.urls")),
    path("factor/", base.index, name="mfa_index"),
    path("factor/code/", base.authenticate, name="mfa_authenticate"),
    path("factor/again/", base.reauthenticate, name="mfa_reauthenticate"),
    path("factor/enrol/", second_factors.enrol, name="mfa_activate_totp"),
    path("factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("factor/recovery/", second_factors.codes, name="mfa_view_recovery_codes"),
    path("factor/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
