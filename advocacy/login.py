"""How organizers log in: by mail address, with a password or a mailed code, and a second factor."""

from __future__ import annotations

from typing import Any, Final

MINUTE: Final = 60  # seconds
HOUR: Final = 60 * MINUTE
CODE_SECONDS: Final = 10 * MINUTE  # a mail may take a few of them

SETTINGS: Final[dict[str, Any]] = {
    "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 12},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    ],
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "admin:index",
    # A session knows whose it is, so that its owner can end it.
    "SESSION_ENGINE": "letters.web.session_store",
    # -- allauth.account
    "ACCOUNT_ADAPTER": "letters.web.accounts.InvitedOnly",
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    # A row for every address that a stranger types, so that it takes as long; a mail for those with a login.
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": True,
    "ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR": "django.contrib.auth.tokens.PasswordResetTokenGenerator",
    "PASSWORD_RESET_TIMEOUT": HOUR,
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
    "ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS": 3,  # of a million codes
    # Of one network, and of one address: a stranger fills nobody's mailbox.
    "ACCOUNT_RATE_LIMITS": {
        "request_login_code": "20/m/ip,3/15m/key,10/d/key",
        "reset_password": "20/m/ip,3/15m/key,10/d/key",
    },
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_FORMS": {
        "change_password": "letters.web.password_forms.Change",
        "reset_password_from_key": "letters.web.password_forms.Choose",
    },
    "ACCOUNT_LOGOUT_REDIRECT_URL": "letters:index",
    # -- allauth.mfa
    "MFA_ADAPTER": "letters.web.accounts.SealedFactors",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_WEBAUTHN_USER_VERIFICATION": "required",  # a passkey that somebody found opens nothing
    "MFA_FORMS": {
        "authenticate": "letters.web.factor_forms.Code",
        "authenticate_webauthn": "letters.web.factor_forms.Passkey",
        "login_webauthn": "letters.web.factor_forms.PasskeyAlone",
    },
    "MFA_TOTP_TOLERANCE": 1,  # the clocks of phones differ by half a minute
}
"""Settings of Django's sessions and of django-allauth, whatever the deployment."""
