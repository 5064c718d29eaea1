"""Start the dashboard's server, and read the collection while the reader's browser is still fetching Streamlit."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from pathlib import Path

from streamlit.web import cli

APP = Path(__file__).parents[1] / "app.py"


def main(arguments: list[str]) -> None:
    """Serve `app.py` with Streamlit's own arguments, in a process of which this is all; does not return."""
    _WARMER.start()
    cli.main_run([str(APP), *arguments])


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
