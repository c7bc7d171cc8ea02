"""Reasons that signatories gave, as the desk sees them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.models.signature import Signature, SignatureQuerySet


class ReasonManager(models.Manager.from_queryset(SignatureQuerySet)):  # type: ignore[misc]  # made at run time
    """Leaves out signatures without one."""

    def get_queryset(self) -> SignatureQuerySet:
        """Return those with a reason."""
        rows: SignatureQuerySet = super().get_queryset()
        return rows.exclude(reason_display="")


class Reason(Signature):
    """A signature with a reason: the same row, another page at the desk."""

    objects: ClassVar[Any] = ReasonManager()

    class Meta:
        proxy = True
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
