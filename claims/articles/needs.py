"""Whether a clause has what its verb or noun needs to propose a claim: places, movers, a border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.ends import is_at_a_gate, is_done_to_it, places_of, shares_its_subject
from claims.articles.inflected import Form
from claims.articles.roles import DIRECT, SUBJECT
from claims.model import Kind
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claims.articles.clauses import Clause
    from claims.articles.lexicon import Lexicon
    from claims.articles.movers import Mover
    from claims.articles.placing import Placed

__all__ = ["has_what_it_needs"]

OBJECT: Final = 6
"""Words behind a verb within which stands who is sent."""

OFFICE: Final = 12
"""Words before a verb within which stands the office of who travels."""

_ENDS: Final = frozenset({"origin", "destination", "crossing", DIRECT})


def has_what_it_needs(
    clause: Clause, who: Mover | None, lexicon: Lexicon, just_named: Placed | None = None
) -> bool:
    """Tell whether a clause has all that its frame needs; data/language/en/frames.toml names the needs.

    Args:
        clause: The clause.
        who: Who moves in it.
        lexicon: The words of its language.
        just_named: The place that was named last before it; it is meant only where movers or a gate are named.
    """
    if clause.trigger.form == Form.ING and _is_what_is_spoken_of(clause, lexicon):
        return False
    meant = just_named if _may_be_meant(clause, who, lexicon) else None
    places = places_of(clause, lexicon, meant)
    if not places or (clause.trigger.form == Form.NOUN and not _is_of_somebody(clause, who, lexicon)):
        return False
    return all(
        _NEEDS[need](clause, who, lexicon) for need in clause.trigger.frame.needs if need != "abroad"
    ) and ("abroad" not in clause.trigger.frame.needs or _leads_abroad(who, places))


def _is_of_somebody(clause: Clause, who: Mover | None, lexicon: Lexicon) -> bool:
    """Tell "the departure of 300 soldiers", "the closure of the gate" from "the talk is of a departure"."""
    if clause.trigger.frame.kind in {Kind.CLOSURE, Kind.CONTROL_CHANGE, Kind.CONTACT}:
        return True
    return _has_an_end(clause, who, lexicon) or _moves(clause, who, lexicon)


def _may_be_meant(clause: Clause, who: Mover | None, lexicon: Lexicon) -> bool:
    """Tell whether movers or a gate are named, so that only the place is left to the sentence before."""
    if is_at_a_gate(clause, lexicon) and clause.trigger.frame.kind == Kind.CLOSURE:
        return True
    if "direct" in clause.trigger.frame.needs and shares_its_subject(clause, lexicon):
        return True
    trigger = clause.trigger
    if is_done_to_it(clause, lexicon):
        return True
    if trigger.frame.moves == "subject" and not trigger.passive and _is_done_to_something(clause, lexicon):
        return False
    return _moves(clause, who, lexicon)


def _is_done_to_something(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell "fled the fighting", "left painted rocks": the verb has what it is done to, and it is no place."""
    words, at = clause.sentence.words, clause.trigger.end
    if not lexicon.capitals or at >= clause.right or at in clause.read.dated | clause.read.counted:
        return False
    word = words[at]
    if word in lexicon.grammar["articles"]:
        return True
    free = word in lexicon.skipped | lexicon.grammar["joining"] or word.endswith("ly") or not word.isalpha()
    others = (lexicon.prepositions, lexicon.standing["boundaries"], lexicon.frames, lexicon.anaphora)
    return (
        not free
        and len(clause.trigger.leads) == 0
        and not any(next(one.at(words, at), None) for one in others)
        and at not in clause.read.moving
    )


def _has_a_way(clause: Clause, _who: Mover | None, lexicon: Lexicon) -> bool:
    return is_at_a_gate(clause, lexicon)


