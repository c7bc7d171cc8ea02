"""Taking a signature out of the number, and putting it back: two buttons on its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.admin.acting import Act
from letters.enums import RemovalReason, SignatureState
from letters.models import Signature, User
from letters.services import removals


class RemovalForm(forms.Form):
    """Why it does not count."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=RemovalReason.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The class of the reason stands in the public record, without a name."),
    )


def _removing(signature: Signature, at: datetime) -> list[str]:
    return [
        _("The name is gone from every page at once, and the number follows within two minutes."),
        _("Its owner is told by mail, with the reason and your contact."),
        _("The public record says how many were removed and why, without names. You can undo it."),
    ]


def _restoring(signature: Signature, at: datetime) -> list[str]:
    return [
        _("The signature counts again within two minutes, and its name is shown as before."),
        _("The public record says that one was restored."),
    ]


def _remove(signature: Signature, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return removals.remove(uid=signature.uid, reason=RemovalReason(said["reason"]), by=by, at=at)


def _restore(signature: Signature, said: Mapping[str, Any], by: User, at: datetime) -> object:
    return removals.restore(uid=signature.uid, by=by, at=at)


ACTS: Final = (
    Act(
        name="remove",
        button=gettext_lazy("Remove this signature"),
        question=gettext_lazy("Take this signature out of the number?"),
        done=gettext_lazy("The signature is removed."),
        fits=lambda signature: signature.state in removals.REMOVABLE,
        service=_remove,
        consequences=_removing,
        asks_again=True,
        form=RemovalForm,
    ),
    Act(
        name="restore",
        button=gettext_lazy("Restore this signature"),
        question=gettext_lazy("Let this signature count again?"),
        done=gettext_lazy("The signature counts again."),
        fits=lambda signature: (
            signature.state == SignatureState.REMOVED and signature.confirmed_at is not None
        ),
        service=_restore,
        consequences=_restoring,
        asks_again=True,
    ),
)
