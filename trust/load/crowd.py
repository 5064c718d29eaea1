"""A crowd at one dashboard: people come at once, go, and others come, while the server is looked at."""

from __future__ import annotations

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trust.load.person import Pace, Person
from trust.load.seats import seat_of
from trust.load.tally import Tally, Waits, waits_of
from trust.load.watched import Growth, Sample, growth_of, sample

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from trust.load.reviewed import Decided
    from trust.load.seats import Seat, Shown
    from trust.load.serving import Served

__all__ = ["Crowd", "Loaded", "loaded"]

LOOK_S: Final = 5.0
"""Seconds between two looks at the server."""

WARM_SHARE: Final = 0.25
"""Of the time, which is not counted for growth: caches fill and the first people go."""

SPARE: Final = 8
"""Threads for reviewers, browsers and looks at the server."""

WAITS: Final = (
    *("opened", "answered", "asked", "shown", "decided"),
    *("finished", "turned", "drawn", "heard"),
)
"""What is waited for, as a tally names it."""

EMPTY_S: Final = 10.0
"""For so long the server may take to see that all have gone."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who comes, and for how long.

    Attributes:
        people: How many are there at once.
        seconds: For how long.
        stay_s: How long one stays in the mean; then another one comes.
        pace: How they go about it.
        seed: Of all chance.
        least: How often each moves at the least, and how many sit at each place one after another, whatever the time.
        one: Makes a person; the peer's have another protocol.
    """

    people: int
    seconds: float
    stay_s: float = 600.0
    pace: Pace = field(default_factory=Pace)
    seed: int = 1
    least: tuple[int, int] = (0, 1)
    one: Callable[[Seat, str, Tally, random.Random, Pace], Person] = Person


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it.

    Attributes:
        name: Of the dashboard.
        people: How many were there at once.
        came: How many came in all.
        seconds: For how long they were there.
        moves: How often they moved the slider or opened an event.
        overtaken: How many moves were answered together with a later one.
        opened: Waits for the first map.
        answered: Waits from a move of the slider to the answer that carries its day.
        asked: Waits from what a large set's page asks with a move to the answer.
        shown: Waits from the opening of an event to its answer.
        decided: Waits from a reviewer's decision to the word that it is kept.
        finished: Waits from a move to the end of its run.
        turned: Waits for another page, and for the map again.
        drawn: Waits from the slider's key to the drawn map, in real browsers.
        heard: Waits there from the key to the server's answer.
        decisions: What reviewers were told is kept.
        errors: What went wrong, in words, and how often.
        foreign: What reached someone whom it did not concern, and how often.
        checked: Messages of the server that were looked at.
        bytes: Of them.
        cores: Of the processor that the server took in the mean.
        crowd_cores: That the crowd took itself.
        samples: Looks at the server.
        growth: Of what it held, after a quarter of the time.
        left: Connections that the server held when all had gone.
        complaints: Lines of the server's log that tell of a fault.
        lost: What of the decisions is not there in the end, in words.
    """

    name: str
    people: int
    came: int
    seconds: float
    moves: int
    overtaken: int
    opened: Waits
    answered: Waits
    asked: Waits
    shown: Waits
    decided: Waits
    finished: Waits
    turned: Waits
    drawn: Waits
    heard: Waits
    decisions: tuple[Decided, ...]
    errors: tuple[tuple[str, int], ...]
    foreign: tuple[tuple[str, int], ...]
    checked: int
    bytes: int
    cores: float
    crowd_cores: float
    samples: tuple[Sample, ...]
    growth: Growth
    left: int
    complaints: tuple[str, ...]
    lost: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How often anything went wrong."""
        return (
            sum(times for _, times in (*self.errors, *self.foreign)) + len(self.complaints) + len(self.lost)
        )


def loaded(
    name: str,
    server: Served,
    crowd: Crowd,
    shown: Sequence[Shown],
    also: Sequence[Callable[[Tally], Awaitable[None]]] = (),
) -> Loaded:
    """Send a crowd to a server, and sum up what came of it.

    Args:
        name: Of the dashboard.
        server: That runs.
        crowd: Who comes.
        shown: The collections that it shows, the one that it shows first before others.
        also: What goes on beside the crowd, as real browsers and reviewers.
    """
    return asyncio.run(_loaded(name, server, crowd, shown, also))


async def _loaded(
    name: str,
    server: Served,
    crowd: Crowd,
    shown: Sequence[Shown],
    also: Sequence[Callable[[Tally], Awaitable[None]]],
) -> Loaded:
    # Everybody fetches in a thread of his own: none waits for another before the server is asked.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(crowd.people + SPARE))
    tally, samples = Tally(), [sample(server.pid)]
    start, own = time.monotonic(), time.process_time()
    looking = asyncio.create_task(_look(server, samples))
    seats = iter(range(1, 100_000))
    chances = [random.Random(f"{crowd.seed} {place}") for place in range(crowd.people)]  # noqa: S311 - nothing secret
    places = [_place(server, crowd, shown, tally, seats, chance) for chance in chances]
    await asyncio.gather(*places, *(one(tally) for one in also))
    seconds, own = time.monotonic() - start, time.process_time() - own
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking
    samples.append(await asyncio.to_thread(sample, server.pid))
    left = await _emptied(server)
    counted = [one for one in samples if one.at >= start + WARM_SHARE * seconds]
    return Loaded(
        name=name,
        people=crowd.people,
        came=tally.people,
        seconds=seconds,
        moves=tally.moves,
        overtaken=tally.overtaken,
        **{name: waits_of(getattr(tally, name)) for name in WAITS},
        decisions=tuple(tally.decisions),
        errors=tuple(tally.errors.most_common()),
        foreign=tuple(tally.foreign.most_common()),
        checked=tally.checked,
        bytes=tally.bytes,
        cores=(samples[-1].cpu_s - samples[0].cpu_s) / seconds,
        crowd_cores=own / seconds,
        samples=tuple(samples),
        growth=growth_of(counted),
        left=left,
        complaints=_complaints(server.written()),
    )


async def _place(
    server: Served,
    crowd: Crowd,
    shown: Sequence[Shown],
    tally: Tally,
    seats: Iterator[int],
    chance: random.Random,
) -> None:
    """Keep one place taken: who sits there goes after a while, and another one comes, who looks at something else."""
    until = time.monotonic() + crowd.seconds
    # In the middle of things: who is there at the start goes the sooner.
    goes = time.monotonic() + chance.uniform(0, 2 * crowd.stay_s)
    moves, sitters = crowd.least
    while time.monotonic() < until or sitters > 0:
        person = crowd.one(seat_of(next(seats), shown), server.address, tally, chance, crowd.pace)
        await person.live(min(goes, until), moves)
        sitters -= 1
        goes = time.monotonic() + chance.uniform(0.5, 1.5) * crowd.stay_s


async def _look(server: Served, samples: list[Sample]) -> None:
    while True:
        await asyncio.sleep(LOOK_S)
        with suppress(OSError):
            samples.append(await asyncio.to_thread(sample, server.pid))


async def _emptied(server: Served) -> int:
    """Wait until the server has seen that all have gone; return how many connections it still holds."""
    until = time.monotonic() + EMPTY_S
    left = server.connected()
    while left and time.monotonic() < until:
        await asyncio.sleep(0.1)
        left = server.connected()
    return left


def _complaints(log: str) -> tuple[str, ...]:
    """Give the lines of a log that name an error or an exception, or a warning."""
    marks = ("Traceback", "Error", "Exception", "WARNING", "Warning")
    return tuple(line[:300] for line in log.splitlines() if any(mark in line for mark in marks))[:50]
