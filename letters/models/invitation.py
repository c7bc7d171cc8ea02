"""Who was asked by mail to work here, and as what."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import crypto, limits
from letters.enums import Role
from letters.models.organization import Organization


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self, *, at: datetime) -> InvitationQuerySet:
        """Those that can be accepted at `at`."""
        return self.filter(settled_at=None, created_at__gt=at - limits.INVITED_FOR)


class Invitation(models.Model):
    """One role in an organization, offered to an address. Without an organization: to run the platform.

    Once it is accepted or taken back the address is wiped; what nobody answers is deleted whole.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, related_name="invitations")
    role = models.CharField(_("role"), max_length=12, choices=Role, blank=True)
    email_sealed = models.BinaryField(max_length=600, null=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Privacy:
        personal = ("email_sealed", "invited_by")
        public = ()
        kept = ("id", "uid", "organization", "role", "created_at", "settled_at")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.CheckConstraint(
                condition=Q(organization=None, role="") | Q(organization__isnull=False, role__in=Role.values),
                name="invitation_role_is_of_organization",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, email_sealed__isnull=False)
                | Q(settled_at__isnull=False, email_sealed=None),
                name="invitation_settled_is_wiped",
            ),
        )

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def address(self) -> str | None:
        """Whom it is for; None once it is settled."""
        if self.email_sealed is None:
            return None
        return crypto.unseal(bytes(self.email_sealed), context=invited_context(self.uid))

    @property
    def until(self) -> datetime:
        """When it can be accepted no longer."""
        return self.created_at + limits.INVITED_FOR


def invited_context(uid: object) -> str:
    """Return what binds a sealed address to its row."""
    return f"invitation.email_sealed:{uid}"
