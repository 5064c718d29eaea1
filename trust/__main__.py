"""Kill reviewers of the store, PostgreSQL and builds many times over, and go through all that could ask the network: what was lost, what asked."""

from __future__ import annotations

import argparse
import itertools
import json
import random
import secrets
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trust.acts import file_acts, load, postgresql_acts, sqlite_acts
from trust.builds import WAYS, WHATS, Builds
from trust.clocks import gone_back
from trust.commands import Rounds
from trust.egress import ALL, CannotTellError, egress
from trust.kills import killed
from trust.postgresql import server
from trust.reviewers import begin
from trust.stops import stopped
from trust.table import printed
from trust.together import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trust.builds import BuildRound
    from trust.commands import Act
    from trust.kills import Round

_STRINGS: Final = Path(__file__).parents[2] / "shared" / "badinputs" / "strings" / "naughty.json"
"""Strings that have broken other programs, where they lie beside the checkout."""

_WRONG: Final = ("differences", "duplicates", "strays")


def main() -> int:
    """Run the rounds; 1 where something was lost or differs, or nothing was acknowledged or killed."""
    choices = _choices()
    print(f"seed {choices.seed}", file=sys.stderr)
    return max(
        _store(choices),
        _commands(choices),
        _stops(choices),
        _together(choices),
        _clock(choices),
        _builds(choices),
        _egress(choices),
        _hostile(choices),
    )


def _store(choices: argparse.Namespace) -> int:
    """Kill the store's reviewers."""
    if not (choices.sqlite or choices.postgresql):
        return 0
    rounds = {"SQLite": _sqlite(choices.sqlite, choices.seed)}
    rounds |= _postgresql(choices.postgresql, choices.seed)
    tallies = [_tally(where, done) for where, done in rounds.items() if done]
    if choices.json:
        print(json.dumps(tallies))
    else:
        print(f"{'':42}{'kills':>7}{'acknowledged':>14}{'lost':>6}")
        for tally in tallies:
            print(f"{tally['where']:42}{tally['kills']:>7}{tally['acknowledged']:>14}{len(tally['lost']):>6}")
    for tally in tallies:
        for lost in tally["lost"]:
            print(f"{tally['where']}: {lost}", file=sys.stderr)
    return int(any(tally["lost"] or not tally["acknowledged"] for tally in tallies))


def _commands(choices: argparse.Namespace) -> int:
    """Kill commands: each of those that write, so many times."""
    tallies: list[dict[str, Any]] = []
    chance = random.Random(choices.seed)  # noqa: S311 - nothing secret
    for folder, acts, rounds in _acts(choices):
        for act in acts:
            of_act = Rounds(act, folder)
            done = [of_act.killed(chance) for _ in range(rounds)]
            tallies.append(
                {
                    "where": act.name,
                    "kills": sum(one.kills for one in done),
                    "acknowledged": sum(one.acknowledged for one in done),
                    "lost": [lost for one in done for lost in one.lost],
                    "left": sum(one.left for one in done),
                }
            )
            counts = ", ".join(f"{tallies[-1][name]} {name}" for name in ("kills", "acknowledged", "left"))
            print(f"{act.name}: {counts}, {len(tallies[-1]['lost'])} lost", file=sys.stderr, flush=True)
    return _told(choices, tallies, ("kills", "acknowledged", "lost", "left"))


def _acts(choices: argparse.Namespace) -> Iterator[tuple[Path, Iterable[Act], int]]:
    """Give the acts with the folder of their rounds and the number of these."""
    if choices.files or choices.sqlite_commands or choices.postgresql_commands:
        load()
    with tempfile.TemporaryDirectory() as folder:
        if choices.files:
            yield Path(folder), file_acts(Path(folder)), choices.files
    with tempfile.TemporaryDirectory() as folder:
        if choices.sqlite_commands:
            yield Path(folder), sqlite_acts(Path(folder)), choices.sqlite_commands
    with tempfile.TemporaryDirectory() as folder:
        if choices.postgresql_commands:
            with server() as running:
                yield Path(folder), postgresql_acts(Path(folder), running), choices.postgresql_commands


