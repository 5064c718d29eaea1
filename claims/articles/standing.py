"""How a happening is put: as done, denied, refused, planned, asked for; of habit or history; or not said at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.articles.inflected import Form
from claims.model import Modality, Status

if TYPE_CHECKING:
    from claims.articles.clauses import Clause
    from claims.articles.lexicon import Lexicon
    from claims.articles.reads import Read

__all__ = ["Standing", "judge", "looks_back", "words_of"]

NEAR: Final = 6
"""Words before the verb within which "not" is taken for its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a happening is put.

    Attributes:
        status: As what.
        modality: Whether it is asserted or hedged.
        background: Whether it is of habit or history.
        said: False where the text does not say that it happened, will or did not: fears, purposes, conditions.
        why: The words that decided.
    """

    status: Status
    modality: Modality = Modality.ASSERTED
    background: bool = False
    said: bool = True
    why: str = ""


def judge(clause: Clause, lexicon: Lexicon) -> Standing:
    """Judge the happening that a clause tells of by the words before its verb, and by some behind it."""
    start = clause.trigger.start
    hedged = _last(lexicon, "hedged", clause.read, clause.left, clause.right)
    modality = Modality.HEDGED if hedged else Modality.ASSERTED
    background = _last(lexicon, "background", clause.read, clause.left, clause.right)
    if unsaid := _last(lexicon, "unsaid", clause.read, _said_from(clause, lexicon), start):
        return Standing(Status.REPORTED, said=False, why=unsaid[1])
    if asked := next((word for word in clause.sentence.words[-2:] if word in lexicon.grammar["asked"]), ""):
        return Standing(Status.REPORTED, said=False, why=asked)
    if own := clause.trigger.frame.status:
        return Standing(own, modality, bool(background), why=words_of(clause))
    status, why = _status(clause, lexicon)
    if status is None:
        return Standing(Status.REPORTED, said=False, why=why)
    past = status == Status.REPORTED and (_looks_far_back(clause, lexicon) or _was_wont(clause, lexicon))
    return Standing(status, modality, bool(background) or past, why=why)


def words_of(clause: Clause) -> str:
    """Give the words of a clause's verb."""
    return clause.sentence.written(clause.trigger.start, clause.trigger.end)


def _said_from(clause: Clause, lexicon: Lexicon) -> int:
    """Give the first word of a clause; behind "that", that of what it depends on: "fearing that ..."."""
    words, left = clause.sentence.words, clause.left
    return max(left - NEAR, 0) if left and words[left - 1] in lexicon.grammar["that"] else left


def _status(clause: Clause, lexicon: Lexicon) -> tuple[Status | None, str]:
    """Give the status and the words that say so; no status for a mere purpose."""
    finite = _is_finite(clause, lexicon)
    planned = (
        None
        if finite
        else _last(lexicon, "planned", clause.read, _ahead_from(clause, lexicon), clause.trigger.start)
    )
    return _refused(clause, lexicon, planned, finite=finite) or _willed(
        clause, lexicon, planned, finite=finite
    )


_Found = tuple[int, str] | None


def _refused(
    clause: Clause, lexicon: Lexicon, planned: _Found, *, finite: bool
) -> tuple[Status | None, str] | None:
    """Give the status of what is said not to have happened, or not to be going to; None for all else."""
    start = clause.trigger.start
    denied = _last(lexicon, "denied", clause.read, clause.scope, start)
    denied = denied or _last(
        lexicon, "denied_behind", clause.read, clause.trigger.end, len(clause.sentence.words)
    )
    if denied:
        return Status.DENIED, denied[1]
    rejected = None if finite else _last(lexicon, "rejected", clause.read, clause.reach, start)
    if not (rejected or finite):
        rejected = _last(
            lexicon, "rejected_behind", clause.read, clause.trigger.end, len(clause.sentence.words)
        )
    if rejected:
        return Status.REJECTED, rejected[1]
    if negated := _negation(clause, lexicon):
        ahead = planned and planned[0] >= negated[0] - 3
        return (Status.REJECTED if ahead else Status.DENIED), negated[1]
    return None


def _willed(clause: Clause, lexicon: Lexicon, planned: _Found, *, finite: bool) -> tuple[Status | None, str]:
    """Give the status of what is asked for, planned or done."""
    words, start = clause.sentence.words, clause.trigger.start
    requested = None if finite else _last(lexicon, "requested", clause.read, clause.reach, start)
    if clause.trigger.form == Form.FUTURE and not requested:
        return Status.PLANNED, words[start]
    if clause.trigger.form == Form.PRESENT and start and words[start - 1] in lexicon.grammar["may"]:
        return Status.PLANNED, words[start - 1]
    to = lexicon.grammar["infinitive"]
    infinitive = clause.trigger.form == Form.BASE and start > 0 and words[start - 1] in to
    happened = (
        _last(lexicon, "happened", clause.read, max(clause.left, start - 3), start) if infinitive else None
    )
    if happened and not _is_nearer(planned, happened) and not _is_nearer(requested, happened):
        return Status.REPORTED, happened[1]
    if requested and not _is_nearer(planned, requested):
        return Status.REQUESTED, requested[1]
    if planned:
        return Status.PLANNED, planned[1]
    purpose = infinitive or (clause.trigger.form == Form.NOUN and _is_for(clause, lexicon))
    return (None, words[start - 1]) if purpose else (Status.REPORTED, "")


