"""Do work in a process of its own, whose memory is its own, and end it with all it started when it takes too much."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

Result = TypeVar("Result")

BEAT = 0.2
"""Seconds between two looks at the process."""


class TooMuchError(RuntimeError):
    """The work took more time or memory than it was given."""


def apart(
    work: Callable[..., Result], *given: Any, seconds: float = 600, megabytes: float = 16_000
) -> Result:
    """Return what a module's function gives, called in a fresh process.

    Args:
        work: A function that a fresh process can import.
        given: What it is called with.
        seconds: Of the wall clock that it may take.
        megabytes: That the process and all it started may hold together; watched where there is /proc.

    Raises:
        TooMuchError: It was ended for its time or memory.
        RuntimeError: It failed, or its process ended without an answer.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, work, given))
    process.start()
    sender.close()
    try:
        _await(receiver, process.pid or 0, seconds, megabytes)
        failed, answer = receiver.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"{work.__name__} ended with {process.exitcode} and no answer") from None
    except TooMuchError:
        _kill(process.pid or 0)
        raise
    finally:
        process.join(20)
        if process.is_alive():
            _kill(process.pid or 0)
        process.join()
    if failed:
        raise RuntimeError(answer)
    result: Result = answer
    return result


def _await(receiver: Connection, root: int, seconds: float, megabytes: float) -> None:
    """Wait for an answer as long as the process and all it started keep to their bounds."""
    until = time.monotonic() + seconds
    while not receiver.poll(BEAT):
        if time.monotonic() > until:
            raise TooMuchError(f"not done in {seconds:.0f} s")
        if sum(_family(root).values()) > megabytes:
            raise TooMuchError(f"took over {megabytes / 1000:.0f} GB")


def _answer(sender: Connection, work: Callable[..., object], given: tuple[object, ...]) -> None:
    """Send what the work gives, or why it failed."""
    try:
        sender.send((False, work(*given)))
    except Exception as error:  # noqa: BLE001  whatever it is goes to the process that asked
        sender.send((True, f"{type(error).__name__}: {error}"))


def _kill(root: int) -> None:
    """End a process and all that descend from it."""
    for started in _family(root) or {root}:
        with suppress(ProcessLookupError):
            os.kill(started, signal.SIGKILL)


def _family(root: int) -> dict[int, float]:
    """Return the megabytes resident of a process and of all that descend from it; nothing where there is no /proc."""
    parents, held = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, fields = stat.read_text().rpartition(")")
            parents[int(name.split()[0])] = int(fields.split()[1])
            held[int(name.split()[0])] = int(fields.split()[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return {process: held[process] for process in family if process in held}
