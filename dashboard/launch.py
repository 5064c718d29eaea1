"""Start the dashboard's server, and read the collection while the reader's browser is still fetching Streamlit."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit.starlette import App
from streamlit.web import cli

from dashboard import faults, logs, memory
from dashboard.access_log import AccessLog
from dashboard.assets import Assets
from dashboard.bound import must_be_free
from dashboard.followed import site
from dashboard.guard import Guard
from dashboard.headers import Headers
from dashboard.health import Health, Part, room, store
from dashboard.heard import hear_what_is_used
from dashboard.promptly import speak_at_once
from dashboard.returning import Returning
from dashboard.site import HERE, PORT
from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from dashboard.site import Site

APP = Path(__file__).parents[1] / "app.py"
_LOG: Final = logging.getLogger("bordermap.server")


def main(arguments: list[str]) -> None:
    """Serve `app.py`, in a process of which this is all; does not return before it is stopped.

    Args:
        arguments: Streamlit's own, which go before what a site file says.

    Raises:
        FaultsError: The site file has faults.
        SystemExit: The address or port cannot be listened at.
    """
    memory.give_back()
    speak_at_once()
    hear_what_is_used()
    logs.set_up()
    held = site()
    options = (held.options() if held else {}) | _settings(arguments)
    try:
        must_be_free(options.get("server.address") or HERE, options.get("server.port") or PORT)
    except BordermapError as error:
        sys.exit(str(error))
    _WARMER.start()
    # The server ends in good order when it is told to, and then asks to be told again by whoever listened before.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Streamlit finds its settings beside the script that it is told of.
    sys.argv = [str(APP)]
    application(held).run(config=options)


def application(held: Site | None) -> App:
    """Give the dashboard with what is beside it on its server: its health, its headers, its log, its guard."""
    parts = {
        "store": Part(store),
        "room": Part(room, every_s=10),
        "collection": Part(_open_first, every_s=30, may_be_slow=True),
    }
    return App(
        APP,
        secrets=held.secrets() if held else None,
        routes=[Route("/healthz", Health(parts).answer, methods=["GET"])],
        middleware=[
            *(Middleware(AccessLog), Middleware(Headers), Middleware(Guard)),
            *(Middleware(Returning), Middleware(Assets)),
        ],
        lifespan=_told,
        on_script_error=faults.take,
    )


@asynccontextmanager
async def _told(_app: App) -> AsyncGenerator[dict[str, Any]]:
    logs.take_over()
    _LOG.info("started")
    yield {}
    _LOG.info("stopped")


def _settings(arguments: list[str]) -> dict[str, Any]:
    """Read Streamlit's own arguments as it reads them."""
    read = cli.main_run.make_context("serve", [str(APP), *arguments]).params
    settings = {name.replace("_", "."): value for name, value in read.items() if value not in (None, ())}
    return {name: value for name, value in settings.items() if "." in name}


def _warm() -> None:
    """Open the first collection, so that it is there when it is asked for, and make the editions whose titles are listed."""
    try:
        _open_first()
    except BordermapError as error:
        logs.log_error(_LOG, logging.WARNING, error, "the first collection cannot be shown: ")
    except Exception:  # noqa: BLE001 - its faults are shown to whoever asks for it, not here
        _LOG.warning("the first collection cannot be opened", exc_info=True)
    with suppress(BordermapError):  # what is wrong with the site or the store was told above
        _make_editions()


def _make_editions() -> None:
    """Make the editions of which readers are told the titles, and go on with it whenever one is missing."""
    from dashboard import shelf, titling  # noqa: PLC0415 - as in _open_first

    titling.BESIDE.set()
    held = site()
    if shelf.is_all_public() or (held and held.public):
        titling.have_made(shelf.collections(whole=False).values())


def _open_first() -> None:
    """Open the first collection, unless it is open and has not changed.

    Raises:
        BordermapError: It has faults, or there is none.
    """
    # Streamlit warns of work outside a reader's session, which this is on purpose.
    warns = logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context")
    warns.addFilter(_from_a_session)
    from dashboard import asked, shelf, words  # noqa: PLC0415 - what is to be warmed is the import as well

    first = next(iter(shelf.collections().values()))
    if shelf.is_large(first):
        opened = shelf.opened_large(first, public=shelf.is_public())
        asked.answered(
            opened.built, {"box": [*opened.built.facts.view]}, opened.days, words.words_in(words.FIRST)
        )
    else:
        shelf.opened(first, public=shelf.is_public())


def _from_a_session(_record: logging.LogRecord) -> bool:
    return threading.current_thread().name.startswith("ScriptRunner")


_WARMER = threading.Thread(target=_warm, daemon=True)

if __name__ == "__main__":
    main(sys.argv[1:])
