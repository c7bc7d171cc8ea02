"""Blocks: whose forms get no answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

from letters import addresses, limits
from letters.admin.moments import moment
from letters.admin.pages import Lifted, person
from letters.admin.rights import Rights, reach
from letters.admin.site import page_of
from letters.models import Block
from letters.roles import Action
from letters.services import blocks


class BlockForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """Who is meant, as it is typed. Of an address only its key is stored."""

    who = forms.CharField(
        label=_("Address or mail domain"),
        max_length=limits.EMAIL_MAX,
        widget=AdminTextInputWidget,
        help_text=_("Like name@example.com, or example.com for everybody there. An address is not stored."),
    )

    class Meta:
        model = Block
        fields = ("letter", "reason")
        help_texts = {"letter": _("Empty: on every letter.")}  # noqa: RUF012 - Django's own declaration

    def clean_who(self) -> str:
        """Return something that is an address, or becomes one with a name in front."""
        who: str = self.cleaned_data["who"].strip()
        try:
            validate_email(who if "@" in who else f"name@{who}", check_deliverability=False)
        except EmailNotValidError as error:
            raise ValidationError(_("Enter an address like name@example.com or a domain.")) from error
        return who


@page_of(Block)
class Blocks(Lifted):
    """Forms of whom a block names are taken as ever, so that nobody learns of it; no mail leaves."""

    rights = Rights(view=Action.MODERATE, add=Action.MODERATE)
    form = BlockForm
    list_display = ("__str__", "letter", "reason", "since")
    list_select_related = ("letter",)
    since = moment("created_at", _("since"))

    def get_fields(self, request: HttpRequest, obj: Block | None = None) -> tuple[str, ...]:
        """Ask for whom; of what is stored only the domain can be shown."""
        return ("domain", "letter", "reason", "since") if obj else ("who", "letter", "reason")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Leave the whole site to the platform's operators."""
        if not reach(request).everything:
            kwargs |= {"required": True, "help_text": ""}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: lift it and put another."""
        return False

    def save_model(self, request: HttpRequest, obj: Block, form: Any, change: bool) -> None:
        """Put the block by the service."""
        who = form.cleaned_data["who"]
        if "@" in who:
            obj.key = addresses.site_key(who)
        else:
            obj.domain = addresses.domain_of(f"name@{who}")
        blocks.put(block=obj, by=person(request), at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Block) -> None:
        """Lift it by the service."""
        blocks.lift(block=obj, by=person(request), at=timezone.now())

    def subject(self, row: Block) -> str:
        """Events name a block by its number."""
        return str(row.pk)
