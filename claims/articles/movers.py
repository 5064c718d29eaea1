"""Who moves: the names and nouns of people, forces and vehicles in a sentence, and which of them a verb is about."""
# ruff: noqa: RUF001 - quotes and dashes of all kinds are its business

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from claims.articles.wording import Phrases
from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claims.articles.clauses import Clause
    from claims.articles.lexicon import Lexicon
    from claims.articles.reads import Read
    from claims.articles.sentences import Sentence

__all__ = ["Known", "Mover", "actors", "mover"]

REACH: Final = 5  # words before a noun that may belong to it: "Iranian-backed Shia armed"


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves in a clause.

    Attributes:
        start: The number of the first word.
        end: The number of the word after the last.
        text: The words.
        ids: Ids of the collection's actors.
        nation: The country of the nation's adjective with them; "" for none.
    """

    start: int
    end: int
    text: str
    ids: tuple[str, ...] = ()
    nation: str = ""


class Known:
    """The actors that a collection knows, by name and alias."""

    def __init__(self, rows: Iterable[Mapping[str, str]], lexicon: Lexicon) -> None:
        """Take the rows of actors.csv; the longest alias that fits decides."""
        pairs = [
            (" ".join(map(lexicon.folded, name.replace("’", "'").split())), row["actor"])
            for row in rows
            for name in (row["name"], row.get("name_ar", ""), *str(row.get("aliases", "")).split(";"))
            if name.strip()
        ]
        self.phrases = Phrases(pairs)


def actors(sentence: Sentence, lexicon: Lexicon, known: Known) -> list[tuple[int, int]]:
    """Give where a sentence names movers: known actors, and general nouns."""
    words = sentence.words
    found: list[tuple[int, int]] = []
    end = 0
    for at in range(len(words)):
        if at < end:
            continue
        stops = [stop for stop, _ in known.phrases.at(words, at)]
        stops += [stop for stop, _ in lexicon.actors.at(words, at)]
        if stops:
            end = max(stops)
            found.append((at, end))
    return found


def mover(clause: Clause, lexicon: Lexicon, known: Known) -> Mover | None:
    """Choose who moves in a clause, by the side of the verb that its frame says; None where nobody is named."""
    before = [one for one in _spots(clause.read) if one[1] <= clause.trigger.start]
    behind = [one for one in _spots(clause.read) if clause.trigger.start < one[0] < clause.right]
    in_clause = [one for one in before if one[0] >= clause.inner] or [
        one for one in before if one[0] >= clause.left
    ]
    antecedent = [one for one in before if one[1] >= clause.left - 2] if not in_clause else []
    subject = (in_clause or antecedent or before[-1:])[:1]
    wants_object = clause.trigger.frame.moves == "object" and not clause.trigger.passive
    noun = clause.trigger.form == "noun"
    order = [behind[:1], subject] if wants_object or noun else [subject, behind[:1]]
    if clause.trigger.frame.moves == "either" and behind and not clause.trigger.passive:
        order = [[one for one in behind if one[0] - clause.trigger.end <= REACH][:1], subject, behind[:1]]
    for choice in order:
        if choice:
            return _told(clause.read, *choice[0], lexicon, known)
    return None


def _spots(read: Read) -> list[tuple[int, int]]:
    """Give where movers stand: nouns, and nations that are people themselves ("Peruvians")."""
    spots = list(read.actors)
    for placed in read.places:
        mention = placed.mention
        if placed.nation and not any(
            start <= mention.end + REACH and end > mention.start for start, end in spots
        ):
            spots.append((mention.start, mention.end))
    return sorted(spots)


def _told(read: Read, start: int, end: int, lexicon: Lexicon, known: Known) -> Mover:
    """Take in the adjectives and the nation before a noun."""
    words, tokens = read.sentence.words, read.sentence.tokens
    ids = tuple(dict.fromkeys(actor for stop, actor in known.phrases.at(words, start) if stop == end))
    counted = {at for count in read.counts for at in range(count.start, count.end)}
    first = start
    nation = ""
    nations = {
        placed.mention.end - 1: placed.place.country
        for placed in read.places
        if placed.nation
        or (placed.place.kind == PlaceKind.COUNTRY and placed.mention.end in {start, start - 1})
    }
    between = 0
    for at in range(start, max(start - REACH, -1), -1):
        if at in nations:
            nation = nations[at]
        if at not in read.dated and (
            at == start or at in nations or at in counted or _belongs(words[at], tokens[at].text, lexicon)
        ):
            first, between = at, 0
        elif (
            between == 2
            or words[at] in lexicon.grammar["phrase_ends"]
            or next(lexicon.frames.at(words, at), None)
        ):
            break
        else:
            between += 1
    return Mover(first, end, _whole(read.text, tokens[first].start, tokens[end - 1].end), ids, nation)


def _whole(text: str, start: int, end: int) -> str:
    """Give words with the bracket that closes the one opened in them: "the Home Guard (HG)"."""
    opened = text[start:end].count("(") > text[start:end].count(")")
    return text[start : end + (opened and text[end : end + 1] == ")")]


def _belongs(word: str, text: str, lexicon: Lexicon) -> bool:
    """Tell a word before a noun that surely belongs to it: "Shia", "Iranian-backed"; a dash between words does not."""
    return (text[:1].isupper() and word not in lexicon.grammar["phrase_ends"]) or "-" in text.strip("-")
