"""Rows as other data sets have them, all of them invented, and the way of what they become into a collection."""

import numpy as np
import pandas as pd
from collections_made import make
from hypothesis import strategies as st

from claims.imports.converting import Asked, converter
from claims.imports.rows import MADE, Chunk
from claims.tables import read_collection
from geo.files.csvwriting import csv_header, csv_rows
from geo.gazetteer import Gazetteer
from geo.placefiles import read_places

HOSTILE = (
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "\u202eabc",
        "=1+1",
        "<script>alert(1)</script>",
        "a;b",
        '"',
        "'",
        "\r",
        "a\nb",
    ),
    *("١٢", "²", "1_0", "-0", "1e999", "NaN", "None", "😀", "\x1f", "\xa0", "word " * 30, "x" * 300),
)
"""Cells that break programs."""

ACLED = {
    "event_id_cnty": "PRT101",
    "event_date": "2024-12-07",
    "year": "2024",
    "time_precision": "1",
    "disorder_type": "Strategic developments",
    "event_type": "Strategic developments",
    "sub_event_type": "Headquarters or base established",
    "actor1": "Walkers of the Plain",
    "assoc_actor_1": "",
    "inter1": "Political militia",
    "actor2": "",
    "assoc_actor_2": "",
    "inter2": "",
    "interaction": "Political militia only",
    "civilian_targeting": "",
    "iso": "620",
    "region": "Europe",
    "country": "Portugal",
    "admin1": "Portalegre",
    "admin2": "",
    "admin3": "",
    "location": "Elvas",
    "latitude": "38.8810",
    "longitude": "-7.1630",
    "geo_precision": "1",
    "source": "The Daily Test; Radio Invented",
    "source_scale": "National",
    "notes": "On 7 December 2024, walkers set up a camp of tents at Elvas.",
    "fatalities": "0",
    "tags": "",
    "timestamp": "1734480000",
}
"""A row of ACLED's with the 31 columns of 2023."""

UCDP = {
    "id": "9001",
    "relid": "PRT-2024-1-901-1",
    "year": "2024",
    "active_year": "True",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_dset_id": "901",
    "conflict_new_id": "901",
    "conflict_name": "Portugal: Plain",
    "dyad_dset_id": "902",
    "dyad_new_id": "902",
    "dyad_name": "Government of Portugal - Walkers",
    "side_a_dset_id": "903",
    "side_a_new_id": "903",
    "side_a": "Government of Portugal",
    "side_b_dset_id": "904",
    "side_b_new_id": "904",
    "side_b": "Walkers of the Plain",
    "number_of_sources": "2",
    "source_article": "The Daily Test,2024-12-08,Walkers clash with police",
    "source_office": "The Daily Test;Radio Invented",
    "source_date": "2024-12-08;2024-12-09",
    "source_headline": "Walkers clash with police",
    "source_original": "police spokesman",
    "where_prec": "1",
    "where_coordinates": "Elvas town",
    "where_description": "at the aqueduct",
    "adm_1": "Portalegre district",
    "adm_2": "Elvas municipality",
    "latitude": "38.881",
    "longitude": "-7.163",
    "geom_wkt": "POINT (-7.163 38.881)",
    "priogrid_gid": "185386",
    "country": "Portugal",
    "country_id": "235",
    "region": "Europe",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2024-12-07 00:00:00.000",
    "date_end": "2024-12-07 00:00:00.000",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "5",
    "low": "2",
    "gwnoa": "235",
    "gwnob": "",
}
"""A row of UCDP GED's with the 49 columns of version 24.1."""


def chunk_of(*rows, usual=None):
    """Give a chunk of rows that differ from the usual one as said; the first stands on line 2."""
    frame = pd.DataFrame([{**(usual or {}), **row} for row in rows], dtype=object)
    return Chunk(frame, np.arange(2, len(rows) + 2))


def converted(chunk, gazetteer, **asked):
    """Convert a chunk; give what was made of it, its faults and the converter."""
    faults = []
    does = converter(Asked(name="rows.csv", **asked), list(chunk.cells.columns), gazetteer)
    return does.made(chunk, faults), faults, does


def write(made, folder):
    """Write what was made as a collection's folder; each table has an id once, and no cell is missing."""
    make(folder)
    for name in MADE:
        frame = made.tables[name]
        assert not frame.isna().any().any()
        assert frame.iloc[:, 0].is_unique
        (folder / f"{name}.csv").write_bytes(csv_header(frame.columns) + csv_rows(frame))


def accounted_for(chunk, made, faults, left):
    """Hold that each row is made, faulty or counted as left."""
    kept = set(made.tables["imports"]["line"].astype(int))
    faulty = {fault.line for fault in faults}
    assert not kept & faulty
    assert kept | faulty <= set(chunk.lines)
    assert len(kept) + len(faulty) + sum(left.values()) == len(chunk.lines)


def reads_without_faults(made, folder, gazetteer):
    """Write what was made as a folder and read it with a gazetteer and the places that it brings."""
    write(made, folder)
    brought = read_places(folder).places
    return read_collection(folder, Gazetteer({place.place_id: place for place in gazetteer} | brought))


def odd_rows(usual, likely):
    """Give a strategy of up to four rows in which some cells are likely ones, and some hold any text."""
    cell = {
        column: st.one_of(
            st.just(value),
            st.sampled_from(likely.get(column, (value,))),
            st.sampled_from(HOSTILE),
            st.text(max_size=40),
        )
        for column, value in usual.items()
    }
    changed = st.lists(st.sampled_from(sorted({*likely, "notes"} & usual.keys())), max_size=4, unique=True)

    @st.composite
    def row(draw):
        return {**usual, **{column: draw(cell[column]) for column in draw(changed)}}

    return st.lists(row(), min_size=1, max_size=4)
