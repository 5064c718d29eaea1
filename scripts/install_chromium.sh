#!/bin/sh
# Make sure a Chromium is there, best its headless shell, which starts and draws in half the time: an installed one, else Debian's packages where the user is root, else Playwright's.
set -eu
cd "$(dirname "$0")/.."

if [ -n "${BORDERMAP_CHROMIUM:-}" ]; then
    command -v "$BORDERMAP_CHROMIUM" >/dev/null && exit 0
    echo "BORDERMAP_CHROMIUM names '$BORDERMAP_CHROMIUM', which cannot be run; unset it or mend it" >&2
    exit 1
fi

has_shell() {
    command -v chromium-headless-shell >/dev/null || command -v chrome-headless-shell >/dev/null
}

has_any() {
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        if command -v "$name" >/dev/null; then
            return 0
        fi
    done
    test -x .venv/bin/playwright && playwrights_own
}

playwrights_own() {
    .venv/bin/python - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).is_file())
PYTHON
}

install_packages() {
    echo "Installing Debian's $*" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

is_root_with_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

has_shell && exit 0
if has_any; then
    # One is enough; where the shell is in the lists of packages that are here already, it is taken as well.
    if is_root_with_apt && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        install_packages chromium-headless-shell || echo "The tests run in the Chromium that is here" >&2
    fi
    exit 0
fi
if is_root_with_apt && apt-get update -qq >&2; then
    if install_packages chromium-headless-shell fonts-dejavu-core && has_shell; then
        exit 0
    fi
    if install_packages chromium fonts-dejavu-core && has_any; then
        exit 0
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
