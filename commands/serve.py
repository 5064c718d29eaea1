"""`bordermap serve`: the dashboard, for this machine or as a site file says."""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.named import showable
from claims.shipped import shipped
from commands.choices import address, port
from dashboard.bound import must_be_free
from dashboard.logs import FORMS, LOG
from dashboard.site import AS_PUBLISHED, HERE, PORT, VARIABLE, is_loopback
from dashboard.sitefile import read_site
from geo.errors import BordermapError
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse

    from dashboard.site import Site

__all__ = ["add"]

ROOT: Final = Path(__file__).parents[1]

_PUBLIC: Final = "BORDERMAP_PUBLIC"

_SIGNIN: Final = ("authlib", "httpx")
"""By which Streamlit speaks to a provider; it is installed for who asks for it."""


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    serve = commands.add_parser(
        "serve",
        help="show the dashboard",
        description="Show the dashboard on this machine, or to others as a site file says (docs/sharing.md).",
    )
    serve.add_argument("--port", type=port, help=f"port to listen on (default: the site's, else {PORT})")
    serve.add_argument(
        "--address",
        type=address,
        metavar="IP",
        help=f"address to listen on (default: the site's, else {HERE}, this machine alone)",
    )
    serve.add_argument(
        "--site",
        type=Path,
        metavar="FILE",
        help="site.toml, which says what is shown and who may do what (default: $BORDERMAP_SITE, else none)",
    )
    serve.add_argument(
        "--collection",
        metavar="NAME|FOLDER|store:NAME",
        help=f"a shipped collection, a folder, or one of the store, shown first (default: {_first()}); not with a site file",
    )
    serve.add_argument(
        "--public",
        action="store_true",
        help="show published editions, without what collections withhold (docs/publishing.md)",
    )
    serve.add_argument(
        "--log",
        choices=FORMS,
        help="tell what happens on standard error, in words or a JSON object a line (default: $BORDERMAP_LOG, else "
        "warnings only)",
    )
    serve.set_defaults(run=_run, parser=serve)


def _first() -> str:
    return next(iter(shipped()), "")


def _run(choices: argparse.Namespace) -> None:
    if choices.public:
        os.environ[_PUBLIC] = "yes"
    if choices.log:
        os.environ[LOG] = choices.log
    elif (form := os.environ.get(LOG)) and form not in FORMS:
        choices.parser.error(f"{LOG} is {form!r}; let it be {' or '.join(FORMS)}, or unset it")
    file = choices.site or os.environ.get(VARIABLE)
    if file:
        _take_site(Path(file), choices)
    else:
        must_be_free(choices.address or HERE)
        os.environ["BORDERMAP_COLLECTION"] = showable(
            choices.collection or _first(), public=_is_public(choices)
        ).word
        if choices.address and not is_loopback(choices.address):
            _say("read by everyone who reaches it")
            _say(f"collections: {AS_PUBLISHED}")
            _say("reviewed by nobody: it listens to others, and no site file says who may (docs/sharing.md)")
    os.chdir(ROOT)  # where Streamlit finds its settings
    said = {"--server.port": choices.port or (None if file else PORT), "--server.address": choices.address}
    options = [word for name, value in said.items() if value for word in (name, str(value))]
    os.execv(sys.executable, [sys.executable, "-m", "dashboard.launch", *options])  # noqa: S606 - our own interpreter, no shell


def _is_public(choices: argparse.Namespace) -> bool:
    """Whether whoever comes sees published editions alone: where that is asked for, and where others are listened to."""
    asked = os.environ.get(_PUBLIC, "") not in {"", "no"}
    return asked or bool(choices.address and not is_loopback(choices.address))


def _take_site(file: Path, choices: argparse.Namespace) -> None:
    """Read the site file, hand it over, and say what is offered to whom.

    Raises:
        BordermapError: It has faults, or does not fit what else is said.
    """
    if choices.collection:
        raise BordermapError(
            f"--collection {choices.collection!r} goes with no site file; name it under [site] collections"
        )
    asked = _is_public(choices)
    site = read_site(file, lambda word, public: showable(word, public=public or asked))
    must_be_free(choices.address or site.address)
    if site.signin and not all(map(importlib.util.find_spec, _SIGNIN)):
        raise BordermapError(
            f"{file.name} has [signin], which needs {' and '.join(_SIGNIN)}; install them with bordermap's extra signin"
        )
    os.environ[VARIABLE] = str(file.resolve())
    os.environ.pop("BORDERMAP_COLLECTION", None)
    for said in _told(site, choices):
        _say(said)


def _told(site: Site, choices: argparse.Namespace) -> list[str]:
    address = choices.address or site.address
    public = site.public or choices.public
    said = replace(site, address=address, port=choices.port or site.port, public=public).told()
    here = [f"{address} is reached from this machine alone: by a proxy on it, or by nobody else"]
    return [*said, *(here if is_loopback(address) else [])]


def _say(said: str) -> None:
    print(plainly(said), file=sys.stderr)
