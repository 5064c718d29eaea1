"""The claims of a collection as a table that can be searched."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from claims.events import known_by
from claims.model import Collection, Edition
from dashboard.foreign import links, seen
from dashboard.words import words_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.words import Words

APOSTROPHES: Final = "'`\u2018\u2019\u02bb\u02bc\u02bf\u02be"
TALLEST: Final = 760
"""Pixels of the table; a longer one scrolls."""

ROW_HIGH: Final = 74
"""Pixels of a row: three lines, so that a quote of 25 words is read whole."""

LONGEST: Final = 200
"""Characters of what is searched for; a browser that sends more is answered for these."""

MOST_WORDS: Final = 20
"""Different words that are searched for; each looks through all claims."""

TABLES: Final = 8
"""Tables that are kept for whoever looks at the same claims in the same language."""

NARROW, MIDDLE, WIDE, WIDEST = 115, 180, 250, 440

COLUMNS: Final = (
    *("title", "quote", "outlet", "count_text", "where", "date_text", "date_start", "date_end"),
    *("status", "kind", "actor_text", "speakers", "reported", "url", "claim_id"),
)
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


def _config(words: Words) -> dict[str, Any]:
    """Return how each column is headed and shown."""
    say, column = words.say, st.column_config
    text, day = column.TextColumn, partial(column.DateColumn, format=say("tableDay"), width=NARROW)
    return {
        "title": text(say("columnTitle"), width=WIDE),
        "quote": text(say("columnQuote"), width=WIDEST),
        "outlet": text(say("columnOutlet"), width=MIDDLE),
        "count_text": text(say("columnCount"), width=MIDDLE),
        "where": text(say("columnWhere"), width=WIDE),
        "date_text": text(say("columnWhen"), width=MIDDLE),
        "date_start": day(say("columnFrom")),
        "date_end": day(say("columnTo")),
        "status": text(say("columnStatus"), width=NARROW),
        "kind": text(say("columnKind"), width=NARROW),
        "actor_text": text(say("columnWho"), width=WIDE),
        "speakers": text(say("columnSpeakers"), width=WIDE),
        "reported": day(say("columnReported")),
        "url": column.LinkColumn(say("columnLink"), display_text=say("open"), width=70),
        "claim_id": text(say("columnClaim"), width=MIDDLE),
    }


def show(
    collection: Collection, row: DeltaGenerator, words: Words, known: dt.date | None = None
) -> tuple[str, dt.date | None] | None:
    """Show the claims, narrowed by what the reader types and chooses.

    Sources' words are shown as cells of a table only: nothing of theirs is read as markup.

    Args:
        collection: Whose claims they are.
        row: Where the search goes.
        words: The dashboard's, in the reader's language.
        known: The day by which what is shown was reported; None for all.

    Returns:
        The event, "" for none, and the first day of the claim which the reader wants to see on the map; else None.
    """
    table = _shared(collection, words.language, known)[1]
    found = _narrowed(table, row, words)
    # On the left, because the table's own tools appear above its right end.
    with st.container(horizontal=True, vertical_alignment="center", key="found"):
        wish = st.container(width="content")
        said = words.say("found", found=f"{len(found):,}", all=f"{len(table):,}")
        later = len(collection.claims) - len(table)
        st.caption(said + _known_words(known, later, words), width="content")
        if edition := collection.edition:
            st.caption(_edition_words(edition, words), width="content")
    picked = st.dataframe(
        found,
        hide_index=True,
        height="content" if len(found) * ROW_HIGH < TALLEST else TALLEST,
        row_height=ROW_HIGH,
        column_order=COLUMNS,
        column_config=_config(words),
        on_select="rerun",
        selection_mode="single-row",
        # Another selection of claims is another table: a row chosen in the one is none of the other.
        key=f"claims {hash(tuple(found['claim_id']))}",
    )
    rows = picked["selection"]["rows"]
    claim = found.iloc[rows[0]] if rows and rows[0] < len(found) else None
    if not wish.button(words.say("showOnMap"), disabled=claim is None, help=words.say("howToChoose")):
        return None
    if claim is None:
        return None
    day = claim["date_end"] if pd.isna(claim["date_start"]) else claim["date_start"]
    return claim["event_id"], None if pd.isna(day) else day.date()


def _edition_words(edition: Edition, words: Words) -> str:
    """Say what the page says of a published edition."""
    numbers = {"claims": f"{edition.claims:,}", "parts": f"{edition.parts:,}"}
    said = [words.say("publishedEdition", day=edition.day.isoformat(), **numbers)]
    if edition.coarsen_km is not None:
        said.append(words.say("coarsePositions", km=f"{edition.coarsen_km:g}"))
    if edition.delay_days:
        said.append(words.say("delayedDays", n=f"{edition.delay_days:,}"))
    return " ".join(said)


def _known_words(known: dt.date | None, later: int, words: Words) -> str:
    """Say by which day the claims were known, and how many came out after it."""
    return "" if known is None else words.say("knownOn", day=known.isoformat(), later=f"{later:,}")


def _narrowed(table: pd.DataFrame, row: DeltaGenerator, words: Words) -> pd.DataFrame:
    typed = row.text_input(
        words.say("search"),
        placeholder=words.say("searchFor"),
        key="words",
        label_visibility="collapsed",
        max_chars=LONGEST,
    )
    found = table[matches(table, typed)]
    for column, name, every in (
        ("kind", "kinds", "allKinds"),
        ("status", "statuses", "allStatuses"),
        ("outlet", "outlets", "allOutlets"),
    ):
        wanted = row.multiselect(
            words.say(name),
            sorted(table[column].unique()),
            placeholder=words.say(every),
            key=name,
            label_visibility="collapsed",
            width=190,
        )
        if wanted:
            found = found[found[column].isin(wanted)]
    return found


@st.cache_resource(max_entries=TABLES, show_spinner=False, hash_funcs={Collection: id})
def _shared(collection: Collection, language: str, known: dt.date | None) -> tuple[Collection, pd.DataFrame]:
    """Make the table that all who read in a language see of a collection; it is nobody's to change.

    It comes with the collection, so that this lives as long and no other can have its id.
    """
    shown = collection if known is None else known_by(collection, known)
    table = claims_table(shown, words_in(language))
    return collection, seen(table).assign(event_id=table["event_id"])


def claims_table(collection: Collection, words: Words) -> pd.DataFrame:
    """Return one row a claim with its event's title, its source's outlet and link, and where it took place.

    Title, kind and status are in the language of the words, where the title is told in it. Holds `COLUMNS` and event_id; `where` joins origin, crossing and destination by arrows, or is the place.
    Rows are in the order of days; those of no day, and of days that are not the collection's, come last.
    """
    claims = collection.claims.merge(
        collection.sources[["source_id", "outlet", "url"]], on="source_id", how="left"
    ).merge(_titles(collection.events, words), on="event_id", how="left")
    ends = _joined(claims, ("origin", "crossing", "destination"), " → ")
    claims["title"] = claims["title"].fillna("")  # of a claim of no event
    claims["where"] = ends.where(ends.ne(""), claims["place"])
    claims["url"] = links(claims["url"].fillna(""))
    for column in ("actor_text", "speakers", "where"):
        claims[column] = claims[column].str.replace(";", "; ")
    claims["kind"], claims["status"] = claims["kind"].map(words.kind), claims["status"].map(words.status)
    first, last = pd.Timestamp(collection.facts.first_day), pd.Timestamp(collection.facts.last_day)
    claims["past"] = ~claims["date_end"].ge(first) | ~claims["date_start"].fillna(first).le(last)
    ordered = claims.sort_values(["past", "date_start", "claim_id"], na_position="last")
    return ordered[[*COLUMNS, "event_id"]].reset_index(drop=True)


def _joined(table: pd.DataFrame, columns: Iterable[str], separator: str) -> pd.Series:
    """Join what each row says in some columns; `agg` would give a frame where there are no rows."""
    rows = zip(*(table[column] for column in columns), strict=True)
    return pd.Series([separator.join(filter(None, row)) for row in rows], index=table.index, dtype=str)


def _titles(events: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Return the events' titles in a language, in the collection's own where there is none."""
    own = words.own("title")
    told = events[own] if own in events else events["title"]
    return events[["event_id"]].assign(title=told.where(told.ne(""), events["title"]))


def matches(table: pd.DataFrame, words: str) -> pd.Series:
    """Say of each row whether all the words are found in it, whatever their case and accents.

    Of more than `LONGEST` characters, or `MOST_WORDS` different words, the first are looked for.
    """
    if not words.strip():
        return pd.Series(data=True, index=table.index)
    text = _joined(table[list(SEARCHED)].fillna(""), SEARCHED, " ").map(plain)
    found = pd.Series(data=True, index=table.index)
    for word in [*dict.fromkeys(plain(words[:LONGEST]).split())][:MOST_WORDS]:
        found &= text.str.contains(word, regex=False)
    return found


def plain(text: str) -> str:
    """Return text without case, accents and apostrophes, so that `evora` finds `Évora`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part) and part not in APOSTROPHES)
