"""The places of a claim by their role in it, from those of a clause by what its words make of them."""
# ruff: noqa: RUF001 - Arabic letters are its business

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.inflected import Form
from claims.articles.roles import DIRECT, SUBJECT
from claims.model import MOVEMENT_KINDS, Kind
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.articles.clauses import Clause
    from claims.articles.lexicon import Lexicon
    from claims.articles.placing import Placed

__all__ = ["is_at_a_gate", "is_done_to_it", "places_of", "shares_its_subject"]

SITE: Final = "site"
"""Said of what lies within a place that was named before; it is no place of a clause that does not make it one."""

NEAR: Final = 8
"""Words before or behind a verb within which the way or gate stands that it closes."""


def places_of(clause: Clause, lexicon: Lexicon, just_named: Placed | None = None) -> list[tuple[str, Placed]]:
    """Give the places of a clause by their role in the claim; one of the sentence where it has none of its own.

    Args:
        clause: The clause.
        lexicon: The words of its language.
        just_named: The place that was named last before it, which may be meant where the sentence names none.
    """
    needs = clause.trigger.frame.needs
    roles = {role for role, _ in clause.roles}
    direct = DIRECT in roles or ("gate" in needs and is_at_a_gate(clause, lexicon, before=False))
    only = "direct" in needs and (DIRECT in roles or (SUBJECT in roles and not direct))
    meant = [
        (role, placed)
        for role, placed in clause.roles
        if not (direct and role == SUBJECT) and (not only or role in {DIRECT, SUBJECT})
    ]
    # "Officials in Lima sent troops to Ica": where the speaker or mover is, is not where it happened.
    start = clause.trigger.start
    if any(placed.mention.start >= start for _, placed in meant):
        meant = [(role, one) for role, one in meant if role != "place" or one.mention.start >= start]
    told = [(_in_claim(role, placed, clause), placed) for role, placed in meant]
    found = [(role, placed) for role, placed in told if role]
    it = is_done_to_it(clause, lexicon)
    if (
        found
        and just_named
        and clause.trigger.frame.kind == Kind.DEPLOYMENT
        and {r for r, _ in found} == {"origin"}
    ):
        return [*found, ("place", just_named)]  # "rushed in conscripts from Ica"
    if found:
        return found
    if "direct" in needs and "gate" not in needs and not it:
        shared = just_named is not None and shares_its_subject(clause, lexicon)
        return [(clause.trigger.frame.subject, just_named)] if just_named and shared else []
    near = list(_elsewhere(clause, lexicon))[:1]
    if not near and just_named and (clause.trigger.frame.context or it):
        near = [just_named]
    return [("place", placed) for placed in near]


def shares_its_subject(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell "was ringed but has not fallen": a verb that a place is the subject of, joined to the one before it."""
    if not clause.trigger.frame.subject:
        return False
    words, at = clause.sentence.words, clause.trigger.start - 1
    while at > 0 and (words[at] in lexicon.skipped or words[at] in lexicon.grammar["being"]):
        at -= 1
    return at > 0 and words[at] in lexicon.grammar["also"]


def is_done_to_it(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell an Arabic verb with "it" written behind it: "they stormed it", "its closing"."""
    trigger = clause.trigger
    last = clause.sentence.words[trigger.end - 1]
    if lexicon.script != "ARABIC" or not trigger.frame.object:
        return False
    if trigger.frame.kind == Kind.CLOSURE:
        return last.endswith(("ه", "ها"))
    return (
        trigger.form in {Form.PAST, Form.PRESENT} and trigger.end == trigger.start + 1 and last.endswith("ها")
    )


def is_at_a_gate(clause: Clause, lexicon: Lexicon, *, before: bool = True) -> bool:
    """Tell "sealed the road to Lima": a way or gate that the verb is done to, with the place only behind it."""
    words, trigger = clause.sentence.words, clause.trigger
    ahead = range(max(trigger.start - NEAR, clause.left), trigger.start if before else 0)
    behind = range(trigger.end, min(trigger.end + NEAR, clause.right))
    gates = lexicon.place_words["gates"]
    return any(next(gates.at(words, at), None) for at in (*behind, *ahead))


def _in_claim(role: str, placed: Placed, clause: Clause) -> str:
    """Give the role in the claim of a place by its role in the clause; "" for none."""
    trigger, frame = clause.trigger, clause.trigger.frame
    moves = frame.kind in MOVEMENT_KINDS
    if role == SUBJECT:
        return (frame.object if trigger.passive else "") or frame.subject
    if role == DIRECT:
        return _done_to(placed, clause)
    if frame.kind == Kind.CONTROL_CHANGE and ("direct" in frame.needs or role == "origin"):
        return ""
    if moves or role == "place" or (role == "origin" and frame.kind == Kind.DEPLOYMENT):
        return role
    only_origins = all(other == "origin" for other, _ in clause.roles)
    return "place" if role != "origin" or only_origins else ""


def _done_to(placed: Placed, clause: Clause) -> str:
    """Give the role in the claim of a place that the verb is done to."""
    trigger, frame = clause.trigger, clause.trigger.frame
    if placed.is_border and frame.kind == Kind.CROSSING:
        return "crossing"
    moves = frame.kind in MOVEMENT_KINDS
    if trigger.leads and (moves or (frame.kind == Kind.DEPLOYMENT and trigger.leads == "origin")):
        return trigger.leads  # "were moved from Lima"
    return frame.object or ("destination" if moves and trigger.form != Form.NOUN else "place")


def _elsewhere(clause: Clause, lexicon: Lexicon) -> Iterator[Placed]:
    """Give places of the same sentence that another preposition sets: "In Goma, soldiers gathered"."""
    words = clause.sentence.words
    fronted = {0, clause.left}
    for first in (0, clause.left):
        for end, _ in lexicon.prepositions.at(words, first):
            fronted |= {end, end + 1}
    for placed in clause.read.places:
        at = placed.mention.start
        inside = at in fronted or clause.trigger.end <= at < clause.right
        if placed.nation or placed.mention.said == SITE or not inside or _is_whose(placed, clause, lexicon):
            continue
        before = range(max(at - 2, 0), at)
        if placed.mention.said or any(next(lexicon.prepositions.at(words, one), None) for one in before):
            yield placed


def _is_whose(placed: Placed, clause: Clause, lexicon: Lexicon) -> bool:
    """Tell a country that only says whose: "a video of PERU fighters"."""
    words, end = clause.sentence.words, placed.mention.end
    if placed.place.kind != PlaceKind.COUNTRY or end >= len(words):
        return False
    return next(lexicon.actors.at(words, end), None) is not None
