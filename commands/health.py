"""`bordermap health`: whether the dashboard on this machine can do its work, for whatever looks after it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Final

from commands.choices import port
from geo.errors import BordermapError
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse

__all__ = ["add"]

_WITHIN_S: Final = 5


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    health = commands.add_parser(
        "health",
        help="ask whether the dashboard does its work",
        description="Ask the dashboard on this machine for /healthz: whether the store answers, has room, and the first "
        "collection is open. Ends with 1 where it fails or does not answer.",
    )
    health.add_argument("--port", type=port, default=8501, help="where it listens (default: %(default)s)")
    health.set_defaults(run=_run)


def _run(choices: argparse.Namespace) -> None:
    failing = _failing(choices.port)
    if failing:
        raise BordermapError(plainly(f"failing: {', '.join(failing)}; the dashboard's log says why"))
    print("ok")


def _failing(at: int) -> list[str]:
    """Give the parts that fail."""
    # No proxy of the environment stands between a machine and itself.
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    try:
        with ask(f"http://127.0.0.1:{at}/healthz", timeout=_WITHIN_S):
            return []
    except urllib.error.HTTPError as error:
        try:
            return [str(name) for name in json.load(error)["failing"]]
        except (ValueError, KeyError, TypeError):
            raise BordermapError(
                f"what answers on port {at} is no dashboard of bordermap; name another"
            ) from None
    except OSError:
        raise BordermapError(f"nothing answers on port {at}; start it with bordermap serve") from None
