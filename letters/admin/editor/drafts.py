"""Beginning a letter, and storing what a stage asked for, by the services."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.utils.text import slugify

from letters.admin.editor.forms import StageForm
from letters.admin.editor.stages import Stage
from letters.admin.editor.words import TextForm
from letters.models import Letter, LetterText, Organization, User
from letters.services import letters

SLUG_MAX: Final = 70  # so that a number fits behind it


def begun(homes: QuerySet[Organization]) -> Letter | None:
    """Return a letter that is not stored yet, of the one organization that it can be of; None without any."""
    some = list(homes[:2])
    if not some:
        return None
    return Letter(organization=some[0]) if len(some) == 1 else Letter()


def store(form: StageForm, stage: Stage, *, by: User, at: datetime) -> None:
    """Store what a valid form says. Raises what the services refuse."""
    if isinstance(form, TextForm):
        _write(form, by=by, at=at)
    else:
        letters.change(letter=form.instance, fields=form.options(), stage=stage.name, by=by, at=at)


def _write(form: TextForm, *, by: User, at: datetime) -> None:
    letter: Letter = form.instance
    if not letter.pk:
        letter.slug = _free(form.cleaned_data["title"])
        letter.time_zone = _zone_of(letter.organization)
        letters.create(letter=letter, by=by, at=at)
    if form.has_new_words():
        text = form.text or LetterText(letter=letter)
        for name, words in form.words().items():
            setattr(text, name, words)
        letters.write(text=text, by=by, at=at)


def _free(title: str) -> str:
    """Return an address made of a title, "letter" without letters a to z; a number tells twins apart."""
    begins = slugify(title)[:SLUG_MAX].strip("-") or "letter"
    taken = set(Letter.objects.filter(slug__startswith=begins).values_list("slug", flat=True))
    if begins not in taken:
        return begins
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{begins}-{number}") not in taken)


def _zone_of(organization: Organization) -> str:
    """Return the time zone of the organization's last letter, or the site's."""
    last = organization.letters.order_by("-pk").values_list("time_zone", flat=True).first()
    return last or Letter().time_zone
