"""Send a crowd to our dashboard, and to the peer's, and print how long they waited beside the target."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from trust.load.crowd import Crowd
from trust.load.peer import PeersPerson
from trust.load.runs import FLAT, LARGE, REVIEWERS, TARGET_S, load, load_peer, told


def main() -> int:
    """Run; 1 where anything went wrong at ours, where people waited too long, or where what it holds grows."""
    choices = _choices()
    seconds = 3600 if choices.hour else choices.minutes * 60
    crowd = Crowd(choices.people, seconds, choices.stay, seed=choices.seed)
    done = [load(crowd, choices.collection or (), choices.browsers, choices.reviewers, choices.large)]
    print(told(done[0]), flush=True)
    if choices.peer:
        done.append(
            load_peer(
                Crowd(choices.people, choices.peer * 60, choices.stay, seed=choices.seed, one=PeersPerson)
            )
        )
        print(told(done[1]))
    if choices.json:
        choices.json.write_text(json.dumps([asdict(one) for one in done]), encoding="utf-8")
    ours = done[0]
    grows = choices.hour and ours.growth.per_hour_mb > FLAT * ours.growth.level_mb
    late = max(one.p95 for one in (ours.answered, ours.asked, ours.decided)) > TARGET_S
    return int(bool(ours.failed or ours.left or grows) or late)


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trust.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50, help="at once (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=10, help="default: %(default)s")
    parser.add_argument("--hour", action="store_true", help="for an hour, after which memory must be flat")
    parser.add_argument(
        "--stay", type=float, default=600, help="seconds that one stays in the mean (default: %(default)s)"
    )
    parser.add_argument(
        "--collection",
        action="append",
        help="that people look at, the first shown first (default: all shipped)",
    )
    parser.add_argument("--browsers", type=int, default=1, help="real ones among them (default: %(default)s)")
    parser.add_argument(
        "--reviewers", type=int, default=REVIEWERS, help="who decide in a store (default: %(default)s)"
    )
    parser.add_argument(
        "--large",
        type=int,
        default=LARGE,
        metavar="CLAIMS",
        help="of a large set that some look at; 0 for none (default: %(default)s)",
    )
    parser.add_argument(
        "--peer",
        type=float,
        nargs="?",
        const=3,
        default=0,
        metavar="MINUTES",
        help="streamlit-folium too, for so long (3)",
    )
    parser.add_argument("--seed", type=int, default=1, help="of all chance (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