def _is_what_is_spoken_of(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell "said going there was a trap", "a part in driving them out": a gerund that is talked of, not told."""
    start, words = clause.trigger.start, clause.sentence.words
    if start and words[start - 1] in lexicon.grammar["talked_of"]:
        return True
    return 0 < start == clause.left and words[start - 1] != ","


def _is_direct(clause: Clause, _who: Mover | None, lexicon: Lexicon) -> bool:
    """Tell whether the verb is done to a place, or done by one where it can be."""
    trigger, roles = clause.trigger, {role for role, _ in clause.roles}
    subject = SUBJECT in roles and (
        trigger.passive or bool(trigger.frame.subject) or trigger.form == Form.NOUN
    )
    return (
        DIRECT in roles
        or subject
        or shares_its_subject(clause, lexicon)
        or is_done_to_it(clause, lexicon)
        or ("gate" in trigger.frame.needs and is_at_a_gate(clause, lexicon))
    )


def _is_at_a_border(clause: Clause, _who: Mover | None, _lexicon: Lexicon) -> bool:
    """Tell whether the verb is done to a border, not to a single gate."""
    return any(
        placed.is_border and placed.place.kind == PlaceKind.REGION
        for role, placed in clause.roles
        if role == DIRECT
    )


def _is_armed(clause: Clause, who: Mover | None, lexicon: Lexicon) -> bool:
    """Tell whether who moves is there, and is armed."""
    own = range(clause.inner, min(clause.trigger.end + OBJECT, clause.right))
    armed = any(next(lexicon.armed.at(clause.sentence.words, at), None) for at in own)
    return armed and _moves(clause, who, lexicon)


def _is_counted(clause: Clause, _who: Mover | None, _lexicon: Lexicon) -> bool:
    """Tell whether a number of movers stands before the verb."""
    return any(clause.left <= count.start < clause.trigger.start for count in clause.read.counts)


def _is_led(clause: Clause, who: Mover, lexicon: Lexicon) -> bool:
    """Tell "sent a note to the army": a preposition stands between the verb and who would be sent."""
    words = clause.sentence.words
    return any(
        words[at] not in lexicon.grammar["linking"] and next(lexicon.prepositions.at(words, at), None)
        for at in range(clause.trigger.end, who.start)
    )


def _is_civil(clause: Clause, who: Mover | None, lexicon: Lexicon) -> bool:
    """Tell whether who moves is not armed."""
    return not _is_armed(clause, who, lexicon)


def _moves(clause: Clause, who: Mover | None, lexicon: Lexicon) -> bool:
    """Tell whether a mover stands where the verb has it: near behind it if it is sent, else before it."""
    words, trigger = clause.sentence.words, clause.trigger
    if trigger.frame.moves == "object" and not trigger.passive and trigger.form != Form.NOUN:
        behind = words[trigger.end : trigger.end + 2]
        if not (lexicon.capitals or lexicon.pronouns.isdisjoint(behind)):
            return True
        return (
            who is not None
            and trigger.start < who.start <= trigger.end + OBJECT
            and not _is_led(clause, who, lexicon)
        )
    if any(clause.left <= count.start < clause.right for count in clause.read.counts):
        return True
    if who is not None and (who.start >= clause.left - 2 or who.start > trigger.start):
        return True
    before = words[max(clause.left - 1, 0) : trigger.start]
    if not lexicon.capitals:  # who does it stands behind the verb
        before += words[trigger.end : trigger.end + 2]
    return any(word in lexicon.pronouns or word in lexicon.grammar["nobody"] for word in before)


def _is_official(clause: Clause, _who: Mover | None, lexicon: Lexicon) -> bool:
    words = clause.sentence.words[max(clause.left - OFFICE, 0) : clause.trigger.start]
    return any(word in lexicon.officials or word in lexicon.titles for word in words)


def _leads_abroad(who: Mover | None, places: Sequence[tuple[str, Placed]]) -> bool:
    """Tell whether a border is crossed: one is named, a country is an end, or the ends lie in two."""
    ends = [placed for role, placed in places if role != "place" or placed.is_border]
    if any(placed.is_border or placed.place.kind == PlaceKind.COUNTRY for placed in ends):
        return True
    within = {placed.place.country for placed in ends}
    return len(within) > 1 or bool(within and who and who.nation and who.nation not in within)


def _has_an_end(clause: Clause, _who: Mover | None, _lexicon: Lexicon) -> bool:
    return any(role in _ENDS for role, _ in clause.roles)


def _always(_clause: Clause, _who: Mover | None, _lexicon: Lexicon) -> bool:
    return True


def _never(_clause: Clause, _who: Mover | None, _lexicon: Lexicon) -> bool:
    return False


_NEEDS: Final[dict[str, Callable[[Clause, Mover | None, Lexicon], bool]]] = {
    "never": _never,
    "place": _always,  # every claim needs one
    "exists": _always,  # it says where a "no" stands
    "way": _has_a_way,
    "gate": _always,  # it eases "direct"
    "mover": _moves,
    "armed": _is_armed,
    "direct": _is_direct,
    "ends": _has_an_end,
    "border": _is_at_a_border,
    "official": _is_official,
    "civil": _is_civil,
    "counted": _is_counted,
}
