"""Who publishes a letter and stands behind it, and who works for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from letters import colors, marks
from letters.enums import Role


class Organization(models.Model):
    """A letterhead: the name readers see and the legal person responsible for the data.

    `mark` is the name of a PNG in the storage for pictures, its sides are in pixels.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    legal_name = models.CharField(
        _("legal name"), max_length=200, help_text=_("Who is responsible for the signatories' data.")
    )
    contact = models.EmailField(_("contact"), help_text=_("Shown on every letter."))
    web_domain = models.CharField(_("web domain"), max_length=200, blank=True)
    mark = models.CharField(_("mark"), max_length=80, blank=True, editable=False)
    mark_width = models.PositiveSmallIntegerField(default=0, editable=False)
    mark_height = models.PositiveSmallIntegerField(default=0, editable=False)
    accent = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[colors.check_accent],
        help_text=_("Of links and buttons on the pages of its letters, like #21409a. Empty: the site’s own."),
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    publishes_by_two = models.BooleanField(
        _("another person approves a letter before it is published"),
        default=False,
        help_text=_("One of the team asks, another looks at it and agrees."),
    )

    class Privacy:
        personal = ()
        public = (
            "name", "slug", "legal_name", "contact", "web_domain", "accent",
            "mark", "mark_width", "mark_height",
        )  # fmt: skip
        kept = ("id", "approved_at", "publishes_by_two")

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(accent="") | Q(accent__regex=colors.PATTERN),
                name="organization_accent_is_a_color",
            ),
            models.CheckConstraint(
                condition=Q(mark="", mark_width=0, mark_height=0)
                | Q(mark__regex=marks.PATTERN, mark_width__gt=0, mark_height__gt=0),
                name="organization_mark_has_sides",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """How events name it, for good: its address can change."""
        return self.code_of(self.pk)

    @staticmethod
    def code_of(pk: int) -> str:
        """Return how events name the organization with this id."""
        return f"organization:{pk}"

    @property
    def mark_digest(self) -> str:
        """What names the mark in its public address: the beginning of its SHA-256."""
        return self.mark.removeprefix(f"{marks.FOLDER}/")[:16]


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
