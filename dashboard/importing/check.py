"""The check before an import: what would become of the rows, the faults, and which rows to leave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from claims.imports.leaving import leaving_lines, written_lines
from claims.imports.report import report_text
from claims.imports.tables.remembered import MAPPED
from dashboard.asking import is_whole, tell
from dashboard.foreign import seen
from dashboard.importing.fields import Fields
from dashboard.importing.trying import Tried, attempt
from dashboard.importing.upload import Done, say_done
from dashboard.sentences import in_words
from dashboard.words import isolated
from geo.errors import BordermapError
from geo.unseen import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from claims.imports.converting import Asked
    from claims.imports.looking import Looked
    from claims.imports.merging.tally import Tally
    from claims.imports.rows import Notice
    from dashboard.importing.into import Into
    from dashboard.importing.upload import Handed
    from dashboard.words import Words
    from geo.errors import Fault

__all__ = ["check_and_import", "say_tally"]

CHECKED: Final = "import_checked"
_AGAIN: Final = "import_again"

_CLAIM: Final[Mapping[str, str]] = {
    "kind": "columnKind",
    "status": "columnStatus",
    "date_start": "columnFrom",
    "date_end": "columnTo",
    "origin": "reviewField_origin",
    "crossing": "reviewField_crossing",
    "destination": "reviewField_destination",
    "place": "reviewField_place",
    "count_text": "columnCount",
    "actor_text": "columnWho",
    "quote": "columnQuote",
}
"""What is shown of the first claims, and what it is called."""

_FIRST: Final = 10
"""Claims that are shown."""

_HIGH: Final = 64
"""Pixels of a fault's row: two lines."""

_WIDE: Final[Mapping[str, int]] = {"line": 60, "column": 110, "value": 130, "why": 240, "todo": 400}
"""Pixels of the columns of faults."""

_NOTICES: Final = 200
_TYPES: Final = 12


def check_and_import(file: Handed, looked: Looked, asked: Asked, into: Into, words: Words, who: str) -> None:
    """Offer the check, show what it found, and offer the import where nothing is in its way."""
    fields = Fields(f"{file.number}-{file.sheet}-leave")
    written = fields.text("lines", words.say("importLeave"), placeholder="14,20-31")
    try:
        leave = leaving_lines(written)
    except BordermapError as error:
        tell(error, words, "importNoLines")
        return
    if leave is None:
        st.error(words.say("importNoLines"))
        return
    key = (id(looked), asked, into, written)
    begin = partial(attempt, file, looked, asked, into, leave, words, who)
    wanted = st.button(words.say("importCheck"), key="import_check") or st.session_state.pop(_AGAIN, False)
    try:
        if wanted:
            st.session_state[CHECKED] = (key, begin(check=True))
        known = st.session_state.get(CHECKED)
        if known is None or known[0] != key:
            return
        tried: Tried = known[1]
        _show(tried, fields, words)
        if tried.faults:
            return
        missing = {"reviewer": who} if into.name else {"reviewer": who, "title": into.title}
        if st.button(words.say("importNow"), type="primary", key="import_now") and is_whole(missing, words):
            done = begin(check=False)
            if done.tally is not None:
                mapped = asked.scheme in MAPPED
                say_done(Done(done.word, done.tally, *_first_event(done.first), mapped))
            st.session_state[CHECKED] = (key, done)  # the collection or the file has changed meanwhile
            st.rerun()
    except BordermapError as error:
        tell(error, words, "notDone")


def _first_event(claims: pd.DataFrame) -> tuple[str, str]:
    """Give an event of some claims and a day of it; both "" where none of them has a day."""
    for column in ("date_start", "date_end"):
        dated = claims[claims[column].ne("")] if len(claims) else claims
        if len(dated):
            return str(dated["event_id"].iloc[0]), str(dated[column].iloc[0])
    return "", ""


