"""The same tasks on a Dask cluster: an existing scheduler's, or one begun for the build on this machine."""

from __future__ import annotations

import hashlib
import sys
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["LOCAL", "Cluster", "on_cluster"]

Task = TypeVar("Task")
Done = TypeVar("Done")

LOCAL: Final = "local"
"""The word for a cluster that is begun for the build, on this machine."""

TRIES: Final = 20
"""Times that a task is handed out again after its worker was lost."""

BEGINNINGS: Final = 5
"""Times that a cluster on this machine is begun, where a worker is lost before it is up."""

WAIT_S: Final = 15
"""For so long a scheduler may take to answer, and its first worker to be there."""

_SAME: Final = ("numpy", "pandas", "pyarrow", "shapely", "geopandas", "distributed")
"""What workers must have in the version that the client has: their results are put side by side."""

_FOLDERS: Final = ("geo", "claims", "layers", "data/gazetteer")


@contextmanager
def on_cluster(address: str, workers: int) -> Iterator[Cluster]:
    """Speak to a scheduler while the `with` block lasts.

    Args:
        address: As tcp://host:8786; or `LOCAL`.
        workers: How many a local one has.

    Raises:
        BordermapError: Dask is not installed, the scheduler does not answer, has no worker, or one has another version of
            bordermap or of a library that it uses.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - not everybody has it, and it takes a second
    except ImportError:
        raise BordermapError(
            "--scheduler needs Dask, which is not installed; install requirements-cluster.txt as docs/scale.md says"
        ) from None
    if address == LOCAL:
        with _begun(workers) as local, Client(local) as client:
            yield Cluster(client)
        return
    try:
        client = Client(address, timeout=WAIT_S)
    except (OSError, TimeoutError, ValueError) as error:
        why = str(error).splitlines()[0][:200] or "it does not answer"
        raise BordermapError(
            f"there is no scheduler at {address!r} ({why}); begin one with `dask scheduler`, or leave --scheduler out"
        ) from None
    with client:
        _must_be_alike(client, address)
        yield Cluster(client)


def _begun(workers: int) -> Any:
    """Begin a cluster on this machine, over TCP between processes as a real one; again where a worker is lost meanwhile."""
    from distributed import LocalCluster  # noqa: PLC0415 - as in on_cluster

    said = {"n_workers": max(workers, 1), "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    for _ in range(BEGINNINGS):
        with suppress(RuntimeError):
            return LocalCluster(processes=True, protocol="tcp", **said)
    raise BordermapError(
        "workers are lost before they have begun; look whether memory is short, and take fewer with --workers"
    )


class Cluster:
    """Does tasks on the workers of a scheduler."""

    def __init__(self, client: Any) -> None:
        """Take an open client."""
        self._client = client

    def done(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        """Do tasks as `layers.build.runners.Runner.done` says."""
        from distributed import KilledWorker, as_completed  # noqa: PLC0415 - as in on_cluster

        def handed(number: int) -> Any:
            # Never taken for one that was done before: what it does is written to disk.
            return self._client.submit(work, tasks[number], pure=False)

        numbers = {handed(number): number for number in range(len(tasks))}
        tries = dict.fromkeys(range(len(tasks)), 0)
        waiting = as_completed(numbers)
        for future in waiting:
            number = numbers.pop(future)
            try:
                done = future.result()
            except CancelledError:
                raise BordermapError(
                    "the scheduler is not there any more; begin it again, and run the same again: what is done is kept"
                ) from None
            except KilledWorker:
                tries[number] += 1
                if tries[number] > TRIES:
                    raise BordermapError(
                        "workers are lost again and again over the same task; look whether their memory is short, and give them more"
                    ) from None
                again = handed(number)
                numbers[again] = number
                waiting.add(again)
                continue
            yield number, done


def _must_be_alike(client: Any, address: str) -> None:
    """Refuse a cluster whose workers are not there, or would do something else."""
    try:
        client.wait_for_workers(1, timeout=WAIT_S)
    except TimeoutError:
        raise BordermapError(
            f"the scheduler at {address!r} has no worker; begin one with `dask worker {address}`"
        ) from None
    try:
        found = client.run(_versions)
    except Exception as error:  # noqa: BLE001 - what a worker without bordermap raises is Dask's affair
        raise BordermapError(
            f"a worker of {address!r} cannot do bordermap's work ({str(error)[:200]}); install this checkout there"
        ) from None
    mine = _versions()
    for worker, theirs in found.items():
        other = [
            f"{name} {theirs[name]} where {mine[name]} is here" for name in mine if theirs[name] != mine[name]
        ]
        if other:
            raise BordermapError(
                f"worker {worker} of {address!r} has {', '.join(other)}; install the same checkout and the same lock there"
            )


@cache
def _versions() -> dict[str, str]:
    """Give what this process would do the work with."""
    said = {name: version(name) for name in _SAME}
    return {"Python": ".".join(map(str, sys.version_info[:3])), "bordermap": _digest(), **said}


def _digest() -> str:
    """Give the beginning of the sha256 of the code and the places."""
    base = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for file in sorted((base / folder).rglob("*")):
            if file.suffix in {".py", ".csv", ".json", ".geojson", ".zip"}:
                digest.update(f"{file.relative_to(base)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]
