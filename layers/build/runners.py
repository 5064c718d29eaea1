"""Who does the tasks of a build: this process, or a pool of them over the machine's cores."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from geo.errors import BordermapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    """Does tasks in a pool of processes of this machine, which is begun anew when one of them is lost."""

    def __init__(self, workers: int) -> None:
        """Take so many processes, one at least."""
        self._workers = max(workers, 1)

    def done(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Iterator[tuple[int, Done]]:
        """Do tasks as `Runner.done` says."""
        left = dict(enumerate(tasks))
        lost = 0
        while left:
            try:
                with self._processes() as processes:
                    numbers = {processes.submit(work, task): number for number, task in left.items()}
                    for future in as_completed(numbers):
                        done = future.result()
                        del left[numbers[future]]
                        lost = 0
                        yield numbers[future], done
            except BrokenProcessPool:
                lost += 1
                if lost > LOST_IN_A_ROW:
                    raise BordermapError(
                        f"{lost} workers were lost one after the other, so that nothing was finished; look whether memory is "
                        "short, and take fewer with --workers"
                    ) from None

    @contextmanager
    def _processes(self) -> Iterator[ProcessPoolExecutor]:
        """Begin a pool; what has not begun is let go where something goes wrong."""
        # A process of its own, as on every system: a forked one would have threads' locks without the threads.
        processes = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        try:
            yield processes
        finally:
            processes.shutdown(cancel_futures=True)
