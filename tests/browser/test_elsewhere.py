"""A letter on a page of another origin: one kind of page may be framed, and every other refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
LETTER: Final = "/letters/openness-in-ai/"
EMBED: Final = f"{LETTER}embed/"
REFUSING: Final = (
    "/", LETTER, f"/fr{LETTER}", f"{LETTER}sign/", f"{LETTER}signatures/", f"{LETTER}data/",
    f"{LETTER}ledger/", f"{LETTER}versions/", f"{LETTER}changes/", f"{LETTER}updates/", f"{LETTER}report/",
    f"{LETTER}my-signature/", "/how-we-count/", "/privacy/", "/accounts/login/", "/admin/login/",
    f"{LETTER}nothing/", "/feed.atom", f"/api/v1{LETTER[:-1]}",
)  # fmt: skip
USUAL: Final = ("frame-ancestors", "X-Frame-Options", "status of 404")
"""What the browser complains of where a frame is refused, or a page is not there."""
ERROR: Final = "chrome-error://chromewebdata/"


@pytest.fixture
def elsewhere(chromium: Browser) -> Iterator[Callable[[str], Page]]:
    """Show markup as a page of another origin; what its frames complain of is a fault."""
    markup, faults = [""], []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!DOCTYPE html><title>Elsewhere</title>{markup[0]}".encode())

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context(viewport={"width": 800, "height": 900})
    page = context.new_page()
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)

    def show(written: str) -> Page:
        markup[0] = written
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_load_state("networkidle")
        return page

    yield show
    context.close()
    server.shutdown()
    server.server_close()
    assert [fault for fault in faults if not any(words in fault for words in USUAL)] == []


def test_the_frame_shows_the_letter_on_a_page_of_another_origin(
    elsewhere: Callable[[str], Page], live: Site
) -> None:
    sizes = {"s": (320, 240), "m": (560, 260)}
    for size, (width, height) in sizes.items():
        source = f"{live.url}{EMBED}?size={size}"
        page = elsewhere(
            f'<iframe src="{source}" width="{width}" height="{height}" style="border:0"></iframe>'
        )
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", level=1)).to_be_visible()
        expect(frame.get_by_text("as of")).to_be_visible()
        link = frame.get_by_role("link", name="Sign this letter")
        expect(link).to_be_in_viewport()
        assert link.evaluate("link => getComputedStyle(link).backgroundColor") == "rgb(33, 64, 154)"
        assert frame.locator("html").evaluate(
            "page => [page.scrollWidth <= innerWidth, page.scrollHeight <= innerHeight]"
        ) == [True, True]
        with page.context.expect_page() as opened:
            link.click()
        expect(opened.value).to_have_url(f"{live.url}{LETTER}#sign")
        assert opened.value.evaluate("window.opener") is None
        opened.value.close()
    assert page.context.cookies() == []


def test_every_other_page_refuses_to_be_framed(elsewhere: Callable[[str], Page], live: Site) -> None:
    paths = [EMBED, *REFUSING]
    page = elsewhere("".join(f'<iframe src="{live.url}{path}"></iframe>' for path in paths))
    framed = [frame.url for frame in page.main_frame.child_frames]
    assert framed == [f"{live.url}{EMBED}", *[ERROR] * len(REFUSING)]


def test_the_badge_is_a_picture_on_a_page_of_another_origin(
    elsewhere: Callable[[str], Page], live: Site
) -> None:
    page = elsewhere(f'<img src="{live.url}{LETTER}badge.svg" alt="">')
    width, height = page.locator("img").evaluate("img => [img.naturalWidth, img.naturalHeight]")
    assert (width > 80, height) == (True, 24)
    page.goto(f"{live.url}{LETTER}badge.svg")  # its own policy lets its own style through
    text = page.locator("text").first
    assert text.evaluate("text => getComputedStyle(text).textAnchor") == "middle"
    box, half = text.bounding_box(), page.locator("rect").nth(1).bounding_box()
    assert box
    assert half
    assert half["x"] <= box["x"]
    assert box["x"] + box["width"] <= half["x"] + half["width"]
