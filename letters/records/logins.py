"""Logins of people who work here."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress

from letters import durable
from letters.models import User


def make(*, email: str, password: str, at: datetime, name: str = "", operator: bool = False) -> User:
    """Store a login; its address is known to be its owner's."""
    durable.demand()
    user = User.objects.create_user(email, password, name=name, is_superuser=operator, date_joined=at)
    # The login keeps addresses in a table of its own, and would add this one when first looked at.
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user
