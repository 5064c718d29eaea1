"""Find a Chromium on this machine and start it the same way everywhere, for the browser tests, the bench and the screenshots."""

import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

# The headless shell comes first: the same engine without a window's parts, it starts and draws in half the time.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)

RULES = "--host-resolver-rules="
"""The switch of rules by which hosts are found; given after `ARGUMENTS` and empty it lets Chromium ask whom it wants."""

# As root in a container Chromium has no sandbox of its own; the rest keeps it from asking the network by itself, and from finding
# any host but this machine whoever asks.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"{RULES}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class NoChromiumError(RuntimeError):
    """No Chromium is installed here."""


def executable() -> str:
    """Return the path of an installed Chromium or Chrome, else of Playwright's own.

    The environment variable BORDERMAP_CHROMIUM names another one.

    Raises:
        NoChromiumError: None is found; the message says what to do.
    """
    named = os.environ.get("BORDERMAP_CHROMIUM")
    if named:
        found = shutil.which(named)
        if not found:
            raise NoChromiumError(
                f"BORDERMAP_CHROMIUM names {named!r}, which cannot be run; unset it or mend it"
            )
        return found
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    own = _playwrights_own()
    if own:
        return own
    raise NoChromiumError("no Chromium found; run scripts/install_chromium.sh")


def _playwrights_own() -> str:
    """Return Playwright's downloaded Chromium, or an empty string; needs no running event loop."""
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:  # inside another Playwright: only its own handle may be asked, see `launch`
        return ""
    return path if Path(path).is_file() else ""


def launch(playwright: Playwright, **options: Any) -> Browser:
    """Start Chromium headless with our arguments.

    Args:
        playwright: The running Playwright.
        options: Passed on to Playwright; `args` are added to ours.

    Raises:
        NoChromiumError: No Chromium is installed.
    """
    extra = options.pop("args", [])
    own = playwright.chromium.executable_path
    try:
        path = executable()
    except NoChromiumError:
        if not Path(own).is_file():
            raise
        path = own
    return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *extra], **options)
