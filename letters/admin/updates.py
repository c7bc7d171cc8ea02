"""Updates: written as a draft, looked at with the number of those it reaches, then sent for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from letters import languages, limits, prose
from letters.admin.acting import Act, Acting
from letters.admin.forms import newest_text
from letters.admin.moments import moment
from letters.admin.pages import Served, person
from letters.admin.rights import Rights
from letters.admin.site import page_of
from letters.models import Update, User
from letters.queries import mailings
from letters.roles import Action
from letters.services import updates


class UpdateForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """What is told, of which letter, in which language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages.choices, initial="en")
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=limits.TITLE_MAX,
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("It stands in the subject of the mail, unless the mails are discreet."),
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=limits.UPDATE_MAX,
        widget=AdminTextareaWidget(attrs={"rows": 14}),
        help_text=gettext_lazy("What came of the letter, in markdown, as in the letter itself."),
    )

    class Meta:
        model = Update
        fields = ("letter", "language", "title", "body")


class SendForm(forms.Form):
    """What was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)


def _sending(update: Update, at: datetime) -> list[str]:
    people = mailings.subscribers(letter=update.letter)
    text = newest_text(update.letter)
    return [
        format_html("{}: <bdi>{}</bdi>", _("Letter"), text.title if text else update.letter),
        _("Nobody who signed asked for news, so no mail leaves.")
        if not people
        else ngettext(
            "%(people)s person who signed asked for news and gets it by mail, with a way to get no more.",
            "%(people)s people who signed asked for news and get it by mail, with a way to get no more.",
            people,
        )
        % {"people": people},
        _("Anyone can read it on the page of the letter."),
        _("It can no longer be changed or taken back. Mails that have not left yet can be stopped."),
        format_html(
            '<div lang="{}" dir="{}"><h3>{}</h3>{}</div>',
            update.language,
            languages.direction(update.language),
            update.title,
            prose.html(update.body),
        ),
    ]


def _send(update: Update, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return updates.publish(update=update, seen=said["seen"], by=by, at=at)


SEND: Final = Act(
    name="send",
    button=gettext_lazy("Publish and send"),
    question=gettext_lazy("Publish and send this update?"),
    done=gettext_lazy("The update is public, and its mails are on their way."),
    fits=lambda update: update.published_at is None,
    service=_send,
    consequences=_sending,
    form=SendForm,
    begins=lambda update: {"seen": update.seen_digest()},
    leads=True,
    asks_again=True,
)


@page_of(Update)
class Updates(Acting, Served):
    """Drafts, and what was told."""

    acts = (SEND,)
    acting = Action.SEND
    rights = Rights(view=Action.SEND, add=Action.SEND, change=Action.SEND)
    form = UpdateForm
    list_display = ("title", "letter", "published")
    list_filter = ("letter",)
    list_select_related = ("letter",)
    ordering = ("-pk",)
    sortable_by = ()
    published = moment("published_at", gettext_lazy("published"))

    @admin.display(description=gettext_lazy("Text"))
    def text(self, row: Update) -> SafeString:
        """What readers see."""
        return prose.html(row.body)

    @admin.display(description=gettext_lazy("mails"))
    def mails(self, row: Update) -> str:
        """The way to how far they are."""
        page = reverse("admin:letters_mailing_change", args=[row.mailing.pk])
        return format_html('<a href="{}">{}</a>', page, _("How far they are"))

    @admin.display(description=gettext_lazy("published by"))
    def publisher(self, row: Update) -> str:
        """Who sent it, without the way to a page of logins."""
        return str(row.by or "")

    def get_fields(self, request: HttpRequest, obj: Update | None = None) -> tuple[str, ...]:
        """Ask for the words, or show them."""
        told = ("letter", "language", "title", "text", "published", "publisher", "mails")
        return told if obj and obj.published_at else ("letter", "language", "title", "body")

    def get_readonly_fields(self, request: HttpRequest, obj: Update | None = None) -> tuple[str, ...]:
        """Nobody changes what is public."""
        return self.get_fields(request, obj) if obj and obj.published_at else ()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever may, until it is public."""
        public = isinstance(obj, Update) and obj.published_at is not None
        return not public and super().has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer letters that readers know, without links to other pages."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(status__in=updates.TELLING)
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Draw a plain choice of letters."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "letter":
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def save_model(self, request: HttpRequest, obj: Update, form: Any, change: bool) -> None:
        """Keep the draft by the service."""
        updates.write(update=obj, by=person(request), at=timezone.now())

    def response_post_save_add(self, request: HttpRequest, obj: Update) -> HttpResponseRedirect:
        """Stay with the draft: it is not sent yet."""
        return self.back(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Update) -> HttpResponseRedirect:
        """Stay with the draft."""
        return self.back(obj)

    def subject(self, row: Update) -> str:
        """Events name the letter that it tells of."""
        return row.letter.public_id
