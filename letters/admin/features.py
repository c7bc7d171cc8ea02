"""Who stands first under a letter: put, move and take off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from letters import limits
from letters.admin.forms import OneLine
from letters.admin.moments import moment
from letters.admin.pages import Lifted, person
from letters.admin.rights import Rights, within
from letters.admin.site import page_of
from letters.models import Feature, Signature
from letters.refusal import Refusal
from letters.roles import Action
from letters.services import features
from letters.services.features import Check, Way

BUTTONS = ((Way.UP, "↑", _("Move up")), (Way.DOWN, "↓", _("Move down")))


class FeatureForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter
    """Whose signature was checked, by whom, how and when. Readers see all of it."""

    uid = forms.UUIDField(
        label=_("Signature"),
        widget=AdminTextInputWidget,
        help_text=_("Its uid. The page of a signature has a button that fills it in."),
    )
    checked_by = OneLine(
        label=_("Checked by"),
        max_length=limits.CHECKED_BY_MAX,
        help_text=_("The person who made sure. Readers see this name."),
    )
    checked_how = OneLine(
        label=_("How"),
        max_length=limits.CHECKED_HOW_MAX,
        help_text=_("Like: by telephone at her office."),
    )

    signatures: QuerySet[Signature]
    """Those among which it may be."""

    class Meta:
        model = Feature
        fields = ("checked_at",)
        widgets = {"checked_at": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}  # noqa: RUF012

    def clean_uid(self) -> UUID:
        """Find the signature."""
        uid: UUID = self.cleaned_data["uid"]
        found = self.signatures.filter(uid=uid).first()
        if found is None:
            raise ValidationError(_("There is no signature with this uid."))
        if not found.is_on_the_wall:
            raise ValidationError(str(features.NotShown.message))
        self.signature = found
        return uid


@page_of(Feature)
class Features(Lifted):
    """In the order in which readers see them. A name that is not shown any more is not featured either."""

    rights = Rights(view=Action.FEATURE, add=Action.FEATURE)
    form = FeatureForm
    list_display = ("name", "letter", "checked_by", "checked_how", "checked_at", "shown", "order")
    list_filter = ("letter",)
    list_select_related = ("letter", "signature")
    ordering = ("letter", "position")
    sortable_by = ()
    since = moment("created_at", _("featured"))

    @admin.display(description=_("name"))
    def name(self, row: Feature) -> str:
        """The name as it is now."""
        return row.signature.name

    @admin.display(description=_("shown"), boolean=True)
    def shown(self, row: Feature) -> bool:
        """Whether readers see it."""
        return row.signature.is_on_the_wall

    @admin.display(description=_("order"))
    def order(self, row: Feature) -> SafeString:
        """Two buttons; they send the form that the list stands in."""
        return format_html_join(
            " ",
            '<button class="button quiet" type="submit" formaction="{}" aria-label="{}: {}">{}</button>',
            (
                (reverse(f"admin:letters_feature_{way}", args=[row.pk]), says, row.signature.name, sign)
                for way, sign, says in BUTTONS
            ),
        )

    def get_fields(self, request: HttpRequest, obj: Feature | None = None) -> tuple[str, ...]:
        """Ask for all of it at once; afterwards it is looked at."""
        said = ("checked_by", "checked_how", "checked_at")
        return ("name", "letter", *said, "shown", "since") if obj else ("uid", *said)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let the form find signatures of those letters under which whoever asks may feature."""
        form: Any = super().get_form(request, *args, **kwargs)
        rows = Signature.objects.select_related("letter")
        form.signatures = within(request, self.rights.add, rows, home=self.home)
        return form

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: take it off and put it again."""
        return False

    def save_model(self, request: HttpRequest, obj: Feature, form: Any, change: bool) -> None:
        """Put it by the service, which makes the row."""
        cleaned = form.cleaned_data
        check = Check(by=cleaned["checked_by"], how=cleaned["checked_how"], on=cleaned["checked_at"])
        made = features.feature(
            letter=form.signature.letter,
            uid=cleaned["uid"],
            check=check,
            by=person(request),
            at=timezone.now(),
        )
        obj.pk, obj.letter, obj.signature = made.pk, made.letter, form.signature

    def response_add(
        self, request: HttpRequest, obj: Feature, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Say it without the row's number, and show the order."""
        messages.success(request, _("The signature is featured."))
        return HttpResponseRedirect(reverse("admin:letters_feature_changelist"))

    def delete_model(self, request: HttpRequest, obj: Feature) -> None:
        """Take it off by the service."""
        features.unfeature(pk=obj.pk, by=person(request), at=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        """Add where the buttons lead."""
        move = require_POST(self.admin_site.admin_view(self.move))
        moves = [path(f"<int:pk>/{way}/", move, {"way": way}, name=f"letters_feature_{way}") for way in Way]
        return moves + super().get_urls()

    def move(self, request: HttpRequest, pk: int, way: Way) -> HttpResponse:
        """Let two neighbours change places, and go back to the list of their letter."""
        row = self.get_object(request, str(pk))
        if not self.may(request, self.rights.add, row):
            raise PermissionDenied
        try:
            if row is None:
                raise features.Ended
            features.move(pk=pk, way=way, by=person(request), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        of_letter = f"?letter__id__exact={row.letter_id}" if row else ""
        return HttpResponseRedirect(reverse("admin:letters_feature_changelist") + of_letter)

    def heading(self, row: Feature) -> str:
        """It is called by the name."""
        return row.signature.name

    def subject(self, row: Feature) -> str:
        """Events name a signature by its uid."""
        return str(row.signature.uid)