def _stops(choices: argparse.Namespace) -> int:
    """Stop PostgreSQL and start it again under load."""
    if not choices.stops:
        return 0
    with server() as running:
        found = asdict(stopped(running, "stopped", choices.stops, choices.seed))
    columns = ("stops", "acknowledged", "refused", "unknown", "written", "lost", "twice", "silent")
    return _told(choices, [{"where": "PostgreSQL stopped and started"} | found], columns)


def _together(choices: argparse.Namespace) -> int:
    """Let two dashboards write one SQLite file."""
    if not choices.together:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = asdict(together(f"sqlite:///{Path(folder) / 'store.sqlite'}", choices.together))
    found["longest_s"] = round(found["longest_s"], 2)
    columns = ("decisions", "longest_s", "lost", "refused", "unseen")
    return _told(choices, [{"where": "two dashboards on one SQLite file"} | found], columns)


def _clock(choices: argparse.Namespace) -> int:
    """Let the machine's clock go back between writes."""
    if not choices.clock:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = gone_back(Path(folder))
    if found is None:
        print("the clock stays as it is: there is no cc", file=sys.stderr)
        return 0
    return _told(
        choices, [{"where": "a clock that goes back"} | asdict(found)], ("writes", "back", "told", "wrong")
    )


def _told(choices: argparse.Namespace, tallies: list[dict[str, Any]], columns: Sequence[str]) -> int:
    """Print what was counted, a line each; 1 where something is in a column that is to be empty."""
    if not tallies:
        return 0
    if choices.json:
        print(json.dumps(tallies))
    else:
        print(f"\n{'':42}" + "".join(f"{name:>13}" for name in columns))
        for one in tallies:
            cells = (len(one[name]) if isinstance(one[name], list | tuple) else one[name] for name in columns)
            print(f"{one['where']:42}" + "".join(f"{cell:>13}" for cell in cells))
    wrong = [
        f"{one['where']}: {name}: {what}"
        for one in tallies
        for name in columns
        if isinstance(one[name], list | tuple)
        for what in one[name]
    ]
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return int(bool(wrong))


def _builds(choices: argparse.Namespace) -> int:
    """Kill builds."""
    if not choices.builds:
        return 0
    tallies = []
    chance = random.Random(choices.seed)  # noqa: S311 - nothing secret
    with tempfile.TemporaryDirectory() as folder:
        builds = Builds(Path(folder), choices.claims, 4)
        for way, what in itertools.product(WAYS, WHATS):
            done: list[BuildRound] = []
            while sum(one.kills for one in done) < choices.builds:
                done.append(builds.killed(way, what, chance))
            tallies.append(_tally_of(f"{way}, {what}", done))
            print(f"{tallies[-1]['where']}: done", file=sys.stderr)
    if choices.json:
        print(json.dumps(tallies))
    else:
        print(f"\n{'':42}{'kills':>7}" + "".join(f"{name:>13}" for name in _WRONG))
        for one in tallies:
            print(f"{one['where']:42}{one['kills']:>7}" + "".join(f"{len(one[name]):>13}" for name in _WRONG))
    wrong = [f"{one['where']}: {name}: {what}" for one in tallies for name in _WRONG for what in one[name]]
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    return int(bool(wrong))


def _egress(choices: argparse.Namespace) -> int:
    """Go through all that could ask the network."""
    if not choices.egress:
        return 0
    try:
        found = egress(choices.egress)
    except CannotTellError as error:
        print(f"requests off the machine: cannot be told here: {error}", file=sys.stderr)
        return 1
    print(json.dumps(asdict(found)) if choices.json else f"\n{printed(found.lines)}")
    print(
        "".join(f"{line}\n" for line in (*found.asked, *found.silent, *found.astray)), end="", file=sys.stderr
    )
    return int(not found.holds)


