"""Who does the tasks of a build: this process, or a pool of them over the machine's cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Final, Protocol, Self, TypeVar

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

__all__ = ["Here", "Pool", "Runner"]

Task = TypeVar("Task")
Done = TypeVar("Done")

LOST_IN_A_ROW: Final = 20
"""Times that a pool may lose a worker without a task being finished in between: more is no accident."""


class Runner(Protocol):
    """Does tasks that may be done in any order, anywhere, and again."""

    def done(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        """Do tasks; give the number of each among them and what came of it, as they are done.

        Args:
            work: A module's function of one task; it and what it gives can be sent to another process.
            tasks: Whatever a lost worker had of them is done again.

        Raises:
            BordermapError: Workers are lost again and again, or one cannot write.
        """


class Here:
    """Does one task after the other in this process."""

    def done(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        """Do tasks as `Runner.done` says."""
        for number, task in enumerate(tasks):
            yield number, work(task)


class Pool:
    """Does tasks in a pool of processes of this machine, which is begun anew when one of them is lost.

    It is begun with the first task, and ended with the `with` block.
    """

    def __init__(self, workers: int) -> None:
        """Take so many processes, one at least."""
        self._workers = max(workers, 1)
        self._open: ProcessPoolExecutor | None = None
        self._before: list[BaseProcess] = []

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End its processes."""
        self._end()

    def done(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        """Do tasks as `Runner.done` says."""
        left = dict(enumerate(tasks))
        lost = 0
        try:
            while left:
                try:
                    pool = self._begun()
                    numbers = {pool.submit(work, task): number for number, task in left.items()}
                    for future in as_completed(numbers):
                        done = future.result()
                        del left[numbers[future]]
                        lost = 0
                        yield numbers[future], done
                except BrokenProcessPool:
                    self._end()
                    lost += 1
                    if lost > LOST_IN_A_ROW:
                        raise BordermapError(
                            f"{lost} workers were lost one after the other, so that nothing was finished; look whether memory "
                            "is short, and take fewer with --workers"
                        ) from None
        except BaseException:
            self._kill()
            raise

    def _begun(self) -> ProcessPoolExecutor:
        """Give the pool, begun where it is not."""
        if self._open is None:
            self._before = multiprocessing.active_children()
            # A process of its own, as on every system: a forked one would have threads' locks without the threads.
            spawn = multiprocessing.get_context("spawn")
            self._open = ProcessPoolExecutor(self._workers, spawn, _live_as_long)
        return self._open

    def _kill(self) -> None:
        """End its processes without waiting for what they are at: it is done again."""
        if self._open is not None:
            mine = [one for one in multiprocessing.active_children() if one not in self._before]
            for process in mine:
                process.terminate()
            # All of them first: one that waits for a task would wait for ever behind another that was ended as it did.
            for process in mine:
                process.join()
        self._end()

    def _end(self) -> None:
        if self._open is not None:
            self._open.shutdown(cancel_futures=True)
        self._open = None


def _live_as_long() -> None:
    """End with the process that began this one, however it ends, and leave it to that one to be stopped by the user."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
