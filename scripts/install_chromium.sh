#!/bin/sh
# Make sure a Chromium is there: an installed one, else Debian's package where the user is root, else Playwright's.
set -eu
cd "$(dirname "$0")/.."

if [ -n "${BORDERMAP_CHROMIUM:-}" ]; then
    command -v "$BORDERMAP_CHROMIUM" >/dev/null && exit 0
    echo "BORDERMAP_CHROMIUM names '$BORDERMAP_CHROMIUM', which cannot be run; unset it or mend it" >&2
    exit 1
fi

for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if command -v "$name" >/dev/null; then
        exit 0
    fi
done

playwrights_own() {
    .venv/bin/python - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).is_file())
PYTHON
}
if [ -x .venv/bin/playwright ] && playwrights_own; then
    exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium, with a font that holds Arabic" >&2
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq >&2 && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >&2; then
        command -v chromium >/dev/null && exit 0
    fi
fi

if [ -x .venv/bin/playwright ]; then
    echo "Installing Playwright's Chromium" >&2
    if .venv/bin/playwright install chromium >&2; then
        exit 0
    fi
fi

echo "No Chromium could be installed: install one (Debian: 'apt-get install chromium' as root), or name one in BORDERMAP_CHROMIUM" >&2
exit 1
