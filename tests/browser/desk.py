"""The desk in a browser: pages answered by this process, so that what one of them writes is undone."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.test import override_settings
from playwright.sync_api import Browser, Page, Request, Route

from tests.admin import stage
from tests.admin.test_matrix import Quick
from tests.browser.fixtures import is_ours

HOST: Final = "http://localhost"  # of which a browser thinks as of https


class View(NamedTuple):
    """How somebody looks at it."""

    width: int
    scheme: str
    language: str = "en"


class Window:
    """A page of a browser whose requests this process answers; it keeps what was complained of."""

    def __init__(self, browser: Browser, client: Quick, view: View) -> None:
        self.faults: list[str] = []
        self.is_file = False
        self._client, self._view, self._refuses = client, view, False
        self._files: dict[str, dict[str, Any]] = {}
        # The driver answers requests in a context of its own, which would open a connection of its own.
        self._context = contextvars.copy_context()
        scheme: Any = view.scheme
        context = browser.new_context(
            base_url=HOST, viewport={"width": view.width, "height": 900}, color_scheme=scheme
        )
        context.route("**/*", self._answer)
        self.page: Page = context.new_page()
        self.page.on("console", lambda one: self.faults.append(one.text) if is_ours(one) else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def show(self, address: str) -> bool:
        """Open a page; return whether there is one to look at, and no file, nor a way elsewhere."""
        self._refuses = False
        answer = self.page.goto(address)
        assert answer
        self.is_file = not answer.headers.get("content-type", "").startswith("text/html")
        return answer.status == 200

    def refuse(self, address: str) -> bool:
        """Send the form of a page with nothing in it; return whether the page came back with errors."""
        self._refuses = True
        self.page.goto(address)
        self._refuses = False
        return self.page.locator(".errorlist, .errornote").count() > 0

    def close(self) -> None:
        """Close the browser's window."""
        self.page.context.close()

    def _answer(self, route: Route, request: Request) -> None:
        if not request.url.startswith(HOST):
            self.faults.append(request.url)
            route.abort()
            return
        parts = urlsplit(request.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        answer = self._files.get(path) or self._context.run(self._asked, request, path)
        if parts.path.startswith("/static/"):
            self._files[path] = answer
        route.fulfill(**answer)

    def _asked(self, request: Request, path: str) -> dict[str, Any]:
        method = "POST" if self._refuses and request.is_navigation_request() else request.method
        send: Callable[..., Any] = self._client.post if method == "POST" else self._client.get
        with stage.undone(), override_settings(LANGUAGE_CODE=self._view.language):
            found = send(path)
            body = found.getvalue() if found.streaming else found.content
        if found.status_code in (302, 303):  # what the browser would ask then does not come this way
            return {"status": 404, "content_type": "text/html", "body": "<title>elsewhere</title>"}
        headers = {name: value for name, value in found.items() if name != "Content-Length"}
        return {"status": found.status_code, "headers": headers, "body": body}
