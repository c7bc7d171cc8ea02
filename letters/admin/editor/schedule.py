"""The schedule stage: when signing begins and ends, on a clock in the letter's time zone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from letters import clocks
from letters.admin.editor.forms import StageForm
from letters.admin.forms import MomentInput
from letters.admin.moments import both
from letters.models import Letter

TIME_ZONES: Final = [(name, name.replace("_", " ")) for name in sorted(available_timezones())]
MOMENTS: Final = ("opens_at", "closes_at")
SKIPPED: Final = _(
    "There is no %(time)s in %(zone)s: the clocks go forward and skip it. "
    "Choose another time, like %(before)s or %(after)s."
)
REPEATED: Final = _(
    "%(time)s comes twice in %(zone)s, because the clocks go back. "
    "Choose another time, like %(before)s or %(after)s."
)


class WallClockField(forms.Field):
    """What a clock shows, without a zone."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime | None:
        """Read what browsers send, to the minute; also words with a space between day and time."""
        if not value:
            return None
        try:
            wall = datetime.fromisoformat(str(value).strip())
        except ValueError as error:
            raise ValidationError(_("Enter a day and a time, like 2027-05-01 10:00.")) from error
        if wall.tzinfo:
            raise ValidationError(_("Enter the time without a zone. It is that of the letter."))
        return wall.replace(second=0, microsecond=0)


class ScheduleForm(StageForm):
    """Times are typed in the zone that is chosen beside them.

    Another zone keeps what was typed, so that nine o'clock stays nine o'clock, and moves the moment;
    a time that has passed stays the moment that it was.
    """

    opens_at = WallClockField(label=_("Opens"), required=False)
    closes_at = WallClockField(label=_("Closes"), required=False)
    sections = (
        (
            _("When people can sign"),
            _("Times are those of the zone that you choose here. Readers see them in it, too."),
            ("time_zone", *MOMENTS),
        ),
    )

    class Meta:
        model = Letter
        fields = ("time_zone",)
        widgets = {"time_zone": forms.Select(choices=TIME_ZONES)}  # noqa: RUF012 - Django's own declaration
        help_texts = {"time_zone": _("The place that matters for the letter, like Europe/Brussels.")}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in MOMENTS}
        self.zone_before = self.instance.time_zone
        empty = {
            "opens_at": _("Empty: it opens when you publish it."),
            "closes_at": _("Empty: it stays open until you close it."),
        }
        for name in MOMENTS:
            if name not in self.fields:
                continue
            moment = self.before[name]
            self.fields[name].help_text = self._saved(moment) if moment else empty[name]
            self.initial[name] = moment and clocks.wall(moment=moment, zone=self.zone_before)
        if "opens_at" in self.fields and self.instance.published_at:
            self.fields["opens_at"].required = True

    def _saved(self, moment: datetime) -> str:
        return str(_("Saved: %(moment)s.")) % {"moment": both(moment, zone=self.zone_before)}

    def told(self, name: str) -> Any:
        """Say a time in both zones."""
        value = getattr(self.instance, name)
        return both(value, zone=self.instance.time_zone) if name in MOMENTS and value else super().told(name)

    def clean(self) -> dict[str, Any]:
        """Find the moments, and say what does not go together."""
        cleaned: dict[str, Any] = super().clean() or {}
        zone = cleaned.get("time_zone")
        moments = dict(self.before)
        for name in MOMENTS:
            if zone and name in cleaned:
                moments[name] = self._moment(name, cleaned[name], zone)
        opens, closes = moments["opens_at"], moments["closes_at"]
        if opens and closes and closes <= opens and "closes_at" in cleaned:
            self.add_error("closes_at", _("Choose a closing time after the opening time."))
        if "closes_at" in cleaned and closes and closes <= timezone.now():
            self.add_error("closes_at", _("Choose a closing time that has not passed."))
        for name, moment in moments.items():
            setattr(self.instance, name, moment)
        return cleaned

    def _moment(self, name: str, wall: datetime | None, zone: str) -> datetime | None:
        """Return the moment that was typed; None, with an error, where there is no such one."""
        before: datetime | None = self.before[name]
        if wall is None:
            return None
        if before and zone == self.zone_before:
            # A time that comes twice is only told apart by what is stored.
            shown = clocks.wall(moment=before, zone=zone).replace(second=0, microsecond=0)
            if shown == wall:
                return before
        try:
            return clocks.moment(wall=wall, zone=zone)
        except clocks.Unclear as unclear:
            says = SKIPPED if isinstance(unclear, clocks.Skipped) else REPEATED
            times = {"time": wall, "before": unclear.before, "after": unclear.after}
            words = {name: formats.date_format(time, "DATETIME_FORMAT") for name, time in times.items()}
            self.add_error(name, str(says) % {"zone": zone, **words})
        return None

    def options(self) -> list[str]:
        """Those that are fixed stay as they are."""
        return [name for name in ("time_zone", *MOMENTS) if name in self.fields]