def _hostile(choices: argparse.Namespace) -> int:
    """Try hostile texts on every surface."""
    if not choices.hostile:
        return 0
    from trust.hostile import hostile, lines_of  # noqa: PLC0415 - a browser and the dashboard are asked for here alone

    strings = json.loads(_STRINGS.read_text(encoding="utf-8")) if _STRINGS.is_file() else []
    run = hostile(choices.hostile, strings, lambda said: print(said, file=sys.stderr))
    if choices.json:
        print(json.dumps(asdict(run)))
    else:
        print(f"\n{printed(lines_of(run, choices.hostile))}")
    faults = [fault for one in run.surfaces for fault in one.faults]
    print("\n".join(faults), end="\n" if faults else "", file=sys.stderr)
    return int(bool(faults) or not run.fired)


def _tally_of(where: str, rounds: list[BuildRound]) -> dict[str, Any]:
    wrong = {name: [what for one in rounds for what in getattr(one, name)] for name in _WRONG}
    return {"where": where, "kills": sum(one.kills for one in rounds), **wrong}


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trust", description=__doc__)
    parser.add_argument(
        "--sqlite", type=int, default=112, help="rounds of four reviewers on SQLite (default: %(default)s)"
    )
    parser.add_argument(
        "--postgresql",
        type=int,
        default=105,
        help="on PostgreSQL, with it in every third (default: %(default)s)",
    )
    parser.add_argument(
        "--files", type=int, default=6, help="rounds of each command that writes files (default: %(default)s)"
    )
    parser.add_argument(
        "--sqlite-commands", type=int, default=12, help="of each that writes a store (default: %(default)s)"
    )
    parser.add_argument(
        "--postgresql-commands", type=int, default=12, help="on PostgreSQL (default: %(default)s)"
    )
    parser.add_argument("--stops", type=int, default=20, help="stops of PostgreSQL (default: %(default)s)")
    parser.add_argument(
        "--together",
        type=int,
        default=20,
        help="decisions of each writer of two dashboards (default: %(default)s)",
    )
    parser.add_argument(
        "--clock", type=int, default=1, help="0 leaves the clock as it is (default: %(default)s)"
    )
    parser.add_argument(
        "--builds", type=int, default=10, help="kills of each of six ways of a build (default: %(default)s)"
    )
    parser.add_argument(
        "--claims", type=int, default=6_000, help="made-up claims that are built (default: %(default)s)"
    )
    parser.add_argument(
        "--hostile", type=int, default=0, help="hostile texts tried on every surface (default: %(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(1_000_000), help="of all that is random"
    )
    parser.add_argument(
        "--egress",
        nargs="*",
        default=ALL,
        choices=[*ALL, "tests"],
        metavar="SURFACE",
        help=f"what is gone through for requests off the machine, of {', '.join(ALL)}, tests; none: nothing (default: all but tests)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser.parse_args()


def _sqlite(rounds: int, seed: int) -> list[Round]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'store.sqlite'}"
        text = begin(url)
        return [killed(url, text, seed + number) for number in range(rounds)]


def _postgresql(rounds: int, seed: int) -> dict[str, list[Round]]:
    """Kill the reviewers in each round, and in every third the server with them."""
    if not rounds:
        return {}
    alone, together = [], []
    with server() as running:
        url = running.make_database("trust")
        text = begin(url)

        def restarted() -> None:
            running.kill()
            running.start()

        for number in range(rounds):
            if number % 3 == 2:
                together.append(killed(url, text, seed + number, restarted))
            else:
                alone.append(killed(url, text, seed + number))
    return {"PostgreSQL, reviewers killed": alone, "PostgreSQL, the server killed as well": together}


def _tally(where: str, rounds: list[Round]) -> dict[str, object]:
    return {
        "where": where,
        "kills": sum(one.kills for one in rounds),
        "acknowledged": sum(one.acknowledged for one in rounds),
        "lost": [lost for one in rounds for lost in one.lost],
    }


if __name__ == "__main__":
    sys.exit(main())
