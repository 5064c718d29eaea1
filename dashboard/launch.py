"""Start the dashboard's server, and read the collection while the reader's browser is still fetching Streamlit."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
import threading
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit.starlette import App

from dashboard import faults
from dashboard.guard import Guard
from dashboard.site import site

APP = Path(__file__).parents[1] / "app.py"


def main(arguments: list[str]) -> None:
    """Serve `app.py`, in a process of which this is all; does not return before it is stopped.

    Args:
        arguments: `--server.port` and `--server.address`, which go before what a site file says.

    Raises:
        FaultsError: The site file has faults.
    """
    _WARMER.start()
    sys.argv = [str(APP)]  # beside which Streamlit looks for its settings
    held = site()
    app = App(
        APP,
        secrets=held.secrets() if held else None,
        middleware=[Middleware(Guard)],
        on_script_error=faults.take,
    )
    app.run(config=(held.options() if held else {}) | _options(arguments))


def _options(arguments: list[str]) -> dict[str, Any]:
    """Read Streamlit's options."""
    parser = argparse.ArgumentParser(prog="dashboard.launch", allow_abbrev=False)
    parser.add_argument("--server.port", type=int)
    parser.add_argument("--server.address")
    return {name: value for name, value in vars(parser.parse_args(arguments)).items() if value is not None}


def _warm() -> None:
    """Open the first collection, so that it is there when it is asked for; its faults are shown then, not here."""
    # Streamlit warns of work outside a reader's session, which this is on purpose.
    warns = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    warns.addFilter(lambda _: threading.current_thread() is not _WARMER)
    from dashboard import asked, shelf, words  # noqa: PLC0415 - what is to be warmed is the import as well

    with contextlib.suppress(Exception):
        first = next(iter(shelf.collections().values()))
        if shelf.is_large(first):
            opened = shelf.opened_large(first, public=shelf.is_public())
            asked.answered(
                opened.built, {"box": [*opened.built.facts.view]}, opened.days, words.words_in(words.FIRST)
            )
        else:
            shelf.opened(first, public=shelf.is_public())


_WARMER = threading.Thread(target=_warm, daemon=True)

if __name__ == "__main__":
    main(sys.argv[1:])
