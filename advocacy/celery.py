"""The Celery application. Its messages are hints; the work itself is a row in PostgreSQL.

Tasks acknowledge early and keep no results: a hint that is lost is followed by the next one,
and a row that a crash left behind is claimed again when its lease ends.
"""

import os
from typing import Any, Final

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init
from django.conf import settings

from advocacy import startup

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")


def _broker(url: str) -> str:
    """Return the URL as Celery's transport spells it: a unix socket has its own scheme there."""
    if not url.startswith("unix://"):
        return url
    return "redis+socket://" + url.removeprefix("unix://").replace("?db=", "?virtual_host=")


# A hint that nobody took in time is dropped: the next one is already there.
BEAT: Final = {
    "deliver": {"task": "letters.tasks.messages.deliver", "schedule": 1.0, "options": {"expires": 1}},
    "seal": {
        "task": "letters.tasks.ledger.seal",
        "schedule": float(settings.LEDGER_SEAL_SECONDS),
        "options": {"expires": settings.LEDGER_SEAL_SECONDS},
    },
    "settle": {"task": "letters.tasks.ledger.settle", "schedule": 5.0, "options": {"expires": 5}},
    "remember": {
        "task": "letters.tasks.ledger.remember",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "watch": {"task": "letters.tasks.ledger.watch", "schedule": 60.0, "options": {"expires": 60}},
    "mail_many": {"task": "letters.tasks.mailings.advance", "schedule": 2.0, "options": {"expires": 2}},
    "draw": {"task": "letters.tasks.cards.draw", "schedule": 10.0, "options": {"expires": 10}},
    "refresh": {"task": "letters.tasks.breakdowns.refresh", "schedule": 10.0, "options": {"expires": 10}},
    "figure": {"task": "letters.tasks.figures.refresh", "schedule": 10.0, "options": {"expires": 10}},
    "freeze": {
        "task": "letters.tasks.snapshots.freeze",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "remind": {"task": "letters.tasks.signatures.remind", "schedule": crontab(minute="20")},
    "expire": {"task": "letters.tasks.signatures.expire", "schedule": crontab(minute="40")},
    "close": {"task": "letters.tasks.letters.close", "schedule": crontab(hour="2", minute="0")},
    "forget": {"task": "letters.tasks.signatures.forget", "schedule": crontab(hour="2", minute="30")},
    "recount": {"task": "letters.tasks.ledger.recount", "schedule": crontab(hour="3", minute="10")},
}

app = Celery("advocacy")
app.conf.update(
    broker_url=_broker(settings.REDIS_URL),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # Redis may be away for a night; the worker goes on asking
    beat_schedule=BEAT,
    task_ignore_result=True,
    task_acks_late=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    task_soft_time_limit=90,
    task_time_limit=120,
    task_default_queue="default",
    task_routes={
        "letters.tasks.messages.*": {"queue": "mail"},
        "letters.tasks.ledger.*": {"queue": "ledger"},
    },
    timezone="UTC",
)
app.autodiscover_tasks(["letters"])


@worker_init.connect
def refuse_misfit(**kwargs: Any) -> None:
    """Do not start on a database that does not fit."""
    startup.refuse_misfit()
