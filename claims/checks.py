"""What must hold between the cells of a collection's tables; each breach is one fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.model import OPTIONAL_TABLES, QUOTE_WORDS, ROLES, TABLES, DateKind, Kind

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from claims.tables import Table

COLUMNS: Final = TABLES | OPTIONAL_TABLES

UNHELD: Final = "add it there, or delete this row too; the next import then takes its row of the file in anew"
"""What to do about an imported row whose claim is not there."""


def check_tables(
    frames: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], gazetteer: Container[str]
) -> None:
    """Check all that was read; a table that is missing is passed over, as its own fault says.

    Args:
        frames: The typed tables by name.
        tables: The same as written, which collect the faults.
        gazetteer: Whatever says of a place_id whether it is known.
    """
    for name in COLUMNS.keys() & frames.keys():
        _check_references(name, frames, tables, gazetteer)
    if "sources" in frames:
        _check_sources(frames["sources"], tables["sources"])
    if "claims" in frames:
        _check_days(frames["claims"], tables["claims"])
        _check_counts(frames["claims"], tables["claims"])
        _check_words(frames["claims"], tables["claims"])
    if {"sides", "actors"} <= frames.keys() and "side" not in tables["actors"].absent:
        known = set(frames["actors"]["side"]) | tables["actors"].cut
        named = frames["sides"]["side"]
        unused = named.ne("") & ~named.isin(known)
        tables["sides"].fault_where("side", unused, "is no actor's side", "correct it or leave the row out")
    if {"claims", "events"} <= frames.keys():
        kind_of = frames["events"].drop_duplicates("event_id").set_index("event_id")["kind"]
        kinds = frames["claims"]["event_id"].map(kind_of)
        bad = kinds.isin(list(Kind)) & kinds.ne(frames["claims"]["kind"])
        tables["claims"].fault_where("kind", bad, "is not its event's kind", "correct one, or part the event")


def _check_references(
    name: str, frames: Mapping[str, pd.DataFrame], tables: Mapping[str, Table], gazetteer: Container[str]
) -> None:
    table = tables[name]
    for column in COLUMNS[name]:
        if not column.of or (column.of != "gazetteer" and not _tells_ids(column.of, tables)):
            continue
        cells = frames[name][column.name]
        # Many rows name the same: each is looked at once.
        listed = pd.Series(cells[cells.ne("")].unique())
        parts = listed.str.split(";").explode().str.strip() if column.cell == "ids" else listed
        if column.of == "gazetteer":
            known = {place_id for place_id in parts.tolist() if place_id in gazetteer}
            why, todo = "is not in the gazetteer", "add it to places.csv in this folder or correct the id"
        else:
            known = set(frames[column.of][TABLES[column.of][0].name].tolist()) | tables[column.of].cut
            todo = UNHELD if name == "imports" else "add it there or correct the id"
            why = f"is not in {tables[column.of].file}"
        bad = cells.isin(listed[parts.index[~parts.isin(known)].unique()])
        table.fault_where(column.name, bad, why, todo)


def _tells_ids(name: str, tables: Mapping[str, Table]) -> bool:
    return name in tables and TABLES[name][0].name not in tables[name].absent


def _check_sources(sources: pd.DataFrame, table: Table) -> None:
    best = sources["published"]
    table.fault_where(
        "published", best < sources["published_earliest"], "is before published_earliest", "mend one"
    )
    table.fault_where(
        "published", best > sources["published_latest"], "is after published_latest", "mend one"
    )


def _check_days(claims: pd.DataFrame, table: Table) -> None:
    start, end, kind = claims["date_start"], claims["date_end"], claims["date_kind"]
    table.fault_where("date_end", end < start, "is before date_start", "swap or correct the days")
    # As written, so that a day that is no day is one fault and not two.
    dated = table.cells["date_start"].ne("") | table.cells["date_end"].ne("")
    unsaid = "is empty though days are given"
    table.fault_where("date_kind", dated & kind.eq(""), unsaid, "write on, throughout, since or by")
    table.fault_where(
        "date_kind", ~dated & kind.ne(""), "is given without a day", "give the days or empty it"
    )
    both = dated & kind.isin([DateKind.ON, DateKind.THROUGHOUT])
    table.fault_where("date_start", both & start.isna(), "is empty", "on and throughout need both days")
    table.fault_where("date_end", both & end.isna(), "is empty", "on and throughout need both days")
    since, by = dated & kind.eq(DateKind.SINCE), dated & kind.eq(DateKind.BY)
    table.fault_where("date_start", since & start.isna(), "is empty", "since needs its first day")
    table.fault_where("date_end", by & end.isna(), "is empty", "by needs its last day")


def _check_counts(claims: pd.DataFrame, table: Table) -> None:
    low, high, count = claims["count_low"], claims["count_high"], claims["count"]
    table.fault_where("count_low", low > high, "is above count_high", "swap or correct the numbers")
    outside = (count < low) | (count > high)
    table.fault_where("count", outside, "is outside count_low to count_high", "correct the range")
    said = table.cells[["count", "count_low", "count_high"]].ne("").any(axis=1)
    unsaid = "is empty though a number is given"
    for column, todo in {
        "count_text": "give the words",
        "count_unit": "say what is counted",
        "count_qualifier": "say how the number is meant",
    }.items():
        table.fault_where(column, said & claims[column].eq(""), unsaid, todo)


def _check_words(claims: pd.DataFrame, table: Table) -> None:
    long = claims["quote"].str.split().str.len() > QUOTE_WORDS
    table.fault_where("quote", long, f"has over {QUOTE_WORDS} words", "quote less")
    related, relation = claims["relates_to"].ne(""), claims["relation"].ne("")
    unsaid = "is empty though relates_to is given"
    table.fault_where("relation", related & ~relation, unsaid, "write part_of, return_of or follows")
    table.fault_where(
        "relates_to", relation & ~related, "is empty though relation is given", "name the claim"
    )
    own = related & claims["relates_to"].eq(claims["claim_id"])
    table.fault_where("relates_to", own, "is the claim itself", "name another claim")
    placed = claims[[f"{role}_id" for role in ROLES]].ne("").any(axis=1)
    precise = claims["geo_precision"].notna()
    table.fault_where(
        "geo_precision", placed & ~precise, "is empty though a place is given", "write 1, 2 or 3"
    )
