"""Names that everybody may see or is asked to let be seen, as the desk sees them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from letters.enums import SignatureState, Visibility
from letters.models.signature import Signature, SignatureQuerySet


class NameManager(models.Manager.from_queryset(SignatureQuerySet)):  # type: ignore[misc]  # made at run time
    """Leaves out private ones, and those of signatures that do not count."""

    def get_queryset(self) -> SignatureQuerySet:
        """Return those of which a moderator decides."""
        rows: SignatureQuerySet = super().get_queryset()
        return rows.filter(state=SignatureState.CONFIRMED, visibility=Visibility.PUBLIC)


class Name(Signature):
    """A signature whose owner wants the name shown: the same row, another page at the desk."""

    objects: ClassVar[Any] = NameManager()

    class Meta:
        proxy = True
        verbose_name = _("name")
        verbose_name_plural = _("names")
