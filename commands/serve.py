"""`bordermap serve`: the dashboard on localhost."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.named import named
from commands.choices import add_collection, port

if TYPE_CHECKING:
    import argparse

__all__ = ["add"]

ROOT: Final = Path(__file__).parents[1]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    serve = commands.add_parser(
        "serve", help="show the dashboard", description="Show the dashboard on localhost."
    )
    serve.add_argument("--port", type=port, default=8501, help="port to listen on (default: %(default)s)")
    serve.add_argument(
        "--public",
        action="store_true",
        help="show published editions, without what collections mark as not for publication (docs/publishing.md)",
    )
    serve.add_argument(
        "--log",
        choices=("plain", "json"),
        help="tell what happens on standard error, in words or a JSON object a line (default: $BORDERMAP_LOG, else "
        "warnings only)",
    )
    serve.set_defaults(run=_run)
    add_collection(serve)


def _run(choices: argparse.Namespace) -> None:
    os.environ["BORDERMAP_COLLECTION"] = named(choices.collection).word
    if choices.public:
        os.environ["BORDERMAP_PUBLIC"] = "yes"
    if choices.log:
        os.environ["BORDERMAP_LOG"] = choices.log
    os.chdir(ROOT)  # where Streamlit finds its settings
    command = [sys.executable, "-m", "dashboard.launch", "--server.port", str(choices.port)]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell
