"""Fingerprints of the keys outside the database, so that a wrong key stops the start."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from letters.enums import KeyName


class KeyCheck(models.Model):
    """The fingerprint of the key that this database's data was written with."""

    name = models.CharField(max_length=10, choices=KeyName, primary_key=True)
    fingerprint = models.CharField(max_length=16)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Privacy:
        personal = ()
        public = ()
        kept = ("name", "fingerprint", "recorded_at")

    class Meta:
        verbose_name = "key check"
        verbose_name_plural = "key checks"
        constraints = (
            models.CheckConstraint(condition=Q(name__in=KeyName.values), name="keycheck_name_known"),
        )

    def __str__(self) -> str:
        return self.name
