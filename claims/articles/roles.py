"""Which end of a movement a place is, by the preposition before it or the verb beside it."""
# ruff: noqa: RUF001 - quotes and dashes of all kinds are its business

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.articles.inflected import Form
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.lexicon import Lexicon
    from claims.articles.mention import Mention
    from claims.articles.placing import Placed
    from claims.articles.reads import Read
    from claims.articles.triggers import Trigger

__all__ = ["DIRECT", "SUBJECT", "role_of"]

DIRECT: Final = "direct"
"""The role of a place that the verb is done to."""

SUBJECT: Final = "subject"
"""The role of a place that does it."""

SITED: Final = 7
"""Words from a verb to the place of the site that it is done to."""

_WAYS: Final = frozenset({"origin", "destination", "crossing"})

ADJECTIVES: Final = 2
"""Words that the tables do not list between a verb and its place."""

_OPENING: Final = frozenset(['"', "“", "‘", "[", "]", "«"])
_COMMAS: Final = frozenset([",", "،"])


def role_of(placed: Placed, trigger: Trigger, read: Read, lexicon: Lexicon) -> str:
    """Give the role of a place: origin, destination, crossing, place, direct or subject; "" for none.

    The preposition before it decides, in a list that before the first; without one, whether it is what the verb is
    done to, or does it.
    """
    found = _role(placed, trigger, read, lexicon)
    words, mention = read.sentence.words, placed.mention
    if lexicon.capitals:
        return "" if _is_first_of_two(placed, words, lexicon) else found
    if _has_in(read, mention):
        return "place"
    between = placed.place.kind == PlaceKind.COUNTRY and _is_between(words, mention, lexicon)
    # Where the verb comes first, its ends stand behind it: "asked (of) Lima the withdrawal".
    before = found in _WAYS and trigger.form == Form.NOUN and mention.end <= trigger.start
    return "" if between or before else found


def _role(placed: Placed, trigger: Trigger, read: Read, lexicon: Lexicon) -> str:
    """Give the role of a place as the words before and behind it have it."""
    words, mention = read.sentence.words, placed.mention
    if words[mention.end : mention.end + 1] == ("'s",) or _is_an_adjective(placed, read, lexicon):
        return ""
    if trigger.start < mention.start and mention.end <= trigger.end:
        return DIRECT  # "kept the bridge at Ica closed"
    if mention.said or mention.text != mention.core:
        for _, role in lexicon.prepositions.at(words, mention.start):
            return role
    found = _Way(read, lexicon, trigger).back_from(placed)
    located = found in {"place", "crossing"}
    if located and _is_a_side(words, mention.end, lexicon):
        return ""
    if (
        located
        and "direct" in trigger.frame.needs
        and _is_of_a_site(words, trigger.end, mention.start, lexicon)
    ):
        return DIRECT  # "overran four outposts AT Ica"
    told = located and bool(trigger.frame.subject)  # "the woods AT Ica are held"
    before = (
        mention.end <= trigger.start
        and (told or not found)
        and not _is_who_does(placed, trigger, read, lexicon)
    )
    return SUBJECT if before and _is_subject(read, mention.end, trigger, lexicon) else found


def _is_who_does(placed: Placed, trigger: Trigger, read: Read, lexicon: Lexicon) -> bool:
    """Tell "Lima closed IT": what stands before a verb that closes something does so, and is not what is closed."""
    gate = trigger.frame.subject and trigger.frame.object == trigger.frame.subject
    if trigger.passive or not gate or placed.place.kind == PlaceKind.COUNTRY:
        return False
    done_to = read.sentence.words[trigger.end : trigger.end + 1]
    return bool(done_to) and (done_to[0] in lexicon.grammar["articles"] or done_to[0] in lexicon.pronouns)


def _is_of_a_site(words: Sequence[str], start: int, end: int, lexicon: Lexicon) -> bool:
    """Tell whether what the verb is done to is a site that lies at a place: nothing but its noun and adjectives between."""
    if not start < end <= start + SITED:
        return False
    return next(lexicon.place_words["sites"].within(words, start, end), None) is not None


def _is_between(words: Sequence[str], mention: Mention, lexicon: Lexicon) -> bool:
    """Tell "the gate BETWEEN Peru and Chile": it says of what is meant where it lies."""
    return words[max(mention.start - 1, 0)] in lexicon.grammar["border_of"] - lexicon.grammar["with"]


def _is_there(placed: Placed) -> bool:
    """Tell "there", which begins no list of places."""
    return bool(placed.mention.said) and placed.mention.end == placed.mention.start + 1


