"""The mapping of a table as the reader sees and changes it: for each part of a claim the column it is made of, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import streamlit as st

from claims.imports.tables.guessing import unknown_words
from claims.imports.tables.mapping import OURS, WORDS, TableMapping, same_cell
from claims.imports.tables.unsaid import unsaid
from claims.imports.tables.worded import MOST_ASKED
from dashboard.importing.before import reasons, say_before
from dashboard.words import isolated
from geo.unseen import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.imports.looking import Looked
    from claims.imports.understanding import Understood
    from dashboard.importing.fields import Fields
    from dashboard.words import Words

__all__ = ["ask_mapping"]

Chosen = tuple[str, str]
"""What a part of a claim is made of: how (`_NOTHING`, `_COLUMN`, `_WORD` or `_TYPED`), and the column or word."""

_NOTHING: Final = "nothing"
_COLUMN: Final = "column"
_WORD: Final = "word"
_TYPED: Final = "typed"

_USUAL: Final = frozenset(
    {"kind", "status", "date", "place", "origin", "crossing", "destination", "lon", "lat", "count"}
    | {"count_unit", "actor", "quote", "outlet", "published", "url", "id"}
)
"""Parts that are shown whether or not anything was guessed for them."""

_CELLS: Final = 3
_SHORT: Final = 60  # characters of a cell that are shown


def ask_mapping(guessed: Understood, looked: Looked, fields: Fields, words: Words) -> TableMapping:
    """Show what the parts of a claim are made of, and let each be changed."""
    begun = TableMapping.of(guessed.asked)
    needed = frozenset(fault.column or "" for fault in unsaid(guessed.asked, begun, looked.header))
    shown = [ours for ours in OURS if ours in _USUAL or ours in needed or begun.says(ours)]
    st.subheader(words.say("importMapping"), anchor=False)
    st.caption(words.say("importMappingHow"))
    say_before(guessed, looked, fields, words)
    rows = _Rows(looked, begun, reasons(guessed, words), needed, fields, words)
    for ours in shown:
        rows.ask(ours)
    with st.expander(words.say("importParts", count=len(OURS) - len(shown))):
        for ours in OURS:
            if ours not in shown:
                rows.ask(ours)
    mapping = TableMapping(rows.columns, rows.constants, begun.meanings)
    meanings = _ask_meanings(looked, mapping, fields, words)
    unused = tuple(column for column in looked.header if column not in rows.columns.values())
    return TableMapping(rows.columns, rows.constants, meanings, unused)


@dataclass(slots=True)
class _Rows:
    """The rows of the mapping, asked one after the other.

    Attributes:
        looked: The table.
        begun: What was guessed, or recalled.
        why: The reasons, by the parts of a claim.
        needed: The parts that must be said.
        fields: Where answers are kept.
        words: The dashboard's.
        columns: What was answered, as `TableMapping` has it.
        constants: Likewise.
    """

    looked: Looked
    begun: TableMapping
    why: Mapping[str, str]
    needed: frozenset[str]
    fields: Fields
    words: Words
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)

    def ask(self, ours: str) -> None:
        """Ask what a part of a claim is made of; beside it stands why, and what its cells look like."""
        left, right = st.columns([3, 4], vertical_alignment="bottom")
        with left:
            how, what = self.fields.choice(
                f"ours-{ours}",
                self.words.say(f"importOurs_{ours}"),
                self._options(ours),
                self._guess(ours),
                lambda chosen: self._shown(ours, chosen),
            )
            if how == _TYPED:
                what = self.fields.text(f"typed-{ours}", self.words.say("importEveryRow"))
        if how == _COLUMN:
            self.columns[ours] = what
        elif how != _NOTHING and what:
            self.constants[ours] = what
        with right:
            self._say(ours, how, what)

    def _options(self, ours: str) -> list[Chosen]:
        every = [(_WORD, str(word)) for word in WORDS[ours]] if ours in WORDS else [(_TYPED, "")]
        constant = self.begun.constants.get(ours)
        if constant and (_WORD, constant) not in every:
            every = [(_WORD, constant), *every]
        return [(_NOTHING, ""), *((_COLUMN, column) for column in self.looked.header), *every]

    def _guess(self, ours: str) -> Chosen:
        if ours in self.begun.columns:
            return (_COLUMN, self.begun.columns[ours])
        return (_WORD, self.begun.constants[ours]) if ours in self.begun.constants else (_NOTHING, "")

    def _shown(self, ours: str, chosen: Chosen) -> str:
        """Say an option; a column that is called like another option is told from it."""
        how, what = chosen
        if how == _COLUMN:
            return visible(what) if what.strip() == what and not what.startswith("\u2014") else repr(what)
        said = {_NOTHING: "importUnsaid", _WORD: "importEvery", _TYPED: "importEveryTyped"}
        return f"\u2014 {self.words.say(said[how], word=_worded(ours, what, self.words))}"

    def _say(self, ours: str, how: str, what: str) -> None:
        """Say why this was guessed, what the column's cells look like, or that something is still to be said."""
        if how == _NOTHING and ours in self.needed:
            needed = self.words.say("importNeeded")
            st.markdown(f"**{needed}**")
        told = [isolated(self.why[ours])] if ours in self.why and (how, what) == self._guess(ours) else []
        if how == _COLUMN:
            cells = self.looked.first.cells[what]
            some = [_short(cell) for cell in cells[cells.str.strip().ne("")].drop_duplicates().head(_CELLS)]
            told += (
                [self.words.say("importCells", cells=" \u00b7 ".join(map(isolated, some)))] if some else []
            )
        if told:
            st.text("\n".join(told))


def _worded(ours: str, word: str, words: Words) -> str:
    """Say one of the words of a list in the reader's language; another word as it is."""
    if ours not in WORDS or word not in {str(one) for one in WORDS[ours]}:
        return visible(word)
    if ours == "kind":
        return words.kind(word)
    if ours == "status":
        return words.status(word)
    return words.say(f"importWay_{word}" if ours == "direction" else f"reviewChoice_{word}")


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}\u2026"


def _ask_meanings(
    looked: Looked, mapping: TableMapping, fields: Fields, words: Words
) -> dict[str, Mapping[str, str]]:
    """Ask what the words are that nobody knows in columns of words; give what all words mean."""
    meanings: dict[str, Mapping[str, str]] = dict(mapping.meanings)
    unsaid_word = f"\u2014 {words.say('importUnsaid')}"
    for ours, cells in unknown_words(looked.words, mapping).items():
        name = words.say(f"importOurs_{ours}").partition(":")[0]
        st.subheader(words.say("importMeanings", what=name), anchor=False)
        said = {}
        for at, cell in enumerate(cells[:MOST_ASKED]):
            left, right = st.columns([3, 4], vertical_alignment="bottom")
            right.text(isolated(_short(cell)))
            with left:
                word = fields.choice(
                    f"meaning-{ours}-{same_cell(cell)}",
                    words.say("importMeaning", number=at + 1),
                    ["", *map(str, WORDS[ours])],
                    "",
                    lambda word: _worded(ours, word, words) or unsaid_word,  # noqa: B023 - asked at once
                )
            said[same_cell(cell)] = word
        meanings[ours] = {**meanings.get(ours, {}), **{cell: word for cell, word in said.items() if word}}
    return meanings