def _is_for(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell an Arabic noun with "for" written before it: "to close", as a purpose."""
    start = clause.trigger.start
    written = clause.sentence.tokens[start].text.lstrip("و")
    return lexicon.script == "ARABIC" and written[:1] == "ل" != clause.sentence.words[start][:1]


def _negation(clause: Clause, lexicon: Lexicon) -> tuple[int, str] | None:
    """Give the "not" of a verb, or the "no" of its subject."""
    words, start = clause.sentence.words, clause.trigger.start
    behind = clause.trigger.end
    if "exists" in clause.trigger.frame.needs:
        return _last(lexicon, "negated", clause.read, behind, behind + 1)
    if not lexicon.capitals:
        return _negated_beside(clause, lexicon)
    within = _last(lexicon, "negated", clause.read, start, behind)  # "sent none of them home"
    own = within or _last(lexicon, "negated", clause.read, max(clause.left, start - NEAR), start)
    if own and "," in words[own[0] : start]:
        own = None
    first = clause.left
    if words[max(first - 1, 0)] in lexicon.grammar["relatives"]:
        first = max(first - 3, 0)  # "none of whom has left"
    found = own or _last(lexicon, "negated", clause.read, first, min(clause.left + 2, start))
    if found and (words[found[0] + 1] in lexicon.grammar["only"] or _is_counted(clause.read, found[0])):
        return None
    return found


def _is_counted(read: Read, at: int) -> bool:
    """Tell a word of a number: the "no" of "no more than 700"."""
    return any(count.start <= at < count.end for count in read.counts)


def _negated_beside(clause: Clause, lexicon: Lexicon) -> tuple[int, str] | None:
    """Give the "not" of a verb where it stands right before it, or with a verb of its own: "no crossing was seen"."""
    start = clause.trigger.start
    found = None
    for at, stop, phrase in lexicon.standing["negated"].within(
        clause.sentence.words, max(clause.left, start - NEAR), start
    ):
        if stop == start or stop > at + 1:
            found = (at, phrase)
    return found


def _is_finite(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell a verb with a tense of its own, which no word of will before it governs: "left", "leaves", "was taken"."""
    form, words, start = clause.trigger.form, clause.sentence.words, clause.trigger.start
    if form == Form.PRESENT:
        return lexicon.capitals
    return form in {Form.PAST, Form.PARTICIPLE} and not any(
        words[at] in lexicon.grammar["ahead"] for at in range(max(start - 3, 0), start)
    )


def _ahead_from(clause: Clause, lexicon: Lexicon) -> int:
    """Give the word from which a plan reaches the verb; a noun or gerund only from near."""
    near = clause.trigger.form == Form.ING or (clause.trigger.form == Form.NOUN and lexicon.capitals)
    return max(clause.reach, clause.trigger.start - NEAR) if near else clause.reach


def _is_nearer(one: tuple[int, str] | None, other: tuple[int, str]) -> bool:
    """Tell whether one word stands nearer to the verb than another."""
    return one is not None and one[0] > other[0]


def _last(lexicon: Lexicon, name: str, read: Read, start: int, end: int) -> tuple[int, str] | None:
    """Give where the last phrase of a list stands within a run of words, dates left out, and the phrase."""
    found = None
    for at, _, phrase in lexicon.standing[name].within(read.sentence.words, max(start, 0), end):
        if at not in read.dated:
            found = (at, phrase)
    return found


def _looks_far_back(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell "had operated": a posture of before, where nothing says when."""
    words, start = clause.sentence.words, clause.trigger.start
    if clause.trigger.frame.kind != "deployment" or clause.trigger.form not in {Form.PAST, Form.PARTICIPLE}:
        return False
    if not any(
        next(lexicon.standing["lasting"].at(words, at), None) for at in range(start, clause.trigger.end)
    ):
        return False  # "had dug in" is an act
    return (
        any(words[at] in lexicon.grammar["pluperfect"] for at in range(max(clause.left, start - 2), start))
        and not clause.dated
    )


def _was_wont(clause: Clause, lexicon: Lexicon) -> bool:
    """Tell the Arabic habit of before, "they were crossing": "was" before a present, nothing saying when."""
    if lexicon.capitals or clause.trigger.form != Form.PRESENT or clause.dated:
        return False
    start = clause.trigger.start
    return _last(lexicon, "before", clause.read, max(clause.left, start - NEAR), start) is not None


def looks_back(read: Read, lexicon: Lexicon) -> tuple[Status, int, str] | None:
    """Tell a sentence that denies or refuses what was said before it: "This was denied"; with the word where it does.

    Returns:
        The status, the number of the word, and the phrase.
    """
    for name, status in (("denied_back", Status.DENIED), ("rejected_back", Status.REJECTED)):
        if found := _last(lexicon, name, read, 0, len(read.sentence.words)):
            return status, *found
    return None
