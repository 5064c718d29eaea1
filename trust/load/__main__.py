"""Send a crowd to our dashboard, and to the peer's, and print how long they waited beside the target."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.dashboards import install_peer
from claims.named import named
from claims.shipped import shipped
from trust.load.browsers import watched_browsers
from trust.load.crowd import Crowd, loaded
from trust.load.peer import PEER, PeersPerson, write_points
from trust.load.seats import shown_of
from trust.load.serving import OURS, served

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trust.load.crowd import Loaded
    from trust.load.tally import Waits

__all__ = ["TARGET_S", "load", "load_peer", "main", "told"]

TARGET_S: Final = 1.0
"""Within which 95 of a hundred moves must be answered."""

FLAT: Final = 0.05
"""The share of what the server holds by which it may grow in an hour."""


def load(crowd: Crowd, words: Sequence[str] = (), browsers: int = 0) -> Loaded:
    """Send a crowd to our dashboard.

    Args:
        crowd: Who comes.
        words: The collections that they look at, as `bordermap serve` takes them; all that are shipped where none.
        browsers: How many real browsers are among them.

    Raises:
        BordermapError: A collection is not there, or has faults.
    """
    words = words or list(shipped())
    shown = [shown_of(word, first=not at) for at, word in enumerate(words)]
    with served(OURS, {"BORDERMAP_COLLECTION": named(words[0]).word}) as server:
        return loaded("bordermap", server, crowd, shown, watched_browsers(server.address, browsers, crowd))


def load_peer(crowd: Crowd) -> Loaded:
    """Send a crowd to the peer's dashboard over the events of the first shipped collection.

    Raises:
        RuntimeError: streamlit-folium cannot be installed.
    """
    install_peer()
    word = next(iter(shipped()))
    with tempfile.TemporaryDirectory() as folder:
        points = Path(folder) / "points.json"
        write_points(word, points)
        with served(PEER, {"LOAD_POINTS": str(points)}, bare=True) as server:
            return loaded("streamlit-folium", server, crowd, [shown_of(word, first=True)])


def main() -> int:
    """Run; 1 where anything went wrong at ours, where people waited too long, or where what it holds grows."""
    choices = _choices()
    seconds = 3600 if choices.hour else choices.minutes * 60
    crowd = Crowd(choices.people, seconds, choices.stay, seed=choices.seed)
    done = [load(crowd, choices.collection or (), choices.browsers)]
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
    return int(bool(ours.failed or ours.left or grows) or ours.answered.p95 > TARGET_S)


def told(one: Loaded) -> str:
    """Say what came of it, a line a thing."""
    growth = one.growth
    names = {
        "opened": "the first map",
        "answered": f"the day (p95 < {TARGET_S:g})",
        "finished": "the end of its run",
        "turned": "another page",
        "drawn": "the day, in Chromium",
        "heard": "its answer, there",
    }
    came = f"{one.people} at once for {one.seconds:.0f} s, {one.came} in all"
    errors, foreign = (sum(times for _, times in wrong) for wrong in (one.errors, one.foreign))
    held = f"{growth.level_mb:.0f} MB, {growth.per_hour_mb:+.1f} ± {growth.give_or_take_mb:.1f} MB an hour"
    lines = [
        f"{one.name}: {came}; {one.moves:,} moves, {one.overtaken:,} answered with a later one",
        f"{'seconds until':24}{'n':>8}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}",
        *(_row(words, getattr(one, name)) for name, words in names.items()),
        f"errors {errors}, another's {foreign} of {one.checked:,} messages ({one.bytes / 1e6:.0f} MB)",
        f"processor: server {one.cores:.2f} cores, crowd {one.crowd_cores:.2f}",
        f"memory (PSS): {held} over {growth.hours * 60:.0f} min; connections left {one.left}",
        *(f"  {times} x {what}" for what, times in (*one.errors, *one.foreign)[:20]),
        *(f"  log: {line}" for line in one.complaints[:10]),
    ]
    return "\n".join(lines)


def _row(words: str, waits: Waits) -> str:
    figures = (waits.p50, waits.p95, waits.p99, waits.longest)
    return f"{words:24}{waits.count:>8,}" + "".join(f"{seconds:8.3f}" for seconds in figures)


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
