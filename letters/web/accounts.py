"""Logging in is for people who were invited, and the password is half of it."""

from __future__ import annotations

from typing import Any, Final

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from qrcode.image.svg import SvgPathFillImage

from letters import crypto, networks
from letters.services import users
from letters.web import sessions

CONTEXT: Final = "authenticator"
"""What binds a sealed secret of a second factor to its table."""


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody makes an account for themselves."""

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

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network whose guesses are counted together; no single address is kept."""
        return networks.of(request.META, proxies=settings.TRUSTED_PROXIES)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask whoever has a second factor for that one: a thief of the password is who is kept out."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one for one in found if one["id"] != "reauthenticate"] or found


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The secrets of second factors are sealed as addresses are."""

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
