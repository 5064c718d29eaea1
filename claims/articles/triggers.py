"""Verbs and nouns of movement in a sentence, where they stand as a verb or noun of their form would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.articles.inflected import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims.articles.lexicon import Frame, Lexicon
    from claims.articles.reads import Read
    from claims.articles.sentences import Sentence

__all__ = ["Trigger", "triggers"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb or noun of movement in a sentence.

    Attributes:
        start: The number of its first word.
        end: The number of the word after its last.
        frame: What it means.
        form: The form it has.
        passive: Whether it is in the passive.
        leads: To which end the preposition leads with which it ends ("pull out of"); "" for none.
    """

    start: int
    end: int
    frame: Frame
    form: Form
    passive: bool
    leads: str


def triggers(read: Read, lexicon: Lexicon) -> Iterator[list[Trigger]]:
    """Find the verbs and nouns of movement, each with all that it may mean, the longest phrase first."""
    words = read.sentence.words
    held = read.placed | read.dated
    end = 0
    for at in range(len(words)):
        if at < end or at in held:
            continue
        meant = [
            Trigger(
                at,
                stop,
                frame,
                form,
                _is_passive(words, at, stop, frame, form, lexicon),
                _leads(words, at, stop, lexicon),
            )
            for stop, (frame, form) in lexicon.frames.at(words, at)
            if (stop - 1 not in held or _is_preposition(words, stop - 1, lexicon))
            and _fits(read, at, stop, form, lexicon)
            and not _has_an_end_within(read, at, stop, lexicon)
        ]
        if not lexicon.capitals:
            meant = _settled(read, meant, lexicon)
        if meant:
            end = meant[0].end
            yield meant


def _has_an_end_within(read: Read, start: int, stop: int, lexicon: Lexicon) -> bool:
    """Tell "move ~ to" in "move from Lima to Ica", which is "move" with two ends of its own."""
    return any(
        next(lexicon.prepositions.at(read.sentence.words, at - 1), None) is not None
        for at in range(start + 2, stop - 1)
        if at in read.placed
    )


def _settled(read: Read, meant: list[Trigger], lexicon: Lexicon) -> list[Trigger]:
    """Choose between verb and noun where Arabic writes both alike ("moved", "the moving of") by what stands before."""
    forms = {trigger.form for trigger in meant}
    if not {Form.PAST, Form.NOUN} <= forms:
        return meant
    wrong = Form.PAST if _is_governed(read, meant[0].start, lexicon) else Form.NOUN
    return [trigger for trigger in meant if trigger.form != wrong]


def _is_governed(read: Read, at: int, lexicon: Lexicon) -> bool:
    """Tell a noun: with a letter of "in" or "for", behind a preposition, or what somebody plans, asks for or denies."""
    words, text = read.sentence.words, read.sentence.tokens[at].text.lstrip("و")
    if text[:1] in "بل" and words[at][:1] != text[:1]:
        return True
    if at and (_is_preposition(words, at - 1, lexicon) or words[at - 1] in lexicon.grammar["done"]):
        return True
    first = max((back + 1 for back in range(at) if words[back] in _PARTS), default=0)
    for name in ("planned", "requested", "denied", "rejected", "unsaid", "boundaries", "speaking"):
        for start, stop, _ in lexicon.standing[name].within(words, first, at):
            if start not in read.dated and name in {"boundaries", "speaking"}:
                first = max(first, stop)
    ruling = (
        start
        for name in ("planned", "requested", "denied", "rejected", "unsaid")
        for start, _, _ in lexicon.standing[name].within(words, first, at)
    )
    return next(ruling, None) is not None


_PARTS: Final = frozenset(',،;؛.:"«»')


def _leads(words: Sequence[str], start: int, end: int, lexicon: Lexicon) -> str:
    """Give to which end the preposition leads that ends a phrase."""
    for length in (2, 1):
        if end - start > length:
            for stop, role in lexicon.prepositions.at(words, end - length):
                if stop == end and role != "place":
                    return role
    return ""


def _fits(read: Read, at: int, stop: int, form: Form, lexicon: Lexicon) -> bool:
    """Tell whether a word stands where its form would: "the guards" are no verb, "an abandoned base" is none."""
    words = read.sentence.words
    if form == Form.NOUN and at and words[at - 1] in lexicon.grammar["things"]:
        return False  # "a transit centre"
    if form == Form.NOUN:
        return (not _is_mover(read, at, lexicon) or stop > at + 1) and not _is_titled(read.sentence, at)
    if not lexicon.capitals:
        return form != Form.PAST or not _is_a_way(read, at, lexicon)
    if (
        stop == at + 1
        and words[at] in lexicon.grammar["having"]
        and not _has_something(read, at + 1, lexicon)
    ):
        return False
    return _FITTING[form](read, at, stop, lexicon)


def _base_fits(read: Read, at: int, _stop: int, lexicon: Lexicon) -> bool:
    """Tell "to cross", "troops cross", "they also cross" from "the cross"."""
    before = read.sentence.words[at - 1] if at else ""
    governed = before in lexicon.grammar["governing"]
    if not at or before in lexicon.grammar["determiners"] or (_is_mover(read, at, lexicon) and not governed):
        return False
    return governed or before.endswith("ly") or _ends_a_subject(read.sentence, at, lexicon)


