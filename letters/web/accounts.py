"""Logging in is for people who were invited, and the password is half of it."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from urllib.parse import urlsplit
from uuid import uuid4

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from letters import crypto, factors, networks, tokens
from letters.models import User
from letters.services import logins, users
from letters.web import guessing, sessions

CONTEXT: Final = "authenticator"
"""What binds a sealed secret of a second factor to its table."""


LOCKED: Final = _(
    "There were too many tries, or none can be counted right now. Wait five minutes, then try again."
)
"""The same for every address, whether it has a login or not."""


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody makes an account for themselves."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": LOCKED,
        "rate_limited": LOCKED,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: organizers are invited."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin a session that its owner knows again in a list."""
        super().login(request, user)
        sessions.begin(request, at=timezone.now())

    def set_password(self, user: Any, password: str) -> None:
        """Store a new password, and end all sessions but the one in which it was changed."""
        user.set_password(password)
        own = self.request.session.session_key if self.request.user == user else None
        users.change_password(user=user, by=user, keep=own or "", at=timezone.now())

    def generate_login_code(self) -> str:
        """Return a code that the mail can derive again, so that it waits in no row."""
        self.request.login_code = uid = uuid4()
        return tokens.code(uid=uid)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the one mail that was asked for. An unknown address costs as much, and gets none."""
        if template_prefix == "account/email/password_reset_key":
            logins.mail_password_link(email=email, at=timezone.now())
        else:
            uid = getattr(self.request, "login_code", None) or uuid4()
            logins.mail_code(email=email, uid=uid, at=timezone.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network whose guesses are counted together; no single address is kept."""
        return networks.of(request.META, proxies=settings.TRUSTED_PROXIES)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note when a password was wrong so often that no other is tried."""
        email = User.objects.normalize_email(credentials.get("email"))
        user = User.objects.filter(email=email).first()
        key = self._get_login_attempts_cache_key(request, **credentials)
        guessing.note(request, key=key, user=user, way=guessing.PASSWORD)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Ask again only for what was shown some minutes ago, and not right after the login."""
        user = self.request.user
        shown = factors.fresh if is_mfa_enabled(user) else factors.recent
        proofs = get_authentication_records(self.request, user)
        asked: bool = super().is_reauthentication_required(app=app, **options)
        return asked and not shown(proofs, at=timezone.now())

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask whoever has a second factor for that one: a thief of the password is who is kept out."""
        if is_mfa_enabled(user):
            return [{"id": "mfa_reauthenticate", "description": "", "url": reverse("mfa_reauthenticate")}]
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return found


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The secrets of second factors are sealed as addresses are.

    A passkey has none here: what is kept of it is its public key.
    """

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not open it. Enter the code that your app shows now, or try again."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return for which host passkeys are made: the one in SITE_URL, whatever a request says."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "", "name": str(settings.SITE_NAME)}

    def get_totp_issuer(self) -> str:
        """Return how the app on the phone calls this site."""
        return str(settings.SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """Draw a QR code on a ground of its own: dark pages have none that a camera reads."""
        picture = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(picture.to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return crypto.urlsafe(crypto.seal(text, context=CONTEXT))

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed. Raises crypto.Unreadable."""
        return crypto.unseal(crypto.from_urlsafe(encrypted_text), context=CONTEXT)
