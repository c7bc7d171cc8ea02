"""How Django loads the product."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class LettersConfig(AppConfig):
    """The product."""

    name = "letters"
    verbose_name = "Letters"

    def ready(self) -> None:
        """Register the checks, and remember the keys of a new database."""
        # Models cannot be imported before this moment.
        from letters import checks  # noqa: F401, PLC0415

        post_migrate.connect(_record_keys, sender=self)


class LettersAdminConfig(AdminConfig):
    """The desk: Django's admin behind our login."""

    default_site = "letters.admin.site.Desk"


def _record_keys(**kwargs: Any) -> None:
    from letters.services import keys  # noqa: PLC0415 - models cannot be imported before the apps are ready

    keys.record()
