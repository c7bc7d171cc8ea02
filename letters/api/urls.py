"""Addresses of the API. None ends with a slash but the first."""

from django.urls import path, re_path

from letters.api import (
    breakdowns,
    changes,
    ledger,
    letters,
    organizations,
    reference,
    series,
    signatures,
    snapshots,
    status,
    texts,
    updates,
)

app_name = "api"
urlpatterns = [
    path("", letters.root, name="root"),
    path("openapi.json", reference.openapi, name="openapi"),
    path("reference/", reference.page, name="reference"),
    path("status", status.status, name="status"),
    path("organizations/<slug:organization>", organizations.one, name="organization"),
    path("letters", letters.listed, name="letters"),
    path("letters/<slug:slug>", letters.letter, name="letter"),
    path("letters/<slug:slug>/count", letters.count, name="count"),
    path("letters/<slug:slug>/timeseries", series.timeseries, name="timeseries"),
    path("letters/<slug:slug>/countries", breakdowns.countries, name="countries"),
    path("letters/<slug:slug>/affiliations", breakdowns.affiliations, name="affiliations"),
    path("letters/<slug:slug>/signatures", signatures.names, name="signatures"),
    path("letters/<slug:slug>/text", texts.text, name="text"),
    path("letters/<slug:slug>/versions", texts.history, name="versions"),
    path("letters/<slug:slug>/changes", changes.changes, name="changes"),
    path("letters/<slug:slug>/updates", updates.updates, name="updates"),
    path("letters/<slug:slug>/snapshots", snapshots.listed, name="snapshots"),
    path("letters/<slug:slug>/snapshots/<str:date>", snapshots.snapshot, name="snapshot"),
    path("letters/<slug:slug>/snapshots/<str:date>/corrections", snapshots.corrections, name="corrections"),
    path("letters/<slug:slug>/ledger/inclusion", ledger.inclusion, name="inclusion"),
    path("letters/<slug:slug>/ledger/consistency", ledger.consistency, name="consistency"),
    re_path("", letters.unknown),
]
