"""The places and numbers of a clause, dealt out to the claims that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.clauses import Clause
    from claims.articles.counts import Count
    from claims.articles.movers import Mover
    from claims.articles.placing import Placed

__all__ = ["numbers_of", "shares"]


def numbers_of(clause: Clause, who: Mover | None) -> list[Count]:
    """Give the counts of a clause: those with the mover, else those within it."""
    first = clause.inner if who and clause.inner <= who.start else clause.left
    found = [one for one in clause.read.counts if first <= one.start < clause.right]
    if who:
        own = [one for one in clause.read.counts if one.start < who.end and one.end > who.start]
        return own + [one for one in found if one not in own]
    return found


def shares(
    places: Sequence[tuple[str, Placed]], numbers: Sequence[Count]
) -> Iterator[tuple[dict[str, Placed], Count | None]]:
    """Give the ends and count of each claim that a clause makes: one a place, with its own number where it has one."""
    by_role: dict[str, list[Placed]] = {}
    for role, placed in places:
        by_role.setdefault(role, []).append(placed)
    leading = next(
        (role for role in ("place", "crossing", "origin", "destination") if len(by_role.get(role, ())) > 1),
        None,
    )
    fixed = {role: several[0] for role, several in by_role.items() if role != leading}
    if leading is None:
        yield fixed, numbers[0] if numbers else None
        return
    several = by_role[leading]
    own = {
        placed: [one for one in numbers if last <= one.start < placed.mention.start]
        for last, placed in zip([0, *(p.mention.end for p in several)], several, strict=False)
    }
    shared = sum(bool(counted) for counted in own.values()) < 2
    for placed in several:
        count = (numbers[0] if numbers else None) if shared else (own[placed][-1] if own[placed] else None)
        yield fixed | {leading: placed}, count
