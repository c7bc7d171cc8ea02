"""The Celery application with waits of seconds instead of minutes: for the short versions alone.

Only how long a crash or a silent mail server delays a mail is shorter here, not what is done.
"""

from datetime import timedelta

from django.conf import settings

from advocacy.celery import app
from letters import limits

__all__ = ["app"]

limits.LEASE = timedelta(seconds=6)  # type: ignore[misc]
limits.LEASE_LEFT = timedelta(seconds=3)  # type: ignore[misc]
limits.RETRY_FIRST = timedelta(seconds=1)  # type: ignore[misc]
settings.EMAIL_TIMEOUT = 1
