"""Who publishes a letter and stands behind it, and who works for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.enums import Role


class Organization(models.Model):
    """A letterhead: the name readers see and the legal person responsible for the data."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    legal_name = models.CharField(
        _("legal name"), max_length=200, help_text=_("Who is responsible for the signatories' data.")
    )
    contact = models.EmailField(_("contact"), help_text=_("Shown on every letter."))
    web_domain = models.CharField(_("web domain"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Privacy:
        personal = ()
        public = ("name", "slug", "legal_name", "contact", "web_domain")
        kept = ("id", "approved_at")

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One user's one role in an organization."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Privacy:
        personal = ("user",)
        public = ()
        kept = ("id", "organization", "role")

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = (
            models.UniqueConstraint(fields=("organization", "user"), name="membership_one_role"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
