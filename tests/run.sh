#!/bin/sh
# Runs pytest with a real browser: the one that is here, or else one that this script gets.
set -u
: "${PY:=python3}"

browser() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  "$PY" -c 'from playwright.sync_api import sync_playwright as start
from pathlib import Path
with start() as playwright:
    path = playwright.chromium.executable_path
    Path(path).is_file() and print(path)' 2>/dev/null
}

install() {
  if command -v apt-get >/dev/null; then
    if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root=no; fi
    if [ "$as_root" != no ]; then
      $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium && return
    fi
  fi
  "$PY" -m playwright install chromium
}

CHROMIUM=$(browser)
if [ -z "$CHROMIUM" ]; then
  echo "No browser is here: getting Chromium." >&2
  install >/dev/null 2>&1
  CHROMIUM=$(browser)
fi
export CHROMIUM

if [ -z "$CHROMIUM" ]; then
  if [ "${CI:-}" = true ]; then
    echo "No browser, and none could be installed: the tests marked 'browser' cannot run." >&2
    exit 1
  fi
  echo "No browser, and none could be installed: leaving out the tests marked 'browser'." >&2
  exec "$PY" -m pytest -n 2 -m "not browser" "$@"
fi
exec "$PY" -m pytest -n 2 "$@"
