"""Checking a receipt that anybody brings: what it shows, and how its signature stands now."""

from __future__ import annotations

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from letters.ledger import receipts
from letters.ledger.receipts import BadReceipt, Fault, Proven, Receipt
from letters.models import Letter
from letters.queries import leaves
from letters.queries.leaves import Standing
from letters.queries.letters import PublicLetter
from letters.web import caching
from letters.web.found import base_context, find

SAYS: Final = {
    Fault.TOO_LONG: _(
        "This is longer than any receipt. Choose the file that you downloaded: its name begins with "
        "“receipt”, and it has a few kilobytes."
    ),
    Fault.UNREADABLE: _(
        "This is not a whole receipt. Choose the file that you downloaded, or copy all of it, "
        "from the first { to the last }."
    ),
    Fault.OTHER_LETTER: _("This receipt is for another letter. Open that letter and check it there."),
    Fault.CLOSED: _(
        "Something in this receipt was changed: its words no longer open the leaf that it names. "
        "Choose the file as you downloaded it, or download it again."
    ),
    Fault.UNSIGNED: _(
        "The checkpoint in this receipt is not signed by a key of this ledger. "
        "Choose the file as you downloaded it, or download it again."
    ),
    Fault.UNPROVEN: _(
        "The proof in this receipt does not lead to its checkpoint. "
        "Choose the file as you downloaded it, or download it again."
    ),
}


class ReceiptForm(forms.Form):
    """A receipt, pasted. The text of a file ends up here too, so that an error loses nothing."""

    use_required_attribute = False

    pasted = forms.CharField(
        label=_("Or paste it"),
        error_messages={"required": _("Choose the file of your receipt, or paste it.")},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "ltr"}),
    )

    def __init__(self, *, letter: Letter, text: str | None = None) -> None:
        super().__init__(None if text is None else {"pasted": text})
        self._letter = letter

    def clean_pasted(self) -> tuple[Receipt, Proven]:
        """Return what the text shows, or say how to bring a better one."""
        text = self.cleaned_data["pasted"]
        try:
            receipt = receipts.read(text)
            if receipt.origin != self._letter.origin:
                raise BadReceipt(Fault.OTHER_LETTER)
            keys = leaves.keys_at(letter_id=self._letter.pk, size=receipt.size)
            return receipt, receipts.verify(receipt, vkeys=keys)
        except BadReceipt as error:
            raise ValidationError(SAYS[error.fault], code=error.fault.name.lower()) from error


@csrf_exempt  # no cookie is read and nothing is stored: whoever sent the form, it only looks
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a receipt shows, and how its signature stands now."""
    found = find(slug)
    text = _text(request) if request.method == "POST" else None
    form = ReceiptForm(letter=found.letter, text=text)
    if not form.is_valid():
        return show_form(request, found, form)
    receipt, proven = form.cleaned_data["pasted"]
    standing = leaves.standing(letter_id=found.letter.pk, receipt=receipt, proven=proven)
    return show(request, found, receipt=receipt, proven=proven, standing=standing)


def show_form(request: HttpRequest, found: PublicLetter, form: ReceiptForm) -> HttpResponse:
    """Return the page that asks for a receipt, and says what is wrong with one that was brought."""
    context = base_context(found) | {"form": form, "checked": False}
    status = 422 if form.is_bound else 200
    return caching.personal(render(request, "letters/receipt.html", context, status=status))


def show(
    request: HttpRequest, found: PublicLetter, *, receipt: Receipt, proven: Proven, standing: Standing | None
) -> HttpResponse:
    """Return the page that says what a receipt proves."""
    context = base_context(found) | {
        "checked": True,
        "receipt": receipt,
        "name": receipt.says("name"),
        "proven": proven,
        "standing": standing,
        "changed": standing is not None and standing.claim_leaf != receipt.index,
    }
    return caching.personal(render(request, "letters/receipt.html", context))


def _text(request: HttpRequest) -> str:
    """Return what was brought: a file before pasted text, and of a file only as much as may be read."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("pasted", "")
    return str(file.read(receipts.MOST_CHARACTERS + 1).decode("utf-8", "replace"))