def _is_first_of_two(placed: Placed, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell the first of "the gates BETWEEN Peru and Chile": one place lies there, and the second country tells of it."""
    return (
        placed.place.kind == PlaceKind.COUNTRY
        and words[max(placed.mention.start - 1, 0)] in lexicon.grammar["amid"]
    )


def _has_in(read: Read, mention: Mention) -> bool:
    """Tell a name with the letter for "in" written before it."""
    written = read.sentence.tokens[mention.start].text
    return (
        written.lstrip("و")[:1] == "ب" and written != mention.core.split()[0] and mention.text == mention.core
    )


def _is_a_side(words: Sequence[str], end: int, lexicon: Lexicon) -> bool:
    """Tell "on the Peruvian side": it says of what is meant on which side it lies, and is no place of its own."""
    sides = lexicon.grammar["sides"]
    return words[end - 1] in sides or bool(sides.intersection(words[end : end + 1]))


def _is_an_adjective(placed: Placed, read: Read, lexicon: Lexicon) -> bool:
    """Tell a country that only says whose: "the Myanmar army"."""
    words, end = read.sentence.words, placed.mention.end
    return (
        lexicon.capitals
        and placed.place.kind == PlaceKind.COUNTRY
        and end < len(words)
        and next(lexicon.actors.at(words, end), None) is not None
    )


class _Way:
    """The way back from a place to what gives it its role."""

    def __init__(self, read: Read, lexicon: Lexicon, trigger: Trigger) -> None:
        self._read = read
        self._words = read.sentence.words
        self._lexicon = lexicon
        self._trigger = trigger

    def back_from(self, placed: Placed) -> str:
        """Give the role of a place by the words before it; "" where none of them gives one."""
        start = at = placed.mention.start
        unknown = 0
        while at > 0:
            if role := self._given(placed, at):
                return role
            before = self._place_before(at)
            if before is None:
                fits = self._may_stand_between(at - 1) or self._is_joined(placed.mention, at - 1)
                unknown += not fits
                if not fits and (
                    unknown > ADJECTIVES or at <= self._trigger.end or not self._may_describe(at - 1)
                ):
                    return ""
                at -= 1
            elif before.nation or self._is_only_a_doer(before, at == start):
                at = before.mention.start
            elif self._lexicon.capitals and (at == start or _is_there(before)):
                return ""
            else:
                return "" if _holds(placed, before, self._words[start - 1]) else self.back_from(before)
        return ""

    def _given(self, placed: Placed, at: int) -> str:
        """Give the role that the word right before gives."""
        if at == self._trigger.end:
            first = not self._lexicon.capitals and at == placed.mention.start
            return SUBJECT if first and self._is_doer(placed) else DIRECT
        if not self._lexicon.capitals and at - 1 in self._read.counted:
            return ""  # "towards" before a number is "about"
        role = _preposition(self._words, at, self._lexicon)
        linked = self._words[at - 1] in self._lexicon.grammar["linking"] and at - 1 == self._trigger.end
        return DIRECT if role and linked else role

    def _is_doer(self, placed: Placed) -> bool:
        """Tell who acts where verbs come first: a country or capital right behind the verb, movers or a gate behind it."""
        if self._trigger.form == Form.NOUN or self._trigger.frame.object == "destination":
            return False
        end = placed.mention.end
        moved = next(self._lexicon.actors.at(self._words, end), None) if end < len(self._words) else None
        return placed.place.kind == PlaceKind.COUNTRY or moved is not None or end in self._read.counted

    def _place_before(self, at: int) -> Placed | None:
        """Give the place that ends right here, perhaps with "'s"."""
        owner = self._read.ends.get(at - 1) if self._words[at - 1] == "'s" else None
        return owner or self._read.ends.get(at)

    def _is_only_a_doer(self, before: Placed, beside: bool) -> bool:
        """Tell an owner ("Ethiopia's Metema"), and where verbs come first who does it, which stands before the place."""
        if self._words[before.mention.end : before.mention.end + 1] == ("'s",):
            return True
        return not self._lexicon.capitals and beside and before.mention.start == self._trigger.end

    def _may_stand_between(self, at: int) -> bool:
        """Tell what may stand between a preposition and a name: kinds of place, adjectives, names that no one knows."""
        word, text = self._words[at], self._read.sentence.tokens[at].text
        if word in self._lexicon.between or word in _OPENING or "-" in word:
            return True
        if self._lexicon.capitals:
            return at > 0 and text[:1].isupper()
        # The verb comes first: who does it stands between it and the place.
        moved = next(self._lexicon.actors.at(self._words, at), None) is not None
        described = word.startswith(self._lexicon.article) and self._goes_with_movers(at)
        return at > 0 and (moved or described or at in self._read.counted)

    def _goes_with_movers(self, at: int) -> bool:
        """Tell an Arabic adjective of movers ("the GOVERNMENTAL forces"), one or two words behind them."""
        return any(next(self._lexicon.actors.at(self._words, one), None) for one in range(max(at - 2, 0), at))

    def _may_describe(self, at: int) -> bool:
        """Tell a word that may go with what a verb is done to: "retook the OIL port of Lobito"."""
        word, lexicon = self._words[at], self._lexicon
        if not (lexicon.capitals and word.isalpha()) or at in self._read.moving:
            return False
        if word in lexicon.grammar["no_adjectives"] or word in lexicon.pronouns:
            return False
        others = (lexicon.frames, lexicon.standing["boundaries"], lexicon.standing["speaking"])
        return not any(next(phrases.at(self._words, at), None) for phrases in others)

    def _is_joined(self, mention: Mention, at: int) -> bool:
        """Tell whether a comma or "and" joins a place to one before it; a comma alone only in a list of three."""
        words, joining = self._words, self._lexicon.grammar["joining"]
        tokens = self._read.sentence.tokens
        commas = True
        while at > 0 and words[at] in joining:
            commas = commas and words[at] in _COMMAS | {"]"}
            named = tokens[at - 1].text[:1].isupper() and words[at - 1] not in joining
            if at in self._named_ends or named:
                return not commas or self._is_in_a_list(mention, at) or "]" in words[at : mention.start]
            at -= 1
        return False

    def _is_in_a_list(self, mention: Mention, at: int) -> bool:
        words, joining = self._words, self._lexicon.grammar["joining"]
        after = mention.end
        if words[after : after + 1] == () or words[after] not in joining:
            return False
        starts = {one.mention.start for one in self._read.places if not one.nation}
        further = not starts.isdisjoint(range(after + 1, after + 6))
        return further or any(words[end] in joining for end in self._named_ends if at - 6 <= end < at)

    @property
    def _named_ends(self) -> set[int]:
        return {end for end, one in self._read.ends.items() if not one.nation}


def _preposition(words: Sequence[str], end: int, lexicon: Lexicon) -> str:
    """Give the role to which the preposition leads that ends here; "" for none, and for the "of" of "parts of"."""
    if words[end - 1] in lexicon.grammar["linking"] and end > 1 and words[end - 2] in lexicon.between:
        return ""
    for length in (4, 3, 2, 1):
        if end >= length:
            for stop, role in lexicon.prepositions.at(words, end - length):
                if stop == end:
                    return role
    return ""


def _holds(outer: Placed, inner: Placed, before: str) -> bool:
    """Tell "Goma, North Kivu": behind a comma stands what holds the place before it, no second place."""
    return (
        before in _COMMAS
        and outer.place.kind in {PlaceKind.COUNTRY, PlaceKind.GOVERNORATE, PlaceKind.REGION}
        and inner.place.kind not in {PlaceKind.COUNTRY, outer.place.kind}
        and inner.place.country == outer.place.country
    )


def _is_subject(read: Read, end: int, trigger: Trigger, lexicon: Lexicon) -> bool:
    """Tell whether only words that go with a verb stand between a place and the verb, or what tells where it lies."""
    words = read.sentence.words
    free = lexicon.skipped | lexicon.grammar["joining"]
    if not (trigger.passive or trigger.frame.subject):
        return all(words[at] in free for at in range(end, trigger.start))
    if words[end] in _COMMAS:
        end = _behind_apposition(words, end, trigger.start)
    return all(
        words[at] in free
        or at in read.placed
        or (not read.placed.isdisjoint({at + 1, at + 2}) and _may_lead(words, at, lexicon))
        for at in range(end, trigger.start)
    )


def _behind_apposition(words: Sequence[str], start: int, end: int) -> int:
    """Give the word behind what is put in between commas: "Ica, the last to hold out, fell"."""
    commas = [at for at in range(start + 1, end) if words[at] in _COMMAS]
    return commas[-1] + 1 if len(commas) == 1 else start


def _may_lead(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Tell a word that stands before a place which tells where another lies: "between", "in the"."""
    return words[at] in lexicon.between or next(lexicon.prepositions.at(words, at), None) is not None
