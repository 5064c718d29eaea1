"""The parts of `make trust`: each puts one thing to the test, and gives its lines of the table and what went wrong."""

from __future__ import annotations

import itertools
import json
import random
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.acts import file_acts, load, postgresql_acts, sqlite_acts
from trust.builds import WAYS, WHATS, Builds
from trust.clocks import gone_back
from trust.commands import Rounds
from trust.egress import CannotTellError, egress
from trust.kills import killed
from trust.postgresql import server
from trust.reviewers import begin
from trust.stops import stopped
from trust.table import Line, at_least, at_most
from trust.together import together

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from trust.builds import BuildRound
    from trust.commands import Act
    from trust.kills import Round

__all__ = ["PARTS", "Came"]

KILLS: Final = 1_000
"""So many are to be made in a run of all."""

_STRINGS: Final = Path(__file__).parents[2] / "shared" / "badinputs" / "strings" / "naughty.json"
"""Strings that have broken other programs, where they lie beside the checkout."""

_WRONG: Final = ("differences", "duplicates", "strays")


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a part.

    Attributes:
        lines: Of the table.
        told: All figures, for JSON.
        wrong: What went wrong, a sentence each.
        kills: How many processes were killed while they wrote.
    """

    lines: tuple[Line, ...]
    told: tuple[dict[str, Any], ...]
    wrong: tuple[str, ...] = ()
    kills: int = 0


def _reviewers(choices: argparse.Namespace) -> Came:
    """Kill the store's reviewers, and PostgreSQL with them."""
    rounds = {"SQLite: reviewers killed": _sqlite(choices.sqlite, choices.seed)}
    rounds |= _postgresql(choices.postgresql, choices.seed)
    return _killed({where: [_tally(where, done)] for where, done in rounds.items() if done})


def _commands(choices: argparse.Namespace) -> Came:
    """Kill commands: each of those that write, so many times."""
    chance = random.Random(choices.seed)  # noqa: S311 - nothing secret
    groups: dict[str, list[dict[str, Any]]] = {}
    for where, folder, acts, rounds in _acts(choices):
        for act in acts:
            of_act = Rounds(act, folder)
            done = [of_act.killed(chance) for _ in range(rounds)]
            tally = _tally(act.name, done) | {"left": sum(one.left for one in done)}
            groups.setdefault(where, []).append(tally)
            _say(f"{act.name}: {tally['kills']} kills, {len(tally['lost'])} lost")
    return _killed(groups)


def _acts(choices: argparse.Namespace) -> Iterator[tuple[str, Path, Iterable[Act], int]]:
    """Give the acts with what they are called together, the folder of their rounds, and the number of these."""
    if choices.files or choices.sqlite_commands or choices.postgresql_commands:
        load()
    with tempfile.TemporaryDirectory() as folder:
        if choices.files:
            yield "commands that write files killed", Path(folder), file_acts(Path(folder)), choices.files
    with tempfile.TemporaryDirectory() as folder:
        if choices.sqlite_commands:
            yield (
                "SQLite: commands killed",
                Path(folder),
                sqlite_acts(Path(folder)),
                choices.sqlite_commands,
            )
    with tempfile.TemporaryDirectory() as folder:
        if choices.postgresql_commands:
            with server() as running:
                acts = postgresql_acts(Path(folder), running)
                yield "PostgreSQL: commands killed", Path(folder), acts, choices.postgresql_commands


def _killed(groups: dict[str, list[dict[str, Any]]]) -> Came:
    lines: list[Line] = []
    tallies = [tally for group in groups.values() for tally in group]
    for where, group in groups.items():
        lost = [one for tally in group for one in tally["lost"]]
        lines += [
            at_least(where, "killed", sum(tally["kills"] for tally in group), 1),
            at_least(where, "writes acknowledged", sum(tally["acknowledged"] for tally in group), 1),
            at_most(where, "lost, or half written", len(lost), 0),
        ]
    wrong = [f"{tally['where']}: {lost}" for tally in tallies for lost in tally["lost"]]
    return Came(tuple(lines), tuple(tallies), tuple(wrong), sum(tally["kills"] for tally in tallies))


def _stops(choices: argparse.Namespace) -> Came:
    """Stop PostgreSQL and start it again under load."""
    if not choices.stops:
        return Came((), ())
    with server() as running:
        found = stopped(running, "stopped", choices.stops, choices.seed)
    where = "PostgreSQL stopped and started under load"
    lines = (
        at_least(where, "stops", found.stops, choices.stops),
        at_least(where, "decisions acknowledged", found.acknowledged, 1),
        Line(where, "told that nothing was written", f"{found.refused:,}"),
        Line(where, "told that it is not known", f"{found.unknown:,}"),
        at_most(where, "lost", len(found.lost), 0),
        at_most(where, "written twice", len(found.twice), 0),
        at_most(where, "left without a word", len(found.silent), 0),
    )
    return _came(where, lines, asdict(found), ("lost", "twice", "silent"))


def _together(choices: argparse.Namespace) -> Came:
    """Let two dashboards write one SQLite file."""
    if not choices.together:
        return Came((), ())
    with tempfile.TemporaryDirectory() as folder:
        found = together(f"sqlite:///{Path(folder) / 'store.sqlite'}", choices.together)
    where = "two dashboards on one SQLite file"
    lines = (
        at_least(where, "decisions acknowledged", found.decisions, 1),
        Line(where, "longest wait, s", f"{found.longest_s:.2f}"),
        at_most(where, "lost", len(found.lost), 0),
        at_most(where, "refused", len(found.refused), 0),
        at_most(where, "not seen by the other", len(found.unseen), 0),
    )
    return _came(where, lines, asdict(found), ("lost", "refused", "unseen"))


