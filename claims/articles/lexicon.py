"""The words of a language, as data/language lists them, made ready to be found."""
# ruff: noqa: RUF001 - Arabic letters are its business

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.articles.inflected import Form, arabic_forms, arabic_nation, arabic_noun, plural, verb_forms
from claims.articles.wording import Phrases, listed
from claims.model import CountQualifier, CountUnit, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["FOLDER", "Frame", "Lexicon", "lexicon"]

FOLDER: Final = Path(__file__).parents[2] / "data" / "language"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb or noun of movement asks of its sentence; data/language/en/frames.toml says how to read it.

    Attributes:
        name: Its table's name.
        kind: The kind of claim that it proposes.
        object: Which end a place is that the verb is done to; "" for none.
        subject: The same of a place that does it.
        moves: subject, object or either: which of them moves.
        needs: What must be found.
        context: Whether a place that was just named may be meant where its clause names none.
        status: How it is put by its own meaning ("stayed open" denies a closure); None where the words around say so.
    """

    name: str
    kind: Kind
    object: str
    subject: str
    moves: str
    needs: frozenset[str]
    status: Status | None = None
    context: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """A language's words.

    Attributes:
        language: Its code.
        name: Its name in English.
        capitals: Whether names are written with capitals.
        article: What is written before a noun that is no name; "" where that is a word.
        script: Of which script its letters are, as Unicode names them.
        common: Words of which every text has some.
        frames: Verbs and nouns of movement, each in its forms.
        standing: How a happening is put, by the words for it.
        actors: Who moves, with what they count as.
        armed: Those of them who are armed.
        pronouns: Words that stand for movers named before.
        officials: Offices whose holders' journeys are visits.
        not_counted: What a number counts that is no mover.
        titles: Words that make the name behind them a person's.
        organisations: Words that make the name before them an organisation's.
        numbers: Number words; those over 90 multiply.
        vague: Vague numbers, with the range they mean; 0 for an open end.
        qualifiers: Words that say how a number is meant.
        prepositions: To which end each leads.
        between: What may stand between a preposition and its name.
        skipped: What may stand between a place and its verb.
        nations: Countries by the adjectives and people of theirs that a gazetteer does not know.
        anaphora: Places said without a name.
        place_words: The lists of [places].
        grammar: Small words by what they do in a sentence.
        dates: What dates.toml says.
        vocabulary: Every word of the tables.
    """

    language: str
    name: str
    capitals: bool
    article: str
    script: str
    common: frozenset[str]
    frames: Phrases[tuple[Frame, Form]]
    standing: Mapping[str, Phrases[str]]
    actors: Phrases[CountUnit]
    armed: Phrases[str]
    pronouns: frozenset[str]
    officials: frozenset[str]
    not_counted: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    numbers: Mapping[str, float]
    vague: Phrases[tuple[float, float]]
    qualifiers: Phrases[CountQualifier]
    prepositions: Phrases[str]
    between: frozenset[str]
    skipped: frozenset[str]
    nations: Mapping[str, str]
    anaphora: Phrases[str]
    place_words: Mapping[str, Phrases[str]]
    grammar: Mapping[str, frozenset[str]]
    dates: Mapping[str, Any]
    vocabulary: frozenset[str]

    def folded(self, word: str) -> str:
        """Give the form of a word in which the tables list it; of Arabic ones without the letters written before it."""
        arabic = self.script == "ARABIC"
        bare = _folded(word, arabic=arabic)
        if not arabic or bare in self.vocabulary:
            return bare
        return next((rest for rest in _without_prefixes(bare) if rest in self.vocabulary), bare)


_MARKS: Final = re.compile("[\u0640\u064b-\u0652\u0670]")
_ONE_LETTER: Final = str.maketrans("أإآٱىةؤ٠١٢٣٤٥٦٧٨٩", "اااايهو0123456789")


def _folded(word: str, *, arabic: bool) -> str:
    """Fold a word: lower case; in Arabic script no vowel signs, one letter for those that writers exchange, and digits as here."""
    if arabic:
        return _MARKS.sub("", word).translate(_ONE_LETTER)
    return word.lower().replace("’", "'").replace("‘", "'").replace("‑", "-")


def _without_prefixes(word: str) -> Iterator[str]:
    """Give an Arabic word without "and", "so", "in", "to", "as" before it, with and without the article."""
    if word[:1] in "وفبلك" and len(word) > 2:
        rest = word[1:]
        yield rest
        if word.startswith("لل"):
            yield "ال" + word[2:]
        if rest[:1] in "بلك":
            yield rest[1:]
            if rest.startswith("لل"):
                yield "ال" + rest[2:]


@cache
def lexicon(language: str) -> Lexicon:
    """Read the words of a language."""
    words, frames, standing, dates, irregular = (
        tomllib.loads((FOLDER / language / f"{name}.toml").read_text("utf-8"))
        for name in ("words", "frames", "standing", "dates", "inflections")
    )
    about = words["language"]
    arabic = about["script"] == "ARABIC"

    def entries(text: str) -> list[str]:
        return [" ".join(_folded(word, arabic=arabic) for word in entry.split()) for entry in listed(text)]

    def phrases(text: str) -> Phrases[str]:
        return Phrases((entry, entry) for entry in entries(text))

    plurals = words["plurals"]["irregular"]
    officials = frozenset(
        form
        for noun in entries(words["officials"]["words"])
        for form in ((noun,) if arabic else (noun, plural(noun)))
    )
    read = Lexicon(
        language=language,
        name=about["name"],
        capitals=about["capitals"],
        article=about["article"],
        script=about["script"],
        common=frozenset(entries(about["common"].replace(" ", "\n"))),
        frames=Phrases(
            (form, (frame, tag))
            for name, said in frames.items()
            for frame in [_frame(name, said)]
            for form, tag in _forms(said, frames, irregular, entries, arabic=arabic)
        ),
        standing={name: phrases(text) for name, text in standing.items()},
        actors=Phrases(
            [
                (form, CountUnit(unit))
                for unit, text in words["actors"].items()
                for noun in entries(text)
                for form in _noun_forms(noun, plurals, arabic=arabic)
            ]
        ),
        armed=Phrases(
            (form, noun)
            for noun in entries(words["armed"]["words"])
            for form in _noun_forms(noun, plurals, arabic=arabic)
        ),
        pronouns=frozenset(entries(words["pronouns"]["words"])),
        officials=officials,
        not_counted=frozenset(
            form
            for noun in entries(words["not_counted"]["words"])
            for form in _noun_forms(noun, plurals, arabic=arabic)
        ),
        titles=frozenset(entries(words["officials"]["titles"])),
        organisations=frozenset(entries(words["organisations"]["words"])),
        numbers=words["numbers"] | words["multipliers"],
        vague=Phrases(
            (entry, (float(low), float(high)))
            for text, (low, high) in words["vague"].items()
            for entry in entries(text)
        ),
        qualifiers=Phrases(
            (entry, CountQualifier(name))
            for name, text in words["qualifiers"].items()
            for entry in entries(text)
        ),
        prepositions=Phrases(
            (entry, role) for role, text in words["prepositions"].items() for entry in entries(text)
        ),
        between=frozenset(entries(words["between"]["words"])),
        skipped=frozenset(entries(words["between"]["skipped"])),
        nations={
            form: country
            for adjective, country in words["nations"].items()
            for form in arabic_nation(adjective, _folded(country, arabic=arabic))
        },
        anaphora=Phrases(
            (entry, name)
            for name, several in words["anaphora"].items()
            for entry in entries("\n".join(several))
        ),
        place_words={name: phrases(text) for name, text in words["places"].items()},
        grammar={
            name: frozenset(entries("\n".join(text.split()))) for name, text in words["grammar"].items()
        },
        dates=dates,
        vocabulary=frozenset(),
    )
    return replace(read, vocabulary=_vocabulary(read) | _date_words(dates, entries))


def _vocabulary(read: Lexicon) -> frozenset[str]:
    """Give every word of a lexicon but those of dates."""
    found = {*read.between, *read.skipped, *read.numbers, *read.not_counted, *read.pronouns, *read.nations}
    tables: list[Phrases[Any]] = [read.frames, read.actors, read.vague, read.qualifiers, read.prepositions]
    tables += [read.anaphora, *read.standing.values(), *read.place_words.values()]
    return frozenset(found.union(*(phrases.words() for phrases in tables)))


def _date_words(dates: Mapping[str, Any], entries: Any) -> set[str]:
    """Give every word of the tables of dates."""
    texts = [text for sort in ("spans", "weeks", "months", "after") for text in dates[sort]]
    texts += [name for names in (*dates["month_names"], *dates["weekday_names"]) for name in names]
    texts += [word for said in dates["words"].values() for word in said]
    return {word for text in entries("\n".join(texts)) for word in text.split()}


def _frame(name: str, said: Mapping[str, Any]) -> Frame:
    return Frame(
        name=name,
        kind=Kind(said["kind"]),
        object=said.get("object", ""),
        subject=said.get("subject", ""),
        moves=said.get("moves", "subject"),
        needs=frozenset(said["needs"]),
        context=said.get("context", False),
        status=Status(said["status"]) if "status" in said else None,
    )


def _forms(
    said: Mapping[str, Any],
    frames: Mapping[str, Any],
    irregular: Mapping[str, Any],
    entries: Any,
    *,
    arabic: bool,
) -> Iterator[tuple[str, Form]]:
    """Give every form of a frame's verbs and nouns."""
    for phrase in _verbs(said, frames, entries):
        first, _, rest = phrase.partition(" ")
        forms = arabic_forms(first) if arabic else verb_forms(first, irregular)
        for form, tag in forms:
            yield f"{form} {rest}".strip(), tag
    for phrase in entries(said.get("nouns", "")):
        inflected = (
            (phrase,) if " " in phrase else arabic_noun(phrase) if arabic else (phrase, plural(phrase))
        )
        yield from ((form, Form.NOUN) for form in inflected)


def _verbs(said: Mapping[str, Any], frames: Mapping[str, Any], entries: Any) -> Iterator[str]:
    """Give a frame's verbs and those of the frames it shares, each with every particle of the frame if it has some."""
    shared = [verb for name in said.get("verbs_of", ()) for verb in entries(frames[name]["verbs"])]
    particles = entries(said.get("particles", ""))
    for verb in (*entries(said.get("verbs", "")), *shared):
        yield from (f"{verb} {particle}" for particle in particles) if particles else (verb,)


def _noun_forms(noun: str, plurals: Mapping[str, str], *, arabic: bool) -> tuple[str, ...]:
    if arabic:
        return (noun,) if " " in noun else tuple(arabic_noun(noun))
    head, _, last = noun.rpartition(" ")
    return noun, f"{head} {plurals.get(last, plural(last))}".strip()
