"""What an import would do, found out without doing it, and the import itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from claims.imports.converting import converter
from claims.imports.looking import Watched
from claims.imports.rows import Chunk
from claims.imports.running import gazetteer_for, import_table, opened_target
from dashboard.importing.upload import reading
from geo.errors import FaultsError

if TYPE_CHECKING:
    from claims.imports.converting import Asked
    from claims.imports.leaving import Leaving
    from claims.imports.looking import Looked
    from claims.imports.merging.tally import Tally
    from dashboard.importing.into import Into
    from dashboard.importing.upload import Handed
    from dashboard.words import Words
    from geo.errors import Fault
    from geo.gazetteer import Gazetteer

__all__ = ["Tried", "attempt"]

_FIRST: Final = 50
"""Rows of which it is shown what they become."""


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """What an import would do, or did.

    Attributes:
        faults: Those of the rows; then nothing would be taken in.
        tally: Else what becomes of the rows.
        first: Rows of claims.csv that the first rows become, as text.
        word: The collection's.
    """

    faults: tuple[Fault, ...]
    tally: Tally | None
    first: pd.DataFrame
    word: str


def attempt(
    file: Handed,
    looked: Looked,
    asked: Asked,
    into: Into,
    leave: Leaving,
    words: Words,
    who: str,
    *,
    check: bool,
) -> Tried:
    """Import a file, or find out what that would do.

    Args:
        file: It.
        looked: What was seen of it.
        asked: What the reader says of it.
        into: The collection.
        leave: Rows to leave.
        words: For the progress that is shown.
        who: Whoever imports.
        check: Find out only.

    Raises:
        BordermapError: The file or the store cannot be read or written.
    """
    word = into.word
    bar = st.progress(0.0, words.say("importBegins"))

    def tell(rows: int) -> None:
        said = words.say("importProgress", rows=f"{rows:,}", all=f"{looked.rows:,}")
        bar.progress(min(1.0, rows / max(looked.rows, 1)), said)

    gazetteer = gazetteer_for(word)
    try:
        with reading(file) as table, opened_target(word, who or None, into.title) as target:
            tally = import_table(Watched(table, tell), asked, target, gazetteer, leave, check=check)
    except FaultsError as error:
        return Tried(error.faults, None, pd.DataFrame(), word)
    finally:
        bar.empty()
    return Tried((), tally, _first(looked, asked, leave, gazetteer), word)


def _first(looked: Looked, asked: Asked, leave: Leaving, gazetteer: Gazetteer) -> pd.DataFrame:
    """Make claims of the first rows."""
    lines = looked.first.lines[:_FIRST]
    stay = ~leave.among(lines)
    cells = looked.first.cells.head(_FIRST)[stay].reset_index(drop=True)
    return converter(asked, looked.header, gazetteer).made(Chunk(cells, lines[stay]), []).tables["claims"]
