"""How a signature and a moment are written."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache as once
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats
from django.utils.translation import get_language
from django_countries import countries

from letters import languages
from letters.models import Letter, Signature

register = template.Library()
NO_BREAK = "\u00a0"


class Notice(NamedTuple):
    """What is said of data, and in which language where it is not that of the page."""

    words: str
    language: str = ""


@register.filter
def beside(signature: Signature) -> str:
    """Return what stands beside a name: role, affiliation, country, as far as they were given."""
    country = _countries(get_language()).get(signature.country.code, "") if signature.country else ""
    return ", ".join(part for part in (signature.role, signature.affiliation, country) if part)


@register.simple_tag
def notice(letter: Letter, language: str) -> Notice:
    """Return what people who sign a text in this language are told about their data."""
    if not languages.is_spoken(language) and letter.notices.get(language):
        return Notice(letter.notices[language], language)
    named = letter.recipients_named.get(language) or next(iter(letter.recipients_named.values()), "")
    consent = letter.consent
    return Notice(
        consent.notice_of(
            letter.organization.legal_name,
            recipients=consent.recipients(letter.recipients, named),
            until=written(letter.data_until) if letter.data_until else "",
        )
    )


@register.filter
def day(moment: datetime, letter: Letter) -> str:
    """Return the date in the letter's time zone: 14 March 2026."""
    return formats.date_format(_local(moment, letter), "DATE_FORMAT").replace(" ", NO_BREAK)


@register.filter
def written(day: date) -> str:
    """Return a date that is one already: 14 March 2026."""
    return formats.date_format(day, "DATE_FORMAT").replace(" ", NO_BREAK)


@register.filter
def minute(moment: datetime, letter: Letter) -> str:
    """Return date, time and zone of a letter, with a place for a line break: 14 March 2026, 21:40 CET."""
    return _written(_local(moment, letter), "")


@register.filter
def second(moment: datetime, letter: Letter) -> str:
    """Return what `minute` does, to the second: 14 March 2026, 21:40:05 CET."""
    local = _local(moment, letter)
    return _written(local, f":{local:%S}")


@register.filter
def iso(moment: datetime) -> str:
    """Return the moment for a machine: 2026-03-14T20:40:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@once
def _countries(language: str | None) -> dict[str, str]:
    return dict(countries)


def _written(local: datetime, seconds: str) -> str:
    day, _, time = formats.date_format(local, "DATETIME_FORMAT").rpartition(" ")
    return f"{day.replace(' ', NO_BREAK)} {time}{seconds}{NO_BREAK}{local:%Z}"


def _local(moment: datetime, letter: Letter) -> datetime:
    return moment.astimezone(ZoneInfo(letter.time_zone))
