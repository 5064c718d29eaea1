"""The parts of `make trust` that kill what writes: reviewers and their server, commands, builds."""

from __future__ import annotations

import itertools
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.acts import file_acts, load, postgresql_acts, sqlite_acts
from trust.builds import WAYS, WHATS, Builds
from trust.came import NOTHING, Came, say
from trust.commands import Rounds
from trust.kills import killed
from trust.postgresql import server
from trust.reviewers import begin
from trust.table import at_least, at_most

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from trust.builds import BuildRound
    from trust.commands import Act
    from trust.kills import Round
    from trust.table import Line

__all__ = ["builds", "commands", "reviewers"]

_WRONG: Final = ("differences", "duplicates", "strays")


def reviewers(choices: argparse.Namespace) -> Came:
    """Kill the store's reviewers, and PostgreSQL with them."""
    rounds = {"SQLite: reviewers killed": _sqlite(choices.sqlite, choices.seed)}
    rounds |= _postgresql(choices.postgresql, choices.seed)
    return _killed({where: [_tally(where, done)] for where, done in rounds.items() if done})


def commands(choices: argparse.Namespace) -> Came:
    """Kill commands: each of those that write, so many times."""
    chance = random.Random(choices.seed)  # noqa: S311 - nothing secret
    groups: dict[str, list[dict[str, Any]]] = {}
    for where, folder, acts, rounds in _acts(choices):
        for act in acts:
            of_act = Rounds(act, folder)
            done = [of_act.killed(chance) for _ in range(rounds)]
            tally = _tally(act.name, done) | {"left": sum(one.left for one in done)}
            groups.setdefault(where, []).append(tally)
            say(f"{act.name}: {tally['kills']} kills, {len(tally['lost'])} lost")
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


def builds(choices: argparse.Namespace) -> Came:
    """Kill builds."""
    if not choices.builds:
        return NOTHING
    tallies = []
    chance = random.Random(choices.seed)  # noqa: S311 - nothing secret
    with tempfile.TemporaryDirectory() as folder:
        builds = Builds(Path(folder), choices.claims, 4)
        for way, what in itertools.product(WAYS, WHATS):
            done: list[BuildRound] = []
            while sum(one.kills for one in done) < choices.builds:
                done.append(builds.killed(way, what, chance))
            tallies.append(_tally_of(f"{way}, {what}", done))
            say(f"{tallies[-1]['where']}: done")
    wrong = [f"{one['where']}: {name}: {what}" for one in tallies for name in _WRONG for what in one[name]]
    kills = sum(one["kills"] for one in tallies)
    where = "builds killed, a worker or the whole"
    lines = (at_least(where, "killed", kills, 1), at_most(where, "not as if left in peace", len(wrong), 0))
    return Came(lines, tuple(tallies), tuple(wrong), kills)


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
