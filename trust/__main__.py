"""Kill reviewers of the store, and PostgreSQL itself, many times over, and print what was acknowledged and lost."""

from __future__ import annotations

import argparse
import json
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from trust.kills import killed
from trust.postgresql import server
from trust.reviewers import begin

if TYPE_CHECKING:
    from trust.kills import Round


def main() -> int:
    """Run the rounds; 1 where something was lost, or nothing was acknowledged."""
    choices = _choices()
    print(f"seed {choices.seed}", file=sys.stderr)
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


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trust", description=__doc__)
    parser.add_argument("--sqlite", type=int, default=100, help="rounds on SQLite (default: %(default)s)")
    parser.add_argument("--postgresql", type=int, default=30, help="on PostgreSQL (default: %(default)s)")
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(1_000_000), help="of all that is random"
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
        "kills": len(rounds),
        "acknowledged": sum(one.acknowledged for one in rounds),
        "lost": [lost for one in rounds for lost in one.lost],
    }


if __name__ == "__main__":
    sys.exit(main())
