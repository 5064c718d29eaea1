"""What a user may switch on at the command line, each asked where it is named to be, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from claims.userdata import DATABASE
from trust.postgresql import server
from trust.surfaces.commands import SAID, kept, sound
from trust.surfaces.services import UNKNOWN, answering
from trust.surfaces.walk import setting
from trust.surfaces.watch import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trust.surfaces.walk import Walk

__all__ = ["DATABASE_AT", "dask", "model", "nominatim", "postgresql"]

_PUBLIC: Final = "nominatim.openstreetmap.org"
_SERVICE: Final = "198.51.100.20"
DATABASE_AT: Final = "198.51.100.22"
_SCHEDULER: Final = "198.51.100.23"
_WORKER: Final = "198.51.100.24"
"""Addresses of nobody (RFC 5737), which on the network of the run are this machine's."""

_WORKER_PORTS: Final = (8801, 8802)
"""Of the worker, and of what minds it."""


def nominatim(walk: Walk) -> None:
    """Ask the public Nominatim, one that is named, and one that sends whoever asks on to somebody else."""
    geocode = ("geocode", UNKNOWN, "--online", "--user-agent", "trust run (trust@example.org)", "--answers")
    public = f"lookup {_PUBLIC}"
    with walk.switch("geocode --online", f"packet: {public}", f"python: {public}"):
        walk.run("geocode --online", *geocode, walk.out(), may_fail=True)
    with answering(_SERVICE) as at:
        asked = (f"packet: tcp {at}", f"python: tcp {at}")
        with walk.switch("geocode --online --nominatim", *asked):
            words = (*geocode, walk.out(), "--nominatim", f"http://{at}")
            walk.run("geocode --online --nominatim", *words)
        with walk.switch("a Nominatim that sends one on", *asked):
            words = (*geocode, walk.out(), "--nominatim", f"http://{at}/moved")
            walk.run("a Nominatim that sends one on", *words, may_fail=True)


def model(walk: Walk) -> None:
    """Ask a model for what a report claims."""
    report = walk.lures.put(
        "asked.txt",
        f"About 300 soldiers crossed from Elvas to Badajoz, see http://l-asked.{CONTROL}/.\n".encode(),
    )
    with answering(_SERVICE) as at:
        said = {
            "BORDERMAP_MODEL_URL": f"http://{at}/v1",
            "BORDERMAP_MODEL": "m",
            "BORDERMAP_MODEL_PLAIN_HTTP": "yes",
        }
        with setting(said), walk.switch("read --model", f"packet: tcp {at}", f"python: tcp {at}"):
            walk.run("read --model", "read", report, "--published", "2024-06-10", "--model")


def postgresql(walk: Walk) -> None:
    """Keep the store in a PostgreSQL that is reached over TCP, and run each command of a store."""
    # libpq speaks to it and not Python, which so hears nothing.
    with (
        server(lasting=False, address=DATABASE_AT) as running,
        setting({DATABASE: running.make_database("held")}),
        walk.switch("a store in PostgreSQL", f"packet: tcp {running.at}"),
    ):
        kept(walk, lambda name, *words: walk.run(f"{name}, in PostgreSQL", *words))


def dask(walk: Walk) -> None:
    """Build on a cluster: a scheduler, and a worker, each at an address of its own."""
    scheduler = f"{_SCHEDULER}:8786"
    with _cluster(scheduler):
        asked = {by: f"{by}: tcp {scheduler}" for by in ("packet", "python")}
        theirs = tuple(f"{by}: tcp {_WORKER}:{port}" for by in asked for port in _WORKER_PORTS)
        with walk.switch("build --scheduler tcp://", *asked.values(), may=theirs):
            inputs = sound(walk.tables)
            words = ("build", *inputs, *SAID, "-o", walk.out(), "--scheduler", f"tcp://{scheduler}")
            walk.run("build --scheduler tcp://", *words)


@contextmanager
def _cluster(scheduler: str) -> Iterator[None]:
    """Run a scheduler and a worker, each in processes of its own, while the `with` block lasts."""
    host, port = scheduler.split(":")
    works, minds = map(str, _WORKER_PORTS)
    begun = [
        ["scheduler", "--host", host, "--port", port, "--no-dashboard"],
        [
            *("worker", f"tcp://{scheduler}", "--host", _WORKER, "--worker-port", works),
            *("--nanny-port", minds, "--no-dashboard", "--nthreads", "1"),
        ],
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words], stderr=subprocess.DEVNULL
        )
        for kind, *words in begun
    ]
    try:
        yield
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(60)
