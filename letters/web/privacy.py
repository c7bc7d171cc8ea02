"""What we hold about the people who sign or report, said from the fields that hold it.

Every field that a model's `Privacy` calls personal belongs to one group here, with what it is for, who
sees it, and until when it is kept; a test fails on a field without a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from letters import consents, limits
from letters.models import (
    Block,
    Erasure,
    Feature,
    Guest,
    Invitation,
    Mailbox,
    Message,
    PressLink,
    Report,
    Signature,
)
from letters.web import caching

TIMES: Final = {
    "pending_days": limits.PENDING_KEPT.days,
    "closing_days": limits.KEPT_AFTER_CLOSING.days,
    "mail_days": limits.GIVE_UP_AFTER.days,
    "most_mails": limits.UNANSWERED_MOST,
    "invitation_days": limits.INVITED_FOR.days,
    "guest_days": limits.GUEST_FOR.days,
    "press_days": limits.PRESS_KEPT.days,
    "report_days": limits.REPORT_KEPT.days,
    "open_report_days": limits.REPORT_KEPT_OPEN.days,
    "cookie_minutes": int(limits.MANAGE_FOR.total_seconds()) // 60,
    "number_minutes": int(limits.SEALED_WITHIN.total_seconds()) // 60,
}


@dataclass(frozen=True)
class Group:
    """Fields that are held for the same reason, seen by the same people, and kept as long."""

    title: Promise
    fields: dict[type[Model], tuple[str, ...]]
    purpose: Promise
    seen_by: Promise
    until: Promise

    def said(self) -> dict[str, str]:
        """Return its sentences with the numbers that they name."""
        sentences = ("title", "purpose", "seen_by", "until")
        return {name: str(getattr(self, name)) % TIMES for name in sentences}


NAMED: Final = {
    "legal_name": _("(the organization’s legal name)"),
    "recipients": _("(whom it names)"),
    "until": _("(a day)"),
}
"""What stands in the words that people agree to where a letter says its own."""
UNTIL_ERASED: Final = _(
    "Until you are forgotten or delete it. A form that nobody confirms: %(pending_days)s days."
)
DESK: Final = _("You, the organization, and whoever runs this site.")
GROUPS: Final = (
    Group(
        _("Name, role, affiliation, country, and who may see them"),
        {
            Signature: (
                "name",
                "search_name",
                "role",
                "affiliation",
                "country",
                "visibility",
                "display",
                "declined",
            )
        },
        _("To stand under the letter, and to be found there by name."),
        _("Everyone, if you chose so. Otherwise you, the organization, and whoever runs this site."),
        UNTIL_ERASED,
    ),
    Group(
        _("Email address"),
        {Signature: ("email_sealed", "email_key"), Message: ("recipient_sealed", "mailbox")},
        _(
            "To confirm that it is you, to send you links, to count a mailbox once, to tell you if the text "
            "is amended, and for news if you asked."
        ),
        _("Nobody but you. It is encrypted, with a key kept apart from the database."),
        _(
            "%(closing_days)s days after the letter closes, or as long as you want news. Unconfirmed: "
            "%(pending_days)s days. With a mail that waits: at most %(mail_days)s days."
        ),
    ),
    Group(
        _("Why you signed"),
        {Signature: ("reason", "reason_display")},
        _("To be read beside your name, if you wrote something."),
        _("Everyone, once a person of the organization has read it and while your name is shown."),
        _("Until you take it away, are forgotten, or delete it."),
    ),
    Group(
        _("Language, news or not, and the version of the words you agreed to"),
        {Signature: ("language", "updates", "consent_version")},
        _("To write to you as you want, and to know what you agreed to."),
        DESK,
        UNTIL_ERASED,
    ),
    Group(
        _("When you signed, confirmed or withdrew, and what shows that it was you"),
        {Signature: ("created_at", "confirmed_at", "held_at", "removed_at", "withdrawn_at", "evidence")},
        _("To count you at the right time, and to answer questions about it."),
        DESK,
        UNTIL_ERASED,
    ),
    Group(
        _("How the form reached us"),
        {Signature: ("form_key", "source", "code_tries", "reminded_at")},
        _("To stop guessing of codes and to remind you once. A mark of the form, and which link led to it."),
        DESK,
        UNTIL_ERASED,
    ),
    Group(
        _("That somebody checked that it was you"),
        {Feature: ("signature", "checked_by", "checked_how", "checked_at")},
        _("To show your name first, with who checked, how and when."),
        _("Everyone, while your name is shown."),
        _("Until you change what your signature says, withdraw it, or are forgotten."),
    ),
    Group(
        _("The secret of your receipt"),
        {Signature: ("salt_sealed",)},
        _("To prove to you that your signature is in the public list."),
        _("You, in your receipt. It is encrypted like your address."),
        _("Until you are forgotten or delete it. Then nobody can tie the list to you, not even we."),
    ),
    Group(
        _("How many mails a mailbox got that did not ask"),
        {Mailbox: ("key", "day", "unanswered", "never_again_at")},
        _("To send it at most %(most_mails)s a day, and none after “never again”."),
        _("Nobody. It is a keyed fingerprint of the address."),
        _("Until the day is over; after “never again”, until you ask us to write again."),
    ),
    Group(
        _("A block"),
        {Block: ("key", "reason")},
        _("To leave forms from a mailbox or a mail domain unanswered, with the reason."),
        _("The organization, and whoever runs this site. Of an address they see no more than a fingerprint."),
        _("Until it is lifted."),
    ),
    Group(
        _("An invitation to work here"),
        {Invitation: ("email_sealed", "invited_by")},
        _("To mail it to you once, and to let the team take it back."),
        _("Whoever decides who is in the team, and whoever runs this site. Your address is encrypted."),
        _("Until you accept it or it is taken back, and at most %(invitation_days)s days."),
    ),
    Group(
        _("An invitation to sign"),
        {Guest: ("key", "email_sealed", "words", "invited_by")},
        _("To mail it to you once, and never a second time."),
        _(
            "Of your address, which is encrypted, the organization sees the beginning and the domain. That "
            "you signed, it sees there only if everyone sees your name."
        ),
        _(
            "Until you sign under a name that everyone sees, are forgotten, or it is taken back, and at most "
            "%(guest_days)s days. A keyed fingerprint of the address: as long as addresses of signatories."
        ),
    ),
    Group(
        _("A link for the press"),
        {PressLink: ("recipient", "made_by", "agreed_at", "read_at", "times")},
        _("To show a letter before it opens to whoever keeps an embargo, and to know who agreed to it."),
        _("Whoever publishes letters for the organization, and whoever runs this site."),
        _("%(press_days)s days after the embargo has ended."),
    ),
    Group(
        _("A report of a name"),
        {Report: ("name", "words", "email_sealed", "language", "settled_by", "note")},
        _("To decide about the name, and to answer you if you want."),
        _(
            "The organization, and whoever runs this site. Your address is encrypted; each look at it is "
            "recorded."
        ),
        _("%(report_days)s days after it is settled, %(open_report_days)s days in any case."),
    ),
    Group(
        _("That somebody was forgotten"),
        {Erasure: ("uid", "at", "journaled_at")},
        _("To forget them again if the database is ever restored from a copy."),
        _("Whoever runs this site. It is a random number and a time."),
        _("For good."),
    ),
)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a signatory, why, who sees it, and for how long."""
    said = [
        (one, one.notice_of(**{name: str(words) for name, words in NAMED.items()}))
        for one in consents.VERSIONS
    ]
    context = {"groups": [group.said() for group in GROUPS], "consents": said, **TIMES}
    response = render(request, "letters/privacy.html", context)
    return caching.public(response, shared_seconds=limits.LETTER_SHARED_SECONDS)
