"""A letter to somebody in power: who publishes it, when it may be signed, and how."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import available_timezones

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from letters import addresses, crypto, limits
from letters.enums import FieldRule, LetterStatus, Phase
from letters.models.organization import Organization
from letters.models.told import KNOWN, Told


def check_time_zone(value: str) -> None:
    """Raise ValidationError for a name that the time zone database does not hold."""
    if value not in available_timezones():
        raise ValidationError(_("Choose a time zone like Europe/Berlin."), code="time_zone")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Which letters."""

    def public(self) -> LetterQuerySet:
        """Those that a reader may open."""
        return self.exclude(status__in=(LetterStatus.DRAFT, LetterStatus.WITHDRAWN))

    def in_state(self, state: Phase, *, at: datetime) -> LetterQuerySet:
        """Those open (closing soon or not), paused or closed, as `phase` says of a letter that has opened."""
        over = Q(status=LetterStatus.CLOSED) | Q(closes_at__lte=at)
        running = Q(closes_at=None) | Q(closes_at__gt=at)
        return self.filter(
            {
                Phase.OPEN: Q(status=LetterStatus.PUBLISHED) & running,
                Phase.PAUSED: Q(status=LetterStatus.PAUSED) & running,
                Phase.CLOSED: over,
            }[state]
        )

    def changed_since(self, since: datetime, *, at: datetime) -> LetterQuerySet:
        """Those of which readers see something that changed then or later: letter, number, or `turns`."""
        if since > at:
            return self.none()
        closing = limits.CLOSING_SOON
        return self.filter(
            Q(changed_at__gte=since)
            | Q(tally__as_of__gte=since)
            | Q(opens_at__gte=since, opens_at__lte=at)
            | Q(closes_at__gte=since, closes_at__lte=at)
            | Q(closes_at__gte=since + closing, closes_at__lte=at + closing)
        )


class Letter(Told):
    """One list of signatures under one letter, whatever its languages and versions.

    `origin` names its ledger: host and public id, as they were when it was published, for ever.
    """

    public_id = models.CharField(
        _("public id"), max_length=26, unique=True, default=crypto.public_id, editable=False
    )
    origin = models.CharField(_("ledger"), max_length=140, blank=True, editable=False)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="letters")
    status = models.CharField(_("status"), max_length=10, choices=LetterStatus, default=LetterStatus.DRAFT)

    created_at = models.DateTimeField(_("created"), editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(
        _("why withdrawn"), max_length=limits.WITHDRAWN_REASON_MAX, blank=True
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.CharField(_("who answered"), max_length=limits.ANSWERED_BY_MAX, blank=True)
    answer = models.TextField(_("answer"), max_length=limits.ANSWER_MAX, blank=True, help_text=_("Markdown."))
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC", validators=[check_time_zone])
    place = models.CharField(
        _("place"), max_length=80, blank=True, help_text=_("Beside the date, like Brussels.")
    )

    role_field = models.CharField(_("role"), max_length=8, choices=FieldRule, default=FieldRule.OPTIONAL)
    affiliation_field = models.CharField(
        _("affiliation"), max_length=8, choices=FieldRule, default=FieldRule.OPTIONAL
    )
    country_field = models.CharField(
        _("country"), max_length=8, choices=FieldRule, default=FieldRule.OPTIONAL
    )
    form_labels = models.JSONField(_("own names of the fields"), default=dict, blank=True)  # see labels.py
    names_after_review = models.BooleanField(_("show names only after review"), default=False)
    discreet = models.BooleanField(
        _("discreet mails"), default=False, help_text=_("The subject of a mail does not name the letter.")
    )
    names_in_api = models.BooleanField(_("names in the API and in files"), default=False)
    forgotten_at = models.DateTimeField(_("addresses deleted"), null=True, editable=False)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    target_reason = models.CharField(
        _("why this target"), max_length=200, blank=True, help_text=_("Like: needed by 30 April to be heard.")
    )
    # Which pages of the desk were saved while it was a draft.
    stages_done = ArrayField(models.CharField(max_length=12), default=list, editable=False)
    address_rules = models.PositiveSmallIntegerField(default=addresses.CURRENT, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = LetterQuerySet.as_manager()

    class Privacy:
        personal = ()
        public = (
            "public_id", "origin", "slug", "organization", "published_at", "closed_at", "withdrawn_at",
            "withdrawn_reason", "answered_at", "answered_by", "answer", "opens_at", "closes_at", "time_zone",
            "place", "target", "target_reason", "changed_at", "recipients", "recipients_named", "notices",
            "kept_until",
        )  # fmt: skip
        kept = (
            "id", "status", "created_at", "paused_at", "role_field", "affiliation_field", "country_field",
            "form_labels", "names_after_review", "discreet", "stages_done", "names_in_api", "address_rules",
            "revision", "forgotten_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-published_at", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="letter_status_known"),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.DRAFT, published_at=None)
                | (~Q(status=LetterStatus.DRAFT) & Q(published_at__isnull=False, opens_at__isnull=False)),
                name="letter_published_has_times",
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.DRAFT) | ~Q(origin=""), name="letter_published_has_origin"
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.PAUSED, paused_at__isnull=False)
                | (~Q(status=LetterStatus.PAUSED) & Q(paused_at=None)),
                name="letter_paused_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=LetterStatus.CLOSED) | Q(closed_at__isnull=False),
                name="letter_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=LetterStatus.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason="")
                | Q(withdrawn_at=None, withdrawn_reason="") & ~Q(status=LetterStatus.WITHDRAWN),
                name="letter_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by="", answer="")
                | Q(answered_at__isnull=False) & ~Q(answered_by="") & ~Q(answer=""),
                name="letter_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(opens_at=None) | Q(closes_at__gt=F("opens_at")),
                name="letter_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | (Q(target__gt=0) & ~Q(target_reason="")),
                name="letter_target_has_reason",
            ),
            KNOWN,
        )

    def __str__(self) -> str:
        return self.slug

    def phase(self, *, at: datetime) -> Phase:
        """Return what the letter is at `at`; the clock opens and closes it, no task does."""
        if self.status in (LetterStatus.DRAFT, LetterStatus.WITHDRAWN, LetterStatus.CLOSED):
            return Phase(self.status)
        if self.closes_at and at >= self.closes_at:
            return Phase.CLOSED
        if self.opens_at and at < self.opens_at:
            return Phase.SCHEDULED
        if self.status == LetterStatus.PAUSED:
            return Phase.PAUSED
        if self.closes_at and self.closes_at - at <= limits.CLOSING_SOON:
            return Phase.CLOSING
        return Phase.OPEN

    def lasts(self, *, at: datetime, most: int) -> int:
        """Return for how many seconds, up to `most`, the clock changes nothing about it."""
        changes = [moment for moment in self.turns() if moment > at]
        return min([most, *(int((moment - at).total_seconds()) for moment in changes)])

    def turns(self) -> list[datetime]:
        """Return the moments at which the clock changes its phase."""
        closing = self.closes_at and self.closes_at - limits.CLOSING_SOON
        return [moment for moment in (self.opens_at, closing, self.closes_at) if moment]

    def ended_at(self, *, at: datetime) -> datetime | None:
        """Return when signing ended, or None while it has not."""
        moments = (self.closed_at, self.closes_at, self.withdrawn_at)
        ends = [moment for moment in moments if moment and moment <= at]
        return min(ends, default=None)
