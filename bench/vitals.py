"""`python -m bench.vitals`: when a phone on a slow network shows the letter, and whether it jumps.

The page as production serves it: collected files, gunicorn, nginx as deploy/nginx.conf says. A browser
that was never here opens it at 1.6 Mbit/s with 150 ms for each request and a processor four times
slower (Chrome DevTools Protocol: Network.emulateNetworkConditions, Emulation.setCPUThrottlingRate).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any, Final, NamedTuple

import django
from playwright.sync_api import Browser, sync_playwright

from bench import stage
from bench.stage import Stage
from tests import proxy

LCP_MOST: Final = 1200.0
"""Milliseconds to the largest contentful paint (W3C Largest Contentful Paint)."""
CLS_MOST: Final = 0.02
"""Sum of all layout shifts (W3C Layout Instability): at least as much as the cumulative layout shift."""
NETWORK: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 1.6e6 / 8,
}
SLOWER: Final = 4
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
OBSERVE: Final = """
window.seen = {lcp: 0, what: "", cls: 0};
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    seen.lcp = entry.startTime;
    seen.what = entry.element ? entry.element.tagName.toLowerCase() + "." + entry.element.className : "";
  }
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
REPORT: Final = """
() => {
  const [page] = performance.getEntriesByType("navigation");
  const parts = [page, ...performance.getEntriesByType("resource")];
  const [first] = performance.getEntriesByName("first-contentful-paint");
  return [first ? first.startTime : 0, seen.lcp, seen.what, seen.cls, parts.length,
          parts.reduce((sum, part) => sum + part.transferSize, 0)];
}
"""
SETTLE: Final = 1500.0
"""Milliseconds after the network is silent in which a late font could still move something."""


class Visit(NamedTuple):
    """What one browser saw: milliseconds since it asked, shifts, and what came over the network."""

    painted: float
    lcp: float
    what: str
    cls: float
    requests: int
    transferred: int


@contextmanager
def site(one: Stage) -> Iterator[str]:
    """Run the site as production does, and hand out its address."""
    settings = "bench.collected"
    stage.manage("collectstatic", "--no-input", "--verbosity", "0", settings=settings)
    [port] = stage.free_ports(1)
    surroundings = {**one.surroundings, "DJANGO_SETTINGS_MODULE": settings}
    with ExitStack() as stack:
        stack.enter_context(stage.gunicorn("advocacy.wsgi", port, surroundings, one.folder))
        yield stack.enter_context(proxy.running(one.folder / "nginx", site=port)).url


def visit(browser: Browser, url: str) -> Visit:
    """Open the page in a browser that was never here."""
    context = browser.new_context(**PHONE)
    try:
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(OBSERVE)
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(SETTLE)
        return Visit(*page.evaluate(REPORT))
    finally:
        context.close()


def lines(visits: Sequence[Visit]) -> Iterator[str]:
    """Yield a Markdown table of the visits, and the medians beside the goals."""
    yield "| visit | first paint ms | LCP ms | of what | shifts | requests | KB |"
    yield "|---:|---:|---:|---|---:|---:|---:|"
    for number, one in enumerate(visits, 1):
        times = f"{one.painted:.0f} | {one.lcp:.0f}"
        moved = f"{one.cls:.4f} | {one.requests} | {one.transferred / 1000:.1f}"
        yield f"| {number} | {times} | {one.what} | {moved} |"
    yield ""
    yield "| figure | wanted | median | |"
    yield "|---|---:|---:|---|"
    lcp, cls = median(one.lcp for one in visits), median(one.cls for one in visits)
    yield f"| LCP | ≤ {LCP_MOST:.0f} ms | {lcp:.0f} ms | {'reached' if lcp <= LCP_MOST else '**missed**'} |"
    yield f"| CLS | ≤ {CLS_MOST} | {cls:.4f} | {'reached' if cls <= CLS_MOST else '**missed**'} |"


def main(words: Sequence[str]) -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.vitals", description=__doc__)
    parser.add_argument("--visits", type=int, default=5)
    parser.add_argument("--signatures", type=int, default=1_000)
    options = parser.parse_args(words)
    with stage.opened() as opened:
        django.setup()
        from bench import rows  # noqa: PLC0415 - not before the settings are there

        text = rows.publish()
        rows.fill(text, options.signatures)
        with site(opened) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
                args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
            )
            visits = [visit(browser, f"{url}/letters/{text.letter.slug}/") for _ in range(options.visits)]
            browser.close()
    print(*lines(visits), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
