"""Crowds at our dashboard and at the peer's, and the lines of the table that tell of them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from bench.dashboards import install_peer
from claims.named import named
from claims.shipped import shipped
from claims.userdata import DATABASE
from trust.load.browsers import watched_browsers
from trust.load.crowd import Crowd, loaded
from trust.load.largeset import build_large
from trust.load.peer import PEER, PeersPerson, write_points
from trust.load.reviewed import begin, lost_of
from trust.load.reviewer import reviewers as reviewers_at
from trust.load.seats import shown_of
from trust.load.serving import OURS, served
from trust.table import Line, at_least, at_most

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trust.load.crowd import Loaded
    from trust.load.tally import Waits

__all__ = ["FLAT", "LARGE", "REVIEWERS", "TARGET_S", "crowds", "lines_of", "load", "load_peer", "told"]

TARGET_S: Final = 1.0
"""Within which 95 of a hundred moves must be answered."""

LONGEST_PAUSE_S: Final = 3.0
"""Within which everybody moves again; half as many moves as that makes are asked for, since who reads a page moves nothing."""

REVIEWERS: Final = 1
LARGE: Final = 20_000
"""Claims of the large set: files and hexagons enough, and built in seconds."""

FLAT: Final = 0.05
"""The share of what the server holds by which it may grow in an hour."""


def load(
    crowd: Crowd, words: Sequence[str] = (), browsers: int = 0, reviewers: int = 0, claims: int = 0
) -> Loaded:
    """Send a crowd to our dashboard.

    Args:
        crowd: Who comes.
        words: The collections that they look at, as `bordermap serve` takes them; all that are shipped where none.
        browsers: How many real browsers are among them.
        reviewers: How many people besides decide on a report in a store.
        claims: Of a large set that is made up for some to look at; 0 for none.

    Raises:
        BordermapError: A collection is not there, or has faults.
    """
    words = list(words or shipped())
    with tempfile.TemporaryDirectory(prefix="bordermap-crowd-") as folder:
        # A folder is shown that the dashboard is started with; the shipped ones it shows in any case.
        first = build_large(claims, Path(folder)) if claims else named(words[0]).word
        told = {"BORDERMAP_COLLECTION": first}
        reviewed = begin(f"sqlite:///{Path(folder) / 'store.sqlite'}") if reviewers else None
        if reviewed:
            told[DATABASE] = reviewed.url
        shown = [shown_of(word, first=named(word).word == first) for word in words]
        if claims:
            shown.append(shown_of(first, first=True))
        with served(OURS, told) as server:
            also = [watched_browsers(f"{server.address}/?{urlencode(shown[0].asked)}", browsers, crowd)]
            if reviewed:
                also.append(reviewers_at(server.address, reviewers, reviewed, crowd))
            done = loaded("bordermap", server, crowd, shown, also)
        return replace(done, lost=lost_of(reviewed, done.decisions)) if reviewed else done


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


def crowds(people: int, seconds: float, peers_seconds: float, seed: int) -> list[Loaded]:
    """Send a crowd to our dashboard, with a real browser among it, and, where it has some time, one to the peer's."""
    done = [load(Crowd(people, seconds, seed=seed), browsers=1, reviewers=REVIEWERS, claims=LARGE)]
    if peers_seconds:
        done.append(load_peer(Crowd(people, peers_seconds, seed=seed, one=PeersPerson)))
    return done


def lines_of(done: Sequence[Loaded]) -> list[Line]:
    """Give the lines of the table: ours beside its targets, and after it the peer's."""
    ours, *peers = done
    part = f"{ours.people} people at one dashboard"
    lines = [
        at_least(part, "people in all, who came and went", ours.came, ours.people),
        Line(part, "minutes, on so many cores", f"{ours.seconds / 60:.0f}, {os.cpu_count()}"),
        at_least(
            part, "moves of the slider", ours.moves, int(ours.people * ours.seconds / LONGEST_PAUSE_S / 2)
        ),
        Line(part, "p50 from move to answer, s", f"{ours.answered.p50:.3f}"),
        at_most(part, "p95, s", round(ours.answered.p95, 3), TARGET_S),
        at_least(part, "of them in a real Chromium", ours.drawn.count, 1),
        Line(part, "p95 to the drawn map there, s", f"{ours.drawn.p95:.3f}"),
        at_least(part, "moves on a large set", ours.asked.count, 1),
        at_most(part, "p95 to what its page asked, s", round(ours.asked.p95, 3), TARGET_S),
        Line(part, "p95 to an opened event, s", f"{ours.shown.p95:.3f}"),
        Line(part, "p95 to another page, s", f"{ours.turned.p95:.3f}"),
        at_least(part, "a reviewer's decisions, acknowledged", len(ours.decisions), 1),
        at_most(part, "of them lost", len(ours.lost), 0),
        at_most(part, "p95 from decision to kept, s", round(ours.decided.p95, 3), TARGET_S),
        Line(part, "p50 to the first map, of all at once, s", f"{ours.opened.p50:.3f}"),
        at_most(part, "errors", sum(times for _, times in ours.errors) + len(ours.complaints), 0),
        at_most(part, "seen of another's", sum(times for _, times in ours.foreign), 0),
        at_most(part, "connections left when all had gone", ours.left, 0),
        Line(
            part,
            "memory, MB, and its growth an hour",
            f"{ours.growth.level_mb:.0f} {ours.growth.per_hour_mb:+.0f}",
        ),
    ]
    for peer in peers:
        where = f"as many at {peer.name}"
        lines += [
            Line(where, "minutes", f"{peer.seconds / 60:.0f}"),
            Line(where, "p50 from move to answer, s", f"{peer.answered.p50:.3f}"),
            Line(where, "p95, s", f"{peer.answered.p95:.3f}"),
            Line(where, "errors", f"{sum(times for _, times in peer.errors):,}"),
        ]
    return lines


def told(one: Loaded) -> str:
    """Say what came of it, a line a thing."""
    growth = one.growth
    names = {
        "opened": "the first map",
        "answered": f"the day (p95 < {TARGET_S:g})",
        "finished": "the end of its run",
        "asked": "a large set's marks",
        "shown": "an opened event",
        "decided": "a decision is kept",
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
        f"decisions acknowledged {len(one.decisions)}, lost {len(one.lost)}",
        f"processor: server {one.cores:.2f} cores, crowd {one.crowd_cores:.2f}",
        f"memory (its own): {held} over {growth.hours * 60:.0f} min; connections left {one.left}",
        *(f"  {times} x {what}" for what, times in (*one.errors, *one.foreign)[:20]),
        *(f"  lost: {what}" for what in one.lost[:10]),
        *(f"  log: {line}" for line in one.complaints[:10]),
    ]
    return "\n".join(lines)


def _row(words: str, waits: Waits) -> str:
    figures = (waits.p50, waits.p95, waits.p99, waits.longest)
    return f"{words:24}{waits.count:>8,}" + "".join(f"{seconds:8.3f}" for seconds in figures)
