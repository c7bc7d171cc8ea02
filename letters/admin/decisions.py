"""What a second person can be asked for: who may answer, what they are shown, and what an answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from letters import differences, languages
from letters.admin import weighing
from letters.admin.moments import both
from letters.admin.rights import may, reach
from letters.differences import Words
from letters.enums import ApprovalKind
from letters.models import Approval, LetterText, User, Withholding
from letters.roles import Action
from letters.services import publications, resets, versions, withholdings


@dataclass(frozen=True)
class Decision:
    """One kind of approval. `action` says who answers; None leaves it to the platform's operators.

    `shows` returns what the second person has to look at, `effects` what follows from a yes.
    `service` is called with pk, grounds, by and at; `publishes` says whether readers see the grounds.
    """

    action: Action | None
    shows: Callable[[Approval], SafeString]
    effects: tuple[str | Promise, ...]
    service: Callable[..., object]
    publishes: bool = False


def _letter(approval: Approval) -> SafeString:
    letter = approval.letter
    if letter is None:
        return format_html("")
    page = reverse("letters:preview", args=[letter.pk])
    codes = letter.texts.filter(published_at=None).order_by("-authoritative", "language")
    says = _("The letter as readers will see it: %(language)s")
    links = [
        (f"{page}?language={code}", says % {"language": languages.name(code)})
        for code in codes.values_list("language", flat=True)
    ]
    times = [(_("Opens"), letter.opens_at), (_("Closes"), letter.closes_at)]
    shown = [f"{called}: {both(at, zone=letter.time_zone) if at else '–'}" for called, at in times]
    pages = format_html_join("", '<li><a href="{}">{}</a></li>', links)
    return format_html("<ul>{}<li>{}</li><li>{}</li></ul>", pages, *shown)


def _correction(approval: Approval) -> SafeString:
    """Return what changes, and what of it made a second person necessary."""
    data = approval.data
    base = LetterText.objects.get(letter=approval.letter_id, number=data["number"])
    if base.withholding_id:
        return format_html("<p>{}</p>", _("The text that it was compared with is withheld by order of law."))
    old = Words(base.title, base.addressees, base.body)
    new = Words(data["title"], data["addressees"], data["body"])
    context = {
        "differences": differences.between(old, new),
        "found": weighing.found(old=old, new=new, language=base.language),
        "language": base.language,
    }
    return mark_safe(render_to_string("admin/letters/letter/weighed.html", context))  # noqa: S308 - a template


def _person(approval: Approval) -> SafeString:
    user = User.objects.get(pk=approval.data["user"])
    return format_html("<bdi>{}</bdi>, {}", user, user.email)


def _withholding(approval: Approval) -> SafeString:
    """Return the order, and the pages of the texts that it is about."""
    data = approval.data
    order = Withholding.objects.get(pk=data["lift"]) if data["lift"] else None
    said = order.said() if order else data
    lines = [str(_("To be lifted:"))] if order else []
    lines += [said[name] for name in ("authority", "reference", "ordered_on", "reason")]
    texts = LetterText.objects.filter(letter=approval.letter_id, number__in=data.get("numbers", ()))
    pages = [
        (reverse("letters:ledger_text", args=[approval.subject, text.number]), text.version, text.language)
        for text in texts.order_by("number")
    ]
    return format_html(
        "<ul>{}{}</ul>",
        format_html_join("", "<li>{}</li>", ([line] for line in lines)),
        format_html_join("", '<li><a href="{}">{}, {}</a></li>', pages),
    )


DECISIONS: Final[dict[ApprovalKind, Decision]] = {
    ApprovalKind.PUBLICATION: Decision(
        action=Action.PUBLISH,
        shows=_letter,
        effects=(
            _("The letter can be published as it stands."),
            _("When anything in it is changed before, you are asked again."),
        ),
        service=publications.approve,
    ),
    ApprovalKind.CORRECTION: Decision(
        action=Action.PUBLISH,
        shows=_correction,
        effects=(
            _("It is published at once, as a correction: whoever signed gets no mail about it."),
            _("If the letter says something else now, decline: it has to be an amendment."),
        ),
        service=versions.correct,
        publishes=True,
    ),
    ApprovalKind.FACTOR_RESET: Decision(
        action=Action.TEAM,
        shows=_person,
        effects=(
            _("Make sure yourself that this person lost it, and that the reason holds."),
            _("Every second factor of theirs is removed, and they are logged out everywhere."),
            _("They get a mail with a link, and enrol a new one with their password."),
        ),
        service=resets.give,
    ),
    ApprovalKind.WITHHOLDING: Decision(
        action=None,
        shows=_withholding,
        effects=(
            _("It is done at once: withheld words are shown nowhere, and cannot be signed."),
            _("Names, number and the fingerprint of the words stay. Two operators can undo it."),
        ),
        service=withholdings.carry_out,
    ),
}


def own(request: HttpRequest) -> Q:
    """Return which approvals whoever is at the desk may see: those that they might be asked for."""
    if reach(request).everything:
        return Q()
    found = Q(pk=None)
    for kind, decision in DECISIONS.items():
        if decision.action:
            found |= Q(kind=kind, organization__in=reach(request).organizations(decision.action))
    return found


def answers(request: HttpRequest, approval: Approval) -> bool:
    """Return whether whoever is at the desk may answer: it is theirs to do, and they did not ask."""
    decision = DECISIONS[ApprovalKind(approval.kind)]
    theirs = may(request, decision.action, organization_id=approval.organization_id)
    return theirs and approval.asked_by_id != request.user.pk


def somewhere(request: HttpRequest) -> bool:
    """Return whether anybody could ever ask this person."""
    actions: set[Any] = {decision.action for decision in DECISIONS.values()} - {None}
    return reach(request).everything or any(reach(request).may_somewhere(action) for action in actions)
