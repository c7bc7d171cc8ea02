#!/bin/sh
# Runs pytest with a real browser and a real nginx: those that are here, or else ones that this script gets.
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

proxy() {
  for name in nginx /usr/sbin/nginx "$PWD/build/nginx/usr/sbin/nginx"; do
    command -v "$name" && return
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_browser() {
  if command -v apt-get && as_root apt-get update -qq; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium && return
  fi
  "$PY" -m playwright install chromium
}

# Unpacked, not installed: an installed one would begin to serve on port 80.
unpack_proxy() {
  mkdir -p build/nginx && cd build/nginx || return
  apt-get download -qq nginx || { as_root apt-get update -qq && apt-get download -qq nginx; } || return
  dpkg -x nginx_*.deb .
}

missing() {
  if [ "${CI:-}" = true ]; then
    echo "No $1, and none could be got: the tests marked '$2' cannot run." >&2
    exit 1
  fi
  echo "No $1, and none could be got: leaving out the tests marked '$2'." >&2
}

CHROMIUM=$(browser)
if [ -z "$CHROMIUM" ]; then
  echo "No browser is here: getting Chromium." >&2
  install_browser >/dev/null 2>&1
  CHROMIUM=$(browser)
fi
NGINX=$(proxy)
if [ -z "$NGINX" ]; then
  echo "No nginx is here: getting it." >&2
  (unpack_proxy) >/dev/null 2>&1
  NGINX=$(proxy)
fi
export CHROMIUM NGINX

[ -n "$CHROMIUM" ] || missing browser browser
[ -n "$NGINX" ] || missing nginx proxy
case "${CHROMIUM:+browser}${NGINX:+proxy}" in
  browserproxy) exec "$PY" -m pytest -n 2 "$@" ;;
  browser) exec "$PY" -m pytest -n 2 -m "not proxy" "$@" ;;
  *) exec "$PY" -m pytest -n 2 -m "not browser" "$@" ;;
esac