def _clock(choices: argparse.Namespace) -> Came:
    """Let the machine's clock go back between writes."""
    if not choices.clock:
        return Came((), ())
    where = "a clock that goes back"
    with tempfile.TemporaryDirectory() as folder:
        found = gone_back(Path(folder))
    if found is None:
        told = f"{where}: there is no cc, by which it would be set"
        return Came((Line(where, "times", "0", ">= 1", held=False),), (), (told,))
    lines = (
        at_least(where, "times", found.back, 1),
        Line(where, "told by the audit", f"{found.told:,}", f"{found.back:,}", found.told == found.back),
        at_most(where, "lost, or out of order", len(found.wrong), 0),
    )
    return _came(where, lines, asdict(found), ("wrong",))


def _came(where: str, lines: tuple[Line, ...], found: dict[str, Any], wrong: tuple[str, ...]) -> Came:
    sentences = tuple(f"{where}: {name}: {what}" for name in wrong for what in found[name])
    return Came(lines, ({"where": where} | found,), sentences)


def _builds(choices: argparse.Namespace) -> Came:
    """Kill builds."""
    if not choices.builds:
        return Came((), ())
    tallies = []
    chance = random.Random(choices.seed)  # noqa: S311 - nothing secret
    with tempfile.TemporaryDirectory() as folder:
        builds = Builds(Path(folder), choices.claims, 4)
        for way, what in itertools.product(WAYS, WHATS):
            done: list[BuildRound] = []
            while sum(one.kills for one in done) < choices.builds:
                done.append(builds.killed(way, what, chance))
            tallies.append(_tally_of(f"{way}, {what}", done))
            _say(f"{tallies[-1]['where']}: done")
    wrong = [f"{one['where']}: {name}: {what}" for one in tallies for name in _WRONG for what in one[name]]
    kills = sum(one["kills"] for one in tallies)
    where = "builds killed, a worker or the whole"
    lines = (at_least(where, "killed", kills, 1), at_most(where, "not as if left in peace", len(wrong), 0))
    return Came(lines, tuple(tallies), tuple(wrong), kills)


def _egress(choices: argparse.Namespace) -> Came:
    """Go through all that could ask the network."""
    if not choices.egress:
        return Came((), ())
    where = "requests off the machine"
    try:
        found = egress(choices.egress)
    except CannotTellError as error:
        told = f"{where}: cannot be told here: {error}"
        return Came((Line(where, "surfaces gone through", "0", ">= 1", held=False),), (), (told,))
    return Came(tuple(found.lines), (asdict(found),), (*found.asked, *found.silent, *found.astray))


def _hostile(choices: argparse.Namespace) -> Came:
    """Try hostile texts on every surface."""
    if not choices.hostile:
        return Came((), ())
    from trust.hostile import hostile, lines_of  # noqa: PLC0415 - a browser and the dashboard are asked for here alone

    strings = json.loads(_STRINGS.read_text(encoding="utf-8")) if _STRINGS.is_file() else []
    run = hostile(choices.hostile, strings, _say)
    faults = tuple(fault for one in run.surfaces for fault in one.faults)
    return Came(tuple(lines_of(run, choices.hostile)), (asdict(run),), faults)


def _load(choices: argparse.Namespace) -> Came:
    """Send a crowd to the dashboard, and to the peer's."""
    if not choices.minutes:
        return Came((), ())
    from trust.load.runs import crowds, lines_of  # noqa: PLC0415 - a browser and two dashboards, likewise

    done = crowds(choices.people, choices.minutes * 60, choices.peer * 60, choices.seed)
    ours = done[0]
    wrong = tuple(f"{ours.name}: {times} x {what}" for what, times in (*ours.errors, *ours.foreign))
    wrong += tuple(f"{ours.name}: its log: {line}" for line in ours.complaints)
    wrong += tuple(f"{ours.name}: lost: {what}" for what in ours.lost)
    return Came(tuple(lines_of(done)), tuple(map(asdict, done)), wrong)


PARTS: Final[tuple[Callable[[argparse.Namespace], Came], ...]] = (
    _hostile,
    _egress,
    _reviewers,
    _commands,
    _stops,
    _together,
    _clock,
    _builds,
    _load,
)
"""In the order of the table."""


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _tally_of(where: str, rounds: list[BuildRound]) -> dict[str, Any]:
    wrong = {name: [what for one in rounds for what in getattr(one, name)] for name in _WRONG}
    return {"where": where, "kills": sum(one.kills for one in rounds), **wrong}


def _sqlite(rounds: int, seed: int) -> list[Round]:
    if not rounds:
        return []
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.sqlite'}"
        text = begin(url)
        return [killed(url, text, seed + number) for number in range(rounds)]


def _postgresql(rounds: int, seed: int) -> dict[str, list[Round]]:
    """Kill the reviewers in each round, and in every third the server with them."""
    if not rounds:
        return {}
    alone, together_ = [], []
    with server() as running:
        url = running.make_database("trust")
        text = begin(url)

        def restarted() -> None:
            running.kill()
            running.start()

        for number in range(rounds):
            if number % 3 == 2:
                together_.append(killed(url, text, seed + number, restarted))
            else:
                alone.append(killed(url, text, seed + number))
    return {"PostgreSQL: reviewers killed": alone, "PostgreSQL: and the server with them": together_}


def _tally(where: str, rounds: list[Any]) -> dict[str, Any]:
    return {
        "where": where,
        "kills": sum(one.kills for one in rounds),
        "acknowledged": sum(one.acknowledged for one in rounds),
        "lost": [lost for one in rounds for lost in one.lost],
    }
