"""Who may do what: the organizations in which a user has a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from letters import roles
from letters.enums import Role
from letters.models import Letter, Membership, Organization, User
from letters.roles import Action


@dataclass(frozen=True)
class Reach:
    """What a user may do, as it was when it was read.

    `everything` stands for an operator of the platform; `roles` holds one role for each organization's id.
    """

    everything: bool = False
    roles: Mapping[int, Role] = field(default_factory=dict)

    @property
    def has_any(self) -> bool:
        """Whether there is anything to do at the desk."""
        return self.everything or bool(self.roles)

    def organizations(self, action: Action) -> frozenset[int]:
        """Return the ids of the organizations whose member may do this; an operator needs none."""
        return frozenset(pk for pk, role in self.roles.items() if roles.may(role, action))

    def may(self, action: Action, organization_id: int | None) -> bool:
        """Return whether this may be done for one organization; None names none, and the whole site."""
        return self.everything or organization_id in self.organizations(action)

    def may_somewhere(self, action: Action) -> bool:
        """Return whether this may be done for any organization."""
        return self.everything or bool(self.organizations(action))


def reach(*, user: User | AnonymousUser) -> Reach:
    """Return what a user may do: nothing without a login that works."""
    if not isinstance(user, User) or not user.is_active:
        return Reach()
    if user.is_superuser:
        return Reach(everything=True)
    rows = Membership.objects.filter(user=user).values_list("organization_id", "role")
    return Reach(roles={organization: Role(role) for organization, role in rows})


def homes(*, reach: Reach, action: Action) -> QuerySet[Organization]:
    """Return the organizations for which this may be done, by name; an operator's are all."""
    rows = Organization.objects.all()
    return rows if reach.everything else rows.filter(pk__in=reach.organizations(action))


def members(*, organization: Organization) -> list[Membership]:
    """Return who works for an organization, in the order in which they came."""
    return list(Membership.objects.filter(organization=organization).select_related("user").order_by("pk"))


def member(*, organization: Organization, email: str) -> User | None:
    """Return whoever works for an organization and logs in with this address, or None."""
    address = User.objects.normalize_email(email)
    return User.objects.filter(email=address, memberships__organization=organization).first()


def colleague(*, organization: Organization, pk: int) -> User | None:
    """Return whoever works for an organization and has this number, or None."""
    return User.objects.filter(pk=pk, memberships__organization=organization).first()


def subjects(*, reach: Reach) -> list[str]:
    """Return how events name the organizations whose trail a user may read, and their letters."""
    own = reach.organizations(Action.AUDIT)
    letters = Letter.objects.filter(organization__in=own).values_list("public_id", flat=True)
    return [*(Organization.code_of(pk) for pk in own), *letters]
