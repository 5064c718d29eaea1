"""The same tasks on a Dask cluster: an existing scheduler's, or one begun for the build on this machine."""

from __future__ import annotations

import gc
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from geo.errors import BordermapError
from layers.build.version import differing, done_alike, versions

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

_BUSY: Final = "Dask does not begin here in time; look whether the machine is busy, and run the same again"


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
        with _begun(workers) as local, _opened(lambda: Client(local), address) as client:
            yield Cluster(client)
        return
    with _opened(lambda: Client(address, timeout=WAIT_S), address) as client:
        _must_be_alike(client, address)
        yield Cluster(client)


def _opened(client: Callable[[], Any], address: str) -> Any:
    """Open a client, again where Dask's own thread was not up in time."""
    for _ in range(BEGINNINGS):
        _let_go()
        try:
            return client()
        except AssertionError:
            continue
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
            why = _why(error)
        _let_go()
        raise BordermapError(
            f"there is no scheduler at {address!r} ({why}); begin one with `dask scheduler`, or leave --scheduler out"
        )
    _let_go()
    raise BordermapError(_BUSY)


def _let_go() -> None:
    """Free what of Dask has not opened.

    It asks for a lock of Dask's when it is freed; should that be while another is opened, which holds the lock, both would
    wait for ever.
    """
    gc.collect()


def _begun(workers: int) -> Any:
    """Begin a cluster on this machine, over TCP between processes as a real one; again where a worker is lost meanwhile."""
    from distributed import LocalCluster  # noqa: PLC0415 - as in on_cluster

    said = {"n_workers": max(workers, 1), "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    lost = _BUSY
    for _ in range(BEGINNINGS):
        _let_go()
        try:
            return LocalCluster(processes=True, protocol="tcp", **said)
        except AssertionError:
            lost = _BUSY
        except RuntimeError:
            lost = "workers are lost before they have begun; look whether memory is short, and take fewer with --workers"
        except (OSError, TimeoutError) as error:
            lost = f"no cluster can be begun on this machine ({_why(error)}); leave --scheduler out"
    raise BordermapError(lost)


def _why(error: Exception) -> str:
    """Give the first line of an error's words; of a TLS address without certificates Dask has many."""
    lines = str(error).splitlines()
    return (lines[0][:200] if lines else "") or "it does not answer"


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
            return self._client.submit(done_alike, versions(), work, tasks[number], pure=False)

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
        found = client.run(versions)
    except Exception as error:  # noqa: BLE001 - what a worker without bordermap raises is Dask's affair
        raise BordermapError(
            f"a worker of {address!r} cannot do bordermap's work ({str(error)[:200]}); install this checkout there"
        ) from None
    mine = versions()
    for worker, theirs in found.items():
        if other := differing(theirs, mine):
            raise BordermapError(
                f"worker {worker} of {address!r} has {other}; install the same checkout and the same lock there"
            )
