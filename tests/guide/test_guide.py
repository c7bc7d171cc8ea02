"""Every example of the guide is the real answer: what the page shows is run and compared with what it prints.

The page names whole addresses of the site that serves it, so its lines run as they stand. The letter is
that of tests/guide/life.py, the same on every run; what differs from run to run is left out on the page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.web.guide.changes import CHANGES
from letters.web.guide.samples import LEFT_OUT, samples
from tests import atom, csvs
from tests.guide import page, running

RUN = {"curl": running.shell, "Python": running.python}
ADDRESS = re.compile(r"https?://[^\s\"']+")
COLUMN = re.compile(r"daily\$(\w+)|(\w+) ~|{\"(\w+)\", ")


def laid_out(answer: str) -> str:
    """Return JSON as the guide sets it out, and anything else as it is."""
    try:
        return json.dumps(json.loads(answer), indent=2, ensure_ascii=False)
    except ValueError:
        return answer.replace("\r\n", "\n").strip()


def agree(shown: str, real: str) -> bool:
    """Whether an answer is what the page shows of it."""
    pattern = re.escape(shown).replace(re.escape(LEFT_OUT), ".*?")
    return re.fullmatch(pattern, laid_out(real), re.DOTALL) is not None


def test_what_the_page_shows_is_what_its_readers_get(site: str, tmp_path: Path) -> None:
    shown = page.read(site)
    assert {one.name for one in shown} == set(samples())
    for one in shown:
        if one.kind in RUN:
            assert one.answer, f"{one.name} shows no answer"
            real = RUN[one.kind](one.question, tmp_path)
            assert agree(one.answer, real), f"{one.name} shows\n{one.answer}\nand is\n{laid_out(real)}"
        else:
            [address] = ADDRESS.findall(one.question)
            with urlopen(address, timeout=10) as answer:
                columns = csvs.parse(answer.read())[0]
            named = {name for names in COLUMN.findall(one.question) for name in names if name}
            assert named - set(columns) == set(), one.name


def test_another_name_number_order_or_field_is_found_out() -> None:
    shown = samples()["count"].answer
    real = shown.replace(LEFT_OUT, "x")
    assert agree(shown, real.replace(": x", ': "x"'))
    for found, other in (
        ('"confirmed"', '"signed"'),
        ("1743", "1744"),
        ('"persons": 1690,', ""),
        ('"offline": 0,', '"offline": 0, "paper": 0,'),
        ('"openid": 23', '"openid": "23"'),
    ):
        assert found in real
        assert not agree(shown, real.replace(": x", ': "x"').replace(found, other))


def test_the_client_is_as_short_as_it_is_said_to_be() -> None:
    code = [line for line in samples()["client"].question.splitlines() if line.strip()]
    assert len(code) <= 30
    assert max(map(len, code)) <= 90


@pytest.mark.django_db
def test_the_page_asks_no_row_and_is_kept_by_caches(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/developers/")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert not response.cookies


def test_every_link_within_the_page_leads_somewhere(client: Client) -> None:
    for language in ("", "/fr", "/ar"):
        html = client.get(f"{language}/developers/").content.decode()
        inner = set(re.findall(r'href="#([^"]+)"', html))
        assert inner - set(re.findall(r'id="([^"]+)"', html)) == set()
        assert re.findall(r"<script(?![^>]* src=)|<style| style=", html) == []


def test_the_changes_are_a_feed_and_stand_on_the_page(client: Client) -> None:
    response = client.get("/developers/changes.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = atom.parse(response.content)
    html = client.get("/developers/").content.decode()
    assert [entry["title"] for entry in atom.entries(feed)] == [change.title for change in CHANGES]
    for change in CHANGES:
        assert f'id="{change.name}"' in html
        assert change.says in html
    assert [change.day for change in CHANGES] == sorted((change.day for change in CHANGES), reverse=True)
    again = client.get("/developers/changes.atom", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
