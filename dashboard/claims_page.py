"""The claims of a collection as a table that can be searched."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

if TYPE_CHECKING:
    from claims.model import Collection

APOSTROPHES: Final = "'`\u2018\u2019\u02bb\u02bc\u02bf\u02be"
SEARCHED: Final = ("title", "quote", "actor_text", "outlet", "speakers", "where", "count_text", "date_text")


def show(collection: Collection) -> None:
    """Show all claims, narrowed by what the reader types and chooses.

    Sources' words are shown as cells of a table only: nothing of theirs is read as markup.
    """
    table = claims_table(collection)
    with st.container(horizontal=True, vertical_alignment="bottom", key="search"):
        words = st.text_input(
            "Search", placeholder="a place, a name, a number, a word of a quote", key="words"
        )
        kinds = st.multiselect("Kind", sorted(table["kind"].unique()), key="kinds")
        statuses = st.multiselect("Status", sorted(table["status"].unique()), key="statuses")
        outlets = st.multiselect("Outlet", sorted(table["outlet"].unique()), key="outlets")
    found = table[matches(table, words)]
    for column, wanted in (("kind", kinds), ("status", statuses), ("outlet", outlets)):
        if wanted:
            found = found[found[column].isin(wanted)]
    st.caption(f"{len(found):,} of {len(table):,} claims")
    st.dataframe(
        found,
        hide_index=True,
        height="content" if len(found) < 20 else 700,
        column_config={
            "title": st.column_config.TextColumn("Event", width="medium"),
            "kind": st.column_config.TextColumn("Kind", width="small"),
            "status": st.column_config.TextColumn("Status", width="small"),
            "date_start": st.column_config.DateColumn("From", format="D MMM YYYY"),
            "date_end": st.column_config.DateColumn("To", format="D MMM YYYY"),
            "date_text": st.column_config.TextColumn("When, as said"),
            "where": st.column_config.TextColumn("Where, as said", width="medium"),
            "actor_text": st.column_config.TextColumn("Who, as said"),
            "count_text": st.column_config.TextColumn("How many, as said"),
            "quote": st.column_config.TextColumn("Quote", width="large"),
            "speakers": st.column_config.TextColumn("Who says it"),
            "outlet": st.column_config.TextColumn("Outlet"),
            "reported": st.column_config.DateColumn("Reported", format="D MMM YYYY"),
            "url": st.column_config.LinkColumn("Link", display_text="open"),
            "claim_id": st.column_config.TextColumn("Claim"),
        },
    )


def claims_table(collection: Collection) -> pd.DataFrame:
    """Return one row a claim with its event's title, its source's outlet and link, and where it took place.

    Columns in the order of reading; `where` joins origin, crossing and destination by arrows, or is the place.
    Rows are in the order of days, those without a day last.
    """
    claims = collection.claims.merge(
        collection.sources[["source_id", "outlet", "url"]], on="source_id", how="left"
    ).merge(collection.events[["event_id", "title"]], on="event_id", how="left")
    ends = claims[["origin", "crossing", "destination"]].apply(
        lambda row: " → ".join(filter(None, row)), axis="columns"
    )
    claims["where"] = ends.where(ends.ne(""), claims["place"])
    columns = [
        *("title", "kind", "status", "date_start", "date_end", "date_text", "where", "actor_text"),
        *("count_text", "quote", "speakers", "outlet", "reported", "url", "claim_id"),
    ]
    return claims.sort_values(["date_start", "claim_id"], na_position="last")[columns].reset_index(drop=True)


def matches(table: pd.DataFrame, words: str) -> pd.Series:
    """Say of each row whether all the words are found in it, whatever their case and accents."""
    text = table[list(SEARCHED)].fillna("").agg(" ".join, axis="columns").map(plain)
    found = pd.Series(data=True, index=table.index)
    for word in plain(words).split():
        found &= text.str.contains(word, regex=False)
    return found


def plain(text: str) -> str:
    """Return text without case, accents and apostrophes, so that `as-suwar` finds `As-Suwar` and `As-Ṣuwar`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part) and part not in APOSTROPHES)
