"""Publishing a letter: what it needs before, where that is put right, and the second person."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextInputWidget
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters import limits
from letters.admin.acting import Act, Demand, simply
from letters.admin.moments import both
from letters.enums import LetterStatus
from letters.models import Letter
from letters.records.readiness import Check, Part
from letters.services import letters, publications


class AskForm(forms.Form):
    """What the other person should look at."""

    reason = forms.CharField(
        label=gettext_lazy("What you want to say to them"),
        max_length=limits.APPROVAL_REASON_MAX,
        required=False,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("Like: please read the French text with care."),
    )


WAYS: Final[dict[Part, str | Promise]] = {
    Part.TEXT: gettext_lazy("Write it"),
    Part.TRANSLATION: gettext_lazy("Open the translation"),
    Part.ORGANIZATION: gettext_lazy("Open the organization"),
    Part.DATA: gettext_lazy("Say what becomes of data"),
    Part.SCHEDULE: gettext_lazy("Change the times"),
    Part.PREVIEW: gettext_lazy("Open the preview"),
    Part.SECOND: gettext_lazy("Ask another person"),
}
"""What the link is called; what has none is not theirs to put right."""


def address(letter: Letter) -> str:
    """Return where readers find a letter."""
    return f"{settings.SITE_URL}{reverse('letters:letter', args=[letter.slug])}"


def demands(letter: Letter, at: datetime) -> list[Demand]:
    """Return all of it, in the order in which a person works."""
    found = letters.checks(letter=letter, at=at)
    return [demand(letter, check) for check in found]


def demands_of_asking(letter: Letter, at: datetime) -> list[Demand]:
    """Return what has to be so before another person looks at it: all but what they say."""
    found = letters.checks(letter=letter, at=at)
    return [demand(letter, check) for check in found if check.part != Part.SECOND]


def demand(letter: Letter, check: Check) -> Demand:
    """Return what one rule says, with the way to where it is put right."""
    if check.fine or check.part not in WAYS:
        return Demand(check.says, check.fine)
    return Demand(check.says, check.fine, _page(letter, check), WAYS[check.part])


def _page(letter: Letter, check: Check) -> str:
    preview = reverse("letters:preview", args=[letter.pk])
    pages = {
        Part.ORGANIZATION: reverse("admin:letters_organization_change", args=[letter.organization_id]),
        Part.DATA: reverse("admin:letters_letter_notice", args=[letter.pk]),
        Part.SCHEDULE: reverse("admin:letters_letter_schedule", args=[letter.pk]),
        Part.PREVIEW: f"{preview}?language={check.language}",
        Part.SECOND: reverse("admin:letters_letter_ask", args=[letter.pk]),
    }
    if check.part == Part.TRANSLATION:
        return reverse("admin:letters_letter_translation", args=[letter.pk, check.language])
    return pages.get(check.part, reverse("admin:letters_letter_text", args=[letter.pk]))


def _publishing(letter: Letter, at: datetime) -> list[str]:
    if letter.opens_at and letter.opens_at > at:
        first = _(
            "Anyone can see at %(address)s that the letter opens on %(moment)s. "
            "Its text appears and signing begins at that time."
        ) % {"address": address(letter), "moment": both(letter.opens_at, zone=letter.time_zone)}
    else:
        first = _("Anyone can read the letter at %(address)s and sign it at once.") % {
            "address": address(letter)
        }
    told = _("What people are told about their data can no longer be changed.")
    if letter.closes_at:
        last = _("Signing ends on %(moment)s. You can close it earlier.") % {
            "moment": both(letter.closes_at, zone=letter.time_zone)
        }
    elif letter.latest_end:
        last = _(
            "Signing goes on until you close the letter, at the longest until %(moment)s: addresses are "
            "deleted 30 days later, as people are told."
        ) % {"moment": both(letter.latest_end, zone=letter.time_zone)}
    else:
        last = _("Signing goes on until you close the letter.")
    fixed = _("The text, the address and the organization can no longer be changed.")
    return [first, fixed, told, last]


def _asking(letter: Letter, at: datetime) -> list[str]:
    return [
        _("Whoever else of the team may publish finds it under Approvals, looks at the letter, and answers."),
        _("When anything in the letter is changed before it is published, you ask again."),
    ]


def _wants_second(letter: Letter) -> bool:
    return letter.status == LetterStatus.DRAFT and letter.organization.publishes_by_two


PUBLISH: Final = Act(
    name="publish",
    button=gettext_lazy("Publish"),
    question=gettext_lazy("Publish this letter?"),
    done=gettext_lazy("The letter is published."),
    fits=lambda letter: letter.status == LetterStatus.DRAFT,
    service=simply(letters.publish),
    consequences=_publishing,
    asks_again=True,
    leads=True,
    demands=demands,
)
ASK: Final = Act(
    name="ask",
    button=gettext_lazy("Ask another person"),
    question=gettext_lazy("Ask another person to approve this letter?"),
    done=gettext_lazy("Another person is asked. You can publish the letter when they have approved it."),
    fits=_wants_second,
    service=simply(publications.ask),
    consequences=_asking,
    form=AskForm,
    demands=demands_of_asking,
)
