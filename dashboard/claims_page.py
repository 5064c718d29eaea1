"""The claims of a collection as a table that can be searched."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from claims.events import known_by

if TYPE_CHECKING:
    import datetime as dt

    from streamlit.delta_generator import DeltaGenerator

    from claims.model import Collection

APOSTROPHES: Final = "'`\u2018\u2019\u02bb\u02bc\u02bf\u02be"
TALLEST: Final = 760
"""Pixels of the table; a longer one scrolls."""

ROW_HIGH: Final = 74
"""Pixels of a row: three lines, so that a quote of 25 words is read whole."""

NARROW, MIDDLE, WIDE, WIDEST = 115, 180, 250, 440

COLUMNS: Final[dict[str, Any]] = {
    "title": st.column_config.TextColumn("Event", width=WIDE),
    "quote": st.column_config.TextColumn("What the source says", width=WIDEST),
    "outlet": st.column_config.TextColumn("Outlet", width=MIDDLE),
    "count_text": st.column_config.TextColumn("How many, as said", width=MIDDLE),
    "where": st.column_config.TextColumn("Where, as said", width=WIDE),
    "date_text": st.column_config.TextColumn("When, as said", width=MIDDLE),
    "date_start": st.column_config.DateColumn("From", format="D MMM YYYY", width=NARROW),
    "date_end": st.column_config.DateColumn("To", format="D MMM YYYY", width=NARROW),
    "status": st.column_config.TextColumn("Status", width=NARROW),
    "kind": st.column_config.TextColumn("Kind", width=NARROW),
    "actor_text": st.column_config.TextColumn("Who, as said", width=WIDE),
    "speakers": st.column_config.TextColumn("Who says it", width=WIDE),
    "reported": st.column_config.DateColumn("Reported", format="D MMM YYYY", width=NARROW),
    "url": st.column_config.LinkColumn("Link", display_text="open", width=70),
    "claim_id": st.column_config.TextColumn("Claim", width=MIDDLE),
}
"""The table's columns in the order of reading."""

SEARCHED: Final = (
    "title",
    "quote",
    "outlet",
    "count_text",
    "where",
    "date_text",
    "actor_text",
    "speakers",
    "claim_id",
)


def show(
    collection: Collection, row: DeltaGenerator, known: dt.date | None = None
) -> tuple[str, dt.date | None] | None:
    """Show the claims, narrowed by what the reader types and chooses.

    Sources' words are shown as cells of a table only: nothing of theirs is read as markup.

    Args:
        collection: Whose claims they are.
        row: Where the search goes.
        known: The day by which what is shown was reported; None for all.

    Returns:
        The event, and the first day of the claim, which the reader wants to see on the map; else None.
    """
    table = claims_table(collection if known is None else known_by(collection, known))
    found = _narrowed(table, row)
    # On the left, because the table's own tools appear above its right end.
    with st.container(horizontal=True, vertical_alignment="center", key="found"):
        wish = st.container(width="content")
        later = len(collection.claims) - len(table)
        st.caption(f"{len(found):,} of {len(table):,} claims{_known_words(known, later)}", width="content")
    picked = st.dataframe(
        found,
        hide_index=True,
        height="content" if len(found) * ROW_HIGH < TALLEST else TALLEST,
        row_height=ROW_HIGH,
        column_order=list(COLUMNS),
        column_config=COLUMNS,
        on_select="rerun",
        selection_mode="single-row",
        # Another selection of claims is another table: a row chosen in the one is none of the other.
        key=f"claims {hash(tuple(found['claim_id']))}",
    )
    rows = picked["selection"]["rows"]
    claim = found.iloc[rows[0]] if rows and rows[0] < len(found) else None
    if not wish.button(
        "Show on the map", disabled=claim is None, help="Choose a claim by the box at its left"
    ):
        return None
    if claim is None:
        return None
    day = claim["date_end"] if pd.isna(claim["date_start"]) else claim["date_start"]
    return claim["event_id"], None if pd.isna(day) else day.date()


def _known_words(known: dt.date | None, later: int) -> str:
    """Say by which day the claims were known, and how many came out after it."""
    return "" if known is None else f", as known on {known:%-d %B %Y}; {later:,} came out later"


def _narrowed(table: pd.DataFrame, row: DeltaGenerator) -> pd.DataFrame:
    words = row.text_input(
        "Search",
        placeholder="Search: a place, a name, a number, a word of a quote",
        key="words",
        label_visibility="collapsed",
    )
    found = table[matches(table, words)]
    for column, name in (("kind", "Kinds"), ("status", "Statuses"), ("outlet", "Outlets")):
        wanted = row.multiselect(
            name,
            sorted(table[column].unique()),
            placeholder=f"All {name.lower()}",
            key=name,
            label_visibility="collapsed",
            width=190,
        )
        if wanted:
            found = found[found[column].isin(wanted)]
    return found


def claims_table(collection: Collection) -> pd.DataFrame:
    """Return one row a claim with its event's title, its source's outlet and link, and where it took place.

    Holds `COLUMNS` and event_id; `where` joins origin, crossing and destination by arrows, or is the place.
    Rows are in the order of days; those of no day, and of days that are not the collection's, come last.
    """
    claims = collection.claims.merge(
        collection.sources[["source_id", "outlet", "url"]], on="source_id", how="left"
    ).merge(collection.events[["event_id", "title"]], on="event_id", how="left")
    ends = claims[["origin", "crossing", "destination"]].agg(
        lambda row: " → ".join(filter(None, row)), axis="columns"
    )
    claims["where"] = ends.where(ends.ne(""), claims["place"])
    for column in ("actor_text", "speakers", "where"):
        claims[column] = claims[column].str.replace(";", "; ")
    claims["kind"] = claims["kind"].str.replace("_", " ")
    first, last = pd.Timestamp(collection.facts.first_day), pd.Timestamp(collection.facts.last_day)
    claims["past"] = ~claims["date_end"].ge(first) | ~claims["date_start"].fillna(first).le(last)
    ordered = claims.sort_values(["past", "date_start", "claim_id"], na_position="last")
    return ordered[[*COLUMNS, "event_id"]].reset_index(drop=True)


def matches(table: pd.DataFrame, words: str) -> pd.Series:
    """Say of each row whether all the words are found in it, whatever their case and accents."""
    text = table[list(SEARCHED)].fillna("").agg(" ".join, axis="columns").map(plain)
    found = pd.Series(data=True, index=table.index)
    for word in plain(words).split():
        found &= text.str.contains(word, regex=False)
    return found


def plain(text: str) -> str:
    """Return text without case, accents and apostrophes, so that `evora` finds `Évora`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part) and part not in APOSTROPHES)
