"""One table with one unique index, of the shape that a signature has."""

from __future__ import annotations

from django.db import models


class Signature(models.Model):
    """A signature without a state, a second row, or a secret."""

    letter_id = models.BigIntegerField(default=1)
    name = models.CharField(max_length=160)
    email = models.EmailField()
    role = models.CharField(max_length=160, blank=True)
    affiliation = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=2, blank=True)
    visibility = models.CharField(max_length=8, choices=[("public", "public"), ("private", "private")])
    updates = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "limit"
        constraints = (models.UniqueConstraint(fields=("letter_id", "email"), name="limit_one_per_mailbox"),)

    def __str__(self) -> str:
        return self.name
