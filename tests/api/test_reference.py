"""The reference for people says what the document for programs says."""

from __future__ import annotations

import re

from django.test import Client
from django.utils.html import escape

from letters.api import chapters, documents, problems

REFERENCE = "/api/v1/reference/"


def test_it_holds_every_address_parameter_field_and_header(client: Client) -> None:
    response = client.get(REFERENCE)
    page, document = response.content.decode(), documents.document()
    for path, methods in document["paths"].items():
        operation = methods["get"]
        assert f'<section class="block" id="{operation["operationId"]}"' in page
        assert f"GET {'' if 'servers' in methods else documents.HOME}{path}</code>" in page
        assert escape(operation["summary"]) in page
        for parameter in operation["parameters"]:
            assert "$ref" in parameter or f"<dt><code>{parameter['name']}</code>" in page
    for name, schema in document["components"]["schemas"].items():
        part = page.partition(f'id="shape-{name}"')[2].partition("</dl>")[0]
        assert re.findall(r"<dt><code>(\w+)</code>", part) == list(schema["properties"])
    for name in document["components"]["headers"]:
        assert f'id="header-{name}"' in page
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert not response.cookies


def test_every_link_within_it_leads_somewhere(client: Client) -> None:
    page = client.get(REFERENCE).content.decode()
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert len(links) > 40
    assert links - set(re.findall(r'id="([^"]+)"', page)) == set()


def test_it_needs_no_script_and_no_style_of_its_own(client: Client) -> None:
    page = client.get(REFERENCE).content.decode()
    assert re.findall(r"<script(?![^>]* src=)|<style| style=| on\w+=", page) == []


def test_the_list_of_problems_leads_to_each_type(client: Client) -> None:
    page = client.get("/problems/").content.decode()
    for kind in problems.KINDS.values():
        assert f'href="/problems/{kind.name}/"' in page
        assert f"{kind.status} {kind.name}</code>" in page
        assert 'href="/problems/"' in client.get(f"/problems/{kind.name}/").content.decode()


def test_a_schema_is_said_in_a_few_words() -> None:
    assert chapters.words({"type": "integer", "minimum": 1, "maximum": 200}) == "whole number from 1 to 200"
    assert chapters.words({"type": ["string", "null"], "format": "date-time"}) == "moment or null"
    assert chapters.words({"type": "string", "enum": ["open", "closed"]}) == "open, closed"
    assert chapters.words({"anyOf": [{"$ref": "#/x/Letter"}, {"type": "null"}]}) == "Letter or null"
    assert chapters.words({"type": "array", "items": {"type": "string"}}) == "list of text"
    assert chapters.words({"const": 404}) == "404"
    assert (
        chapters.words({"type": "string", "enum": [str(number) for number in range(99)]}) == "one of 99 codes"
    )
