"""Send a crowd to our dashboard, and to the peer's, and print how long they waited beside the target."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from claims.named import named
from claims.shipped import shipped
from trust.load.crowd import Crowd, loaded
from trust.load.seats import shown_of
from trust.load.serving import OURS, served

if TYPE_CHECKING:
    from trust.load.crowd import Loaded


def main() -> int:
    """Run; 1 where anything went wrong."""
    choices = _choices()
    crowd = Crowd(
        choices.people, 3600 if choices.hour else choices.minutes * 60, choices.stay, seed=choices.seed
    )
    words = choices.collection or list(shipped())
    shown = [shown_of(word, first=not at) for at, word in enumerate(words)]
    with served(OURS, {"BORDERMAP_COLLECTION": named(words[0]).word}) as server:
        told = loaded("bordermap", server, crowd, shown)
    print(_told(told))
    if choices.json:
        print(json.dumps(asdict(told)))
    return int(bool(told.failed))


def _told(one: Loaded) -> str:
    lines = [
        f"{one.name}: {one.people} at once, {one.came} came, {one.seconds:.0f} s, {one.moves} moves, {one.overtaken} overtaken"
    ]
    for what in ("opened", "answered", "finished", "turned"):
        waits = getattr(one, what)
        lines.append(
            f"  {what:9} n {waits.count:6} p50 {waits.p50:.3f} p95 {waits.p95:.3f} p99 {waits.p99:.3f} max {waits.longest:.3f}"
        )
    lines.append(
        f"  server {one.cores:.2f} cores, crowd {one.crowd_cores:.2f}; checked {one.checked} messages, {one.bytes / 1e6:.1f} MB"
    )
    grown = one.growth
    lines.append(
        f"  PSS {grown.level_mb:.0f} MB, {grown.per_hour_mb:+.1f} +- {grown.give_or_take_mb:.1f} MB/h over {grown.hours:.2f} h; left {one.left}"
    )
    lines += [
        f"  {sample.at - one.samples[0].at:6.0f} s {sample.pss_mb:.0f} MB {sample.threads} threads {sample.files} files"
        for sample in one.samples[:: max(1, len(one.samples) // 8)]
    ]
    lines += [f"  error x{times}: {what}" for what, times in (*one.errors, *one.foreign)][:20]
    lines += [f"  log: {line}" for line in one.complaints[:10]]
    return "\n".join(lines)


def _choices() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m trust.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--stay", type=float, default=600)
    parser.add_argument("--hour", action="store_true")
    parser.add_argument("--collection", action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
