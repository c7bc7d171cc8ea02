"""Privacy beside the fields: every field of every model says what it is."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

KINDS = ("personal", "public", "kept")
MODELS = list(apps.get_app_config("letters").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_classified_once(model: type[Model]) -> None:
    classified = [name for kind in KINDS for name in getattr(model.Privacy, kind)]  # type: ignore[attr-defined]
    fields = [field.name for field in [*model._meta.fields, *model._meta.many_to_many]]
    assert sorted(classified) == sorted(fields)


def test_no_name_of_a_signatory_is_public_by_its_field_alone() -> None:
    signature = apps.get_model("letters", "Signature")
    assert signature.Privacy.public == ()