def _present_fits(read: Read, at: int, _stop: int, lexicon: Lexicon) -> bool:
    """Tell "she guards" from "the guards" and "from camps"."""
    words = read.sentence.words
    if words[at] in lexicon.grammar["being"]:
        return True
    return not _is_mover(read, at, lexicon) and not (
        at and (words[at - 1] in lexicon.grammar["determiners"] or _is_preposition(words, at - 1, lexicon))
    )


def _past_fits(read: Read, at: int, stop: int, lexicon: Lexicon) -> bool:
    """Tell "they abandoned" from "the abandoned"; a phrase of several words is a verb."""
    if any(count.end - 1 == at for count in read.counts):
        return False  # "700,000 displaced"
    before = read.sentence.words[at - 1] if at else ""
    return before not in lexicon.grammar["determiners"] - lexicon.grammar["antecedents"] or stop > at + 1


def _other_fits(read: Read, at: int, stop: int, lexicon: Lexicon) -> bool:
    """Tell "is crossing", "after crossing" from "the main crossing" and "a crossing, ..."."""
    words = read.sentence.words
    before = words[at - 1] if at else ""
    if (
        stop == at + 1
        and words[stop : stop + 1] in {(",",), (".",)}
        and before not in lexicon.grammar["being"] | lexicon.grammar["having"]
        and not (at and next(lexicon.standing["negated"].at(words, at - 1), None))
    ):
        return False
    if at and _is_preposition(words, at - 1, lexicon):
        return True
    return before not in lexicon.grammar["determiners"] and before not in lexicon.between


_FITTING = {
    Form.BASE: _base_fits,
    Form.PRESENT: _present_fits,
    Form.PAST: _past_fits,
    Form.PARTICIPLE: _other_fits,
    Form.ING: _other_fits,
}


def _is_mover(read: Read, at: int, lexicon: Lexicon) -> bool:
    return at in read.counted or next(lexicon.actors.at(read.sentence.words, at), None) is not None


def _is_preposition(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    return next(lexicon.prepositions.at(words, at), None) is not None


def _is_a_way(read: Read, at: int, lexicon: Lexicon) -> bool:
    """Tell a word that is both a verb and a preposition ("crossed", "across") where a gate or place follows it."""
    words = read.sentence.words
    if not (0 < at < len(words) - 1 and _is_preposition(words, at, lexicon)):
        return False
    if read.sentence.tokens[at].text != words[at]:  # "and crossed"
        return False
    if next(lexicon.place_words["gates"].at(words, at + 1), None):
        return not _is_led(words, at, lexicon)
    told = at + 1 in read.counted | read.moving or words[at - 1] in _PARTS
    return not (told or _is_led(words, at, lexicon))


def _is_led(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Tell a verb's place: behind "has", "who", "when" or "not"."""
    before = words[at - 1]
    return before in lexicon.skipped or any(
        stop == at
        for name in ("boundaries", "negated")
        for length in (1, 2)
        if at >= length
        for stop, _ in lexicon.standing[name].at(words, at - length)
    )


def _has_something(read: Read, at: int, lexicon: Lexicon) -> bool:
    """Tell "have 3,000 troops" from "have withdrawn"."""
    words = read.sentence.words
    return at < len(words) and (words[at] in lexicon.grammar["determiners"] or _is_mover(read, at, lexicon))


def _ends_a_subject(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Tell whether the word before may be what several do: movers, a pronoun, a name, "also"."""
    word, text = sentence.words[at - 1], sentence.tokens[at - 1].text
    return (
        text[:1].isupper()
        or word in lexicon.pronouns
        or word in lexicon.skipped
        or text in {",", "”", '"', ")"}
        or next(lexicon.actors.at(sentence.words, at - 1), None) is not None
    )


def _is_titled(sentence: Sentence, at: int) -> bool:
    """Tell a noun within a name: the Border Deployment Force."""
    tokens = sentence.tokens
    return (
        tokens[at].text[:1].isupper()
        and at + 1 < len(tokens)
        and tokens[at + 1].text[:1].isupper()
        and at > 0
    )


def _is_passive(words: Sequence[str], at: int, stop: int, frame: Frame, form: Form, lexicon: Lexicon) -> bool:
    """Tell "was seized", with one or two words between, and "troops flown in from Lima": sent, and nothing behind it."""
    if words[at] in lexicon.grammar["being"] and stop > at + 1:
        return words[at + 1].endswith(_PARTICIPLES)  # "be emptied", not "be home to"
    if form not in {Form.PAST, Form.PARTICIPLE}:
        return False
    if any(words[back] in lexicon.grammar["being"] for back in range(max(at - 3, 0), at)):
        return True
    return (
        lexicon.capitals
        and frame.moves == "object"
        and stop < len(words)
        and (words[stop] in _SIGNS or _is_preposition(words, stop, lexicon))
    )


_SIGNS: Final = frozenset(",.;:")
_PARTICIPLES: Final = ("ed", "en", "wn", "ut", "nt", "ld", "ft", "ght")