def say_tally(tally: Tally, words: Words) -> None:
    """Say what became of the rows, or would."""
    told = {words.say(f"importFate_{word.split()[0]}"): number for word, number in tally.told().items()}
    told |= {words.say("importLeft"): tally.left} if tally.left else {}
    passed = tally.passed.total()
    told |= {words.say("importPassed"): passed} if passed else {}
    st.text(" \u00b7 ".join(f"{what}: {number:,}" for what, number in told.items()))
    if passed:
        st.text(
            "\n".join(f"{isolated(kind)}: {number:,}" for kind, number in tally.passed.most_common(_TYPES))
        )
    if tally.notices:
        with st.expander(words.say("importNotices", count=f"{len(tally.notices):,}")):
            _say_notices(tally.notices, words)


def _show(tried: Tried, fields: Fields, words: Words) -> None:
    if tried.tally is None:
        _show_faults(tried.faults, fields, words)
        return
    st.subheader(words.say("importWould"), anchor=False)
    say_tally(tried.tally, words)
    if len(tried.first):
        shown = tried.first.head(_FIRST)[
            [column for column in _CLAIM if tried.first[column].ne("").any()]
        ].assign(
            kind=lambda rows: rows["kind"].map(words.kind),
            status=lambda rows: rows["status"].map(words.status),
        )
        st.caption(words.say("importFirstClaims"))
        named: dict[str, Any] = {column: words.say(key) for column, key in _CLAIM.items()}
        st.dataframe(seen(shown), hide_index=True, column_config=named)


def _show_faults(faults: Sequence[Fault], fields: Fields, words: Words) -> None:
    """Show all faults, with what to do, and offer to leave the rows that have one."""
    of_rows = [fault for fault in faults if fault.line is not None or fault.lines]
    lines = {one.line for fault in of_rows for one in fault.each() if one.line is not None}
    whole = len(faults) - len(of_rows)
    st.error(words.say("importFaults", count=f"{len(faults):,}"))
    cells = [
        (
            fault.line,
            visible(fault.column or ""),
            visible(fault.value or ""),
            in_words(fault.reason, words),
            in_words(fault.todo, words),
        )
        for fault in faults
    ]
    _say_table(cells, {words.say(f"importFault_{name}"): width for name, width in _WIDE.items()}, words)
    if any("--" in fault.todo for fault in faults):
        st.text(words.say("importOptions"))
    with st.container(horizontal=True, vertical_alignment="center"):
        _offer_report(faults, (), words)
        if lines:
            st.button(
                words.say("importLeaveAll", count=f"{len(lines):,}"),
                key="import_leave_all",
                on_click=partial(_leave, fields, lines),
            )
    if whole:
        st.caption(words.say("importNotLeft", count=f"{whole:,}"))


def _leave(fields: Fields, lines: Iterable[int]) -> None:
    """Leave more rows, and check again."""
    before = str(fields.held("lines") or "")
    leave = ",".join(filter(None, (before, written_lines(lines))))
    fields.put("lines", leave)
    st.session_state[_AGAIN] = True


def _say_notices(notices: Sequence[Notice], words: Words) -> None:
    cells = [(notice.line or None, in_words(notice.said, words)) for notice in notices[:_NOTICES]]
    _say_table(cells, {words.say("importFault_line"): _WIDE["line"], words.say("importNotice"): None}, words)
    _offer_report((), notices, words)


def _say_table(cells: Sequence[Sequence[object]], widths: Mapping[str, int | None], words: Words) -> None:
    """Show cells as the text that they are, in columns of these names and widths; the first is where reading begins."""
    rows = [["" if cell is None else str(cell) for cell in row] for row in cells]
    frame = pd.DataFrame(rows, columns=list(widths), dtype=str)
    shown = {name: st.column_config.TextColumn(name, width=width) for name, width in widths.items()}
    order = list(widths)[:: -1 if words.direction == "rtl" else 1]
    st.dataframe(frame, hide_index=True, row_height=_HIGH, column_config=shown, column_order=order)


def _offer_report(faults: Sequence[Fault], notices: Sequence[Notice], words: Words) -> None:
    """Offer all of it as CSV."""
    st.download_button(
        words.say("importReport"),
        lambda: report_text(faults, notices),
        "report.csv",
        "text/csv",
        on_click="ignore",
        key=f"import_report_{'faults' if faults else 'notices'}",
    )
