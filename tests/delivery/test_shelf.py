"""Publishing to a folder and to an object store is one thing, also when it fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from moto import mock_aws
from pytest_django import Settings

from advocacy import env
from advocacy.storage import AtomicFolder
from letters.delivery import ledger, shelf
from letters.enums import EventName
from letters.models import CheckpointSignature, Event
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
HINT = "Name a folder."
BUCKET = "advocacy.bucket.LedgerBucket"


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An object store with a bucket, into which ledgers are published."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests-only")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("LEDGER_PUBLISH", "s3://letters/mirror/")
    settings.STORAGES = {
        **settings.STORAGES,
        "ledger": env.storage("LEDGER_PUBLISH", None, bucket=BUCKET, hint=HINT),
    }
    with mock_aws():
        store = boto3.resource("s3").Bucket("letters")
        yield store


def create(store: Any) -> None:
    store.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})


def test_a_ledger_in_an_object_store_is_the_one_in_a_folder(bucket: Any, tmp_path: Path) -> None:
    create(bucket)
    letter = builders.letter()
    for address in ("ben@example.org", "cleo@example.org"):
        builders.counted(letter, email=address)
        assert ledger.publish(letter_id=letter.pk, at=NOW)
    note = CheckpointSignature.objects.latest("checkpoint__size")
    onto = shelf.Shelf(AtomicFolder(tmp_path))
    ledger.write(letter, note.checkpoint, note.note, vkeys=note.vkeys, onto=onto)
    stored = {one.key.removeprefix("mirror/"): one.get()["Body"].read() for one in bucket.objects.all()}
    for path in (file for file in tmp_path.rglob("*") if file.is_file()):
        assert stored[str(path.relative_to(tmp_path))] == path.read_bytes()


def test_each_object_carries_its_type_and_lifetime(bucket: Any) -> None:
    create(bucket)
    letter = builders.letter()
    ledger.publish(letter_id=letter.pk, at=NOW)
    home = f"mirror/{ledger.folder(letter)}"
    found = {name: bucket.Object(f"{home}/{name}") for name in ("checkpoint", "tile/0/000.p/3", "text/1")}
    assert {name: one.content_type for name, one in found.items()} == {
        "checkpoint": "text/plain; charset=utf-8",
        "tile/0/000.p/3": "application/octet-stream",
        "text/1": "application/json",
    }
    assert found["checkpoint"].cache_control == "public, max-age=5"
    assert "immutable" in found["tile/0/000.p/3"].cache_control


def test_a_store_that_does_not_answer_stops_the_count_and_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, ledger_folder: Path
) -> None:
    """Without its answer nobody knows whether more is published than the database holds."""
    letter = builders.letter()
    builders.confirmed(letter)
    folder = settings.STORAGES
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests-only")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    monkeypatch.setenv("LEDGER_PUBLISH", "s3://letters")
    settings.STORAGES = {**folder, "ledger": env.storage("LEDGER_PUBLISH", None, bucket=BUCKET, hint=HINT)}
    assert ledger.advance(letter_id=letter.pk, at=NOW) == 0
    assert not ledger.publish(letter_id=letter.pk, at=NOW)
    assert "127.0.0.1:1" in Event.objects.get(name=EventName.LEDGER_REFUSED).data["why"]
    settings.STORAGES = folder
    assert ledger.advance(letter_id=letter.pk, at=NOW) == 1
    assert ledger.publish(letter_id=letter.pk, at=NOW)


def test_a_bucket_that_is_not_there_delays_the_signing(bucket: Any) -> None:
    letter = builders.letter()
    assert not ledger.publish(letter_id=letter.pk, at=NOW)
    assert "NoSuchBucket" in Event.objects.get(name=EventName.LEDGER_REFUSED).data["why"]
    create(bucket)
    assert ledger.publish(letter_id=letter.pk, at=NOW)


def test_folders_and_files_are_listed_alike(bucket: Any, tmp_path: Path) -> None:
    create(bucket)
    for one in (shelf.default(), shelf.Shelf(AtomicFolder(tmp_path))):
        assert (one.folders("erasures"), one.names("erasures")) == ([], [])
        one.write("erasures/2026-03-14/b.json", b"{}")
        one.write("erasures/2026-03-14/a.json", b"{}")
        assert one.folders("erasures") == ["2026-03-14"]
        assert one.names("erasures/2026-03-14") == ["a.json", "b.json"]
        assert (one.read("erasures/2026-03-14/a.json"), one.read("erasures/x")) == (b"{}", None)


@pytest.mark.parametrize("value", ["ftp://host/x", "s3://", "https://bucket.example.org/"])
def test_other_addresses_are_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LEDGER_PUBLISH", value)
    with pytest.raises(ImproperlyConfigured, match="neither a folder nor s3"):
        env.storage("LEDGER_PUBLISH", None, bucket=BUCKET, hint=HINT)
